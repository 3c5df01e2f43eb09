//! Writes every sample document in every language into a folder: `gallery <folder>`.

use anyhow::{Context, Result};
use documents::{Renderer, samples};
use domain::Locale;
use std::{env, fs, path::PathBuf, time::Instant};

#[expect(clippy::print_stdout, reason = "a tool for people at a terminal")]
fn main() -> Result<()> {
    let folder = PathBuf::from(env::args().nth(1).context("say where to: gallery <folder>")?);
    fs::create_dir_all(&folder)?;
    let renderer = Renderer::new()?;
    for locale in Locale::ALL {
        for (name, document) in samples::all(locale) {
            let start = Instant::now();
            let pdf = renderer.render(&document).with_context(|| format!("{name} ({locale})"))?;
            let path = folder.join(format!("{name}.{locale}.pdf"));
            fs::write(&path, &pdf)?;
            println!("{} {} bytes, {:?}", path.display(), pdf.len(), start.elapsed());
        }
    }
    Ok(())
}
