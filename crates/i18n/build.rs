//! The texts are compiled in: a changed locale file must rebuild this crate.

fn main() {
    println!("cargo:rerun-if-changed=../../locales");
}
