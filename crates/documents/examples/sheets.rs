//! Writes every sample document in every language into a folder: `sheets <folder> [<tenants>]`.
//! With a folder of tenants, their guides too.

use anyhow::{Context, Result};
use documents::{
    Document, Renderer,
    compose::{self, Sources},
    samples,
};
use domain::Locale;
use std::{env, fs, path::Path, time::Instant};
use tenants::Tenant;

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().context("say where to: sheets <folder> [<tenants>]")?;
    fs::create_dir_all(&folder)?;
    let mut documents = Vec::new();
    for locale in Locale::ALL {
        let named = |(name, document)| (format!("{name}.{locale}"), document);
        documents.extend(samples::all(locale).into_iter().map(named));
    }
    if let Some(tenants) = arguments.next() {
        documents.extend(guides(Path::new(&tenants))?);
    }
    write(&documents, Path::new(&folder))
}

/// The guides of all tenants without mistakes.
fn guides(tenants: &Path) -> Result<Vec<(String, Document)>> {
    let mut guides = Vec::new();
    for (slug, bundle) in tenants::load_dir(tenants)? {
        let Ok(bundle) = bundle else { continue };
        let tenant = Tenant::new(any_id()?, 1, bundle);
        for locale in tenant.locales() {
            let sources = Sources {
                tenant: &tenant,
                locale: *locale,
                issued_at: "2026-09-08T15:24:12Z".parse()?,
                portal_url: "https://servizi.example/",
                check_url: "https://servizi.example/verifica",
            };
            for year in tenant.bundle().forms.keys() {
                let name = format!("guide_{slug}.{locale}");
                guides.push((name, compose::guide(&sources, *year)));
            }
        }
    }
    Ok(guides)
}

/// Any identifier: nothing is looked up by it.
fn any_id() -> Result<domain::ids::TenantId> {
    Ok("00000000-0000-7000-8000-000000000001".parse()?)
}

#[expect(clippy::print_stdout, reason = "a tool for people at a terminal")]
fn write(documents: &[(String, Document)], folder: &Path) -> Result<()> {
    let renderer = Renderer::new()?;
    for (name, document) in documents {
        let start = Instant::now();
        let pdf = renderer.render(document).with_context(|| name.clone())?;
        let path = folder.join(format!("{name}.pdf"));
        fs::write(&path, &pdf)?;
        println!("{} {} bytes, {:?}", path.display(), pdf.len(), start.elapsed());
    }
    Ok(())
}
