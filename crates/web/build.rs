//! Writes the table of the front-end files that the asset step has built, so that the binary embeds them.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let assets = match env::var_os("CAMPANELLA_ASSETS_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../target/assets"),
    };
    let manifest = assets.join("manifest.json");
    println!("cargo:rerun-if-env-changed=CAMPANELLA_ASSETS_DIR");
    println!("cargo:rerun-if-changed={}", manifest.display());
    let text = fs::read_to_string(&manifest)
        .map_err(|_| format!("no {}: run cargo xtask assets", manifest.display()))?;
    let manifest: Value = serde_json::from_str(&text)?;
    let files = manifest.get("files").and_then(Value::as_array).ok_or("manifest without files")?;
    let folder = assets.join("web").canonicalize()?;
    let folder = folder.to_str().ok_or("the assets' folder has a name that is not text")?;
    let mut code = String::from("static ASSETS: &[Asset] = &[\n");
    for file in files {
        code.push_str(&entry(folder, file)?);
    }
    code.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("assets.rs"), code)?;
    Ok(())
}

/// One line of the table; the compressed variants are there when the asset step found them worth it.
fn entry(folder: &str, file: &Value) -> Result<String, Box<dyn Error>> {
    let field = |name: &str| {
        file.get(name).and_then(Value::as_str).ok_or_else(|| format!("manifest: {name} is missing"))
    };
    let name = field("file")?;
    let path = format!("/static/{name}");
    let variant = |end: &str| {
        let path = format!("{folder}/{name}.{end}");
        if Path::new(&path).exists() {
            format!("Some(include_bytes!({path:?}))")
        } else {
            "None".to_owned()
        }
    };
    let mut code = String::new();
    write!(code, "    Asset {{ logical: {:?}, path: {path:?}, ", field("logical")?)?;
    write!(code, "content_type: {:?}, ", field("content_type")?)?;
    write!(code, "etag: {:?}, ", format!("\"{}\"", field("etag")?))?;
    write!(code, "bytes: include_bytes!({:?}), ", format!("{folder}/{name}"))?;
    writeln!(code, "br: {}, gzip: {} }},", variant("br"), variant("gz"))?;
    Ok(code)
}
