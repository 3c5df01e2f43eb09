//! Lists the fonts that the asset step fetched, so that they are embedded in the binary.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = fonts_folder()?;
    println!("cargo:rerun-if-env-changed=CAMPANELLA_ASSETS_DIR");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut fonts: Vec<PathBuf> = fs::read_dir(&folder)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    fonts.retain(|path| path.extension().is_some_and(|end| end == "ttf" || end == "otf"));
    // The order decides which font wins a tie; it must not depend on the file system.
    fonts.sort();
    if fonts.is_empty() {
        return Err(format!("no fonts in {}: run cargo xtask assets", folder.display()).into());
    }
    let out = PathBuf::from(env::var("OUT_DIR")?).join("embedded_fonts.rs");
    fs::write(out, listing(&fonts)?)?;
    Ok(())
}

/// `CAMPANELLA_ASSETS_DIR/fonts-pdf`, or the asset step's own place in the target folder.
fn fonts_folder() -> Result<PathBuf, Box<dyn Error>> {
    let assets = match env::var_os("CAMPANELLA_ASSETS_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../target/assets"),
    };
    Ok(assets.join("fonts-pdf"))
}

fn listing(fonts: &[PathBuf]) -> Result<String, Box<dyn Error>> {
    let mut code = String::from("pub(crate) const EMBEDDED: &[&[u8]] = &[\n");
    for font in fonts {
        // Quoted as a Rust string, whatever the path holds.
        let path = font.canonicalize()?;
        let path = path.to_str().ok_or("the path of the fonts is not UTF-8")?;
        writeln!(code, "    include_bytes!({path:?}),")?;
    }
    code.push_str("];\n");
    Ok(code)
}
