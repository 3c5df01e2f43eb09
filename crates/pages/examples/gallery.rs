//! Writes every sample of every page and mail as HTML files, to be looked at in a browser.
//!
//! `gallery <outdir>`; built assets are expected in `<outdir>/static`.

use domain::Locale;
use pages::{Engine, FrameKind, MAILS, PAGES, sample};
use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::PathBuf};

fn main() -> anyhow::Result<()> {
    let folder = PathBuf::from(env::args().nth(1).unwrap_or_else(|| "target/gallery".into()));
    fs::create_dir_all(&folder)?;
    let assets: BTreeMap<String, String> =
        sample::ASSETS.iter().map(|name| ((*name).to_owned(), format!("/static/{name}"))).collect();
    let engine = Engine::new(assets)?;
    let now = "2026-09-07T08:00:00Z".parse()?;
    let mut index = String::new();
    for locale in Locale::ALL {
        for entry in PAGES {
            if entry.frame == FrameKind::Office && locale != Locale::It {
                continue;
            }
            for rendered in (entry.render)(&engine, &sample::frame(entry.frame, locale), now)? {
                let stem = entry.template.trim_end_matches(".html").replace('/', ".");
                let name = format!("{stem}.{}.{locale}.html", rendered.name);
                fs::write(folder.join(&name), rendered.html)?;
                writeln!(index, "<li><a href=\"{name}\">{name}</a></li>")?;
            }
        }
        for entry in MAILS {
            for (name, mail) in (entry.render)(&engine, &sample::mail_frame(locale), now)? {
                let file = format!("mail.{}.{name}.{locale}", entry.stem);
                fs::write(folder.join(format!("{file}.html")), mail.html)?;
                fs::write(
                    folder.join(format!("{file}.txt")),
                    format!("{}\n\n{}", mail.subject, mail.text),
                )?;
                writeln!(index, "<li><a href=\"{file}.html\">{file}</a></li>")?;
            }
        }
    }
    fs::write(
        folder.join("index.html"),
        format!("<!doctype html><title>Gallery</title><ul>{index}</ul>"),
    )?;
    Ok(())
}
