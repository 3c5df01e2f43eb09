//! `campanella spid metadata …`: what the federations are handed, looked through before it leaves.

use super::{super::say, Desk, ctx};
use crate::{
    cli::{Metadata, Profile},
    compose,
};
use anyhow::{Context as _, Result, bail};
use serde_json::json;
use spid::{MetadataCheck, MetadataProfile, check_metadata};
use std::{
    fs::File,
    io::{Seek, Write},
    path::Path,
    process::ExitCode,
};
use tenants::{SpidMode, Tenant};
use web::auth::{Federation, Surroundings, metadata_of};
use zip::{ZipWriter, write::SimpleFileOptions};

pub(super) async fn run(desk: &Desk<'_>, command: Metadata) -> Result<ExitCode> {
    match command {
        Metadata::Check { tenant } => check(desk, tenant.as_deref()).await,
        Metadata::CheckFile { file, profile } => check_file(&file, profile),
        Metadata::Export { tenants, out } => export(desk, &tenants, &out).await,
    }
}

/// One document of a comune.
struct Document {
    federation: Federation,
    profile: MetadataProfile,
    xml: String,
}

impl Document {
    fn file_name(&self, slug: &str) -> String {
        match self.federation {
            Federation::Spid => format!("{slug}/spid-metadata.xml"),
            Federation::Cie => format!("{slug}/cie-metadata.xml"),
        }
    }

    fn name(&self) -> &'static str {
        match self.federation {
            Federation::Spid => "SPID",
            Federation::Cie => "CIE",
        }
    }
}

/// Judges a file from elsewhere, without database and settings.
pub(in super::super) fn check_file(file: &Path, profile: Profile) -> Result<ExitCode> {
    let xml = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    let profile = match profile {
        Profile::Public => MetadataProfile::SpidPublic,
        Profile::PubAgFull => MetadataProfile::SpidAggregated,
        Profile::Cie => MetadataProfile::CiePublic,
    };
    let found = judge(&file.display().to_string(), &xml, profile, true)?;
    Ok(if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Judges the metadata of the comuni as they are served now.
async fn check(desk: &Desk<'_>, tenant: Option<&str>) -> Result<ExitCode> {
    let mut found = 0;
    for tenant in desk.tenants(tenant)? {
        for document in documents(desk, &tenant).await? {
            let name = format!("{}, {}", tenant.slug(), document.name());
            found += judge(&name, &document.xml, document.profile, desk.is_public()?)?;
        }
    }
    Ok(if found == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes the ZIP for onboarding: one file per document, and a summary. Nothing is written that would be refused.
async fn export(desk: &Desk<'_>, slugs: &[String], out: &Path) -> Result<ExitCode> {
    let mut summary = Vec::new();
    let mut files = Vec::new();
    let mut found = 0;
    for slug in slugs {
        let tenant = desk.tenant(slug)?;
        for document in documents(desk, &tenant).await? {
            let name = document.file_name(slug);
            found += judge(&name, &document.xml, document.profile, true)?;
            found += here_only(&name, &document.xml)?;
            summary.push(summary_line(desk, &tenant, &document, &name)?);
            files.push((name, document.xml));
        }
    }
    if found > 0 || files.is_empty() {
        bail!("nothing was written: mend what is listed above, and see tenants/README.md");
    }
    let file = File::create(out).with_context(|| out.display().to_string())?;
    let mut archive = ZipWriter::new(file);
    for (name, xml) in &files {
        add(&mut archive, name, xml)?;
    }
    add(&mut archive, "summary.json", &serde_json::to_string_pretty(&summary)?)?;
    archive.finish()?;
    say(&format!("{}: {} documents and summary.json", out.display(), files.len()))?;
    Ok(ExitCode::SUCCESS)
}

fn add<W: Write + Seek>(archive: &mut ZipWriter<W>, name: &str, text: &str) -> Result<()> {
    archive.start_file(name, SimpleFileOptions::default())?;
    Ok(archive.write_all(text.as_bytes())?)
}

impl Desk<'_> {
    /// Addresses on this machine are for trials: what a federation demands of addresses is then left out.
    fn is_public(&self) -> Result<bool> {
        Ok(self.settings.public_url()?.starts_with("https://"))
    }
}

async fn documents(desk: &Desk<'_>, tenant: &Tenant) -> Result<Vec<Document>> {
    let identity = tenant.settings().digital_identity.as_ref();
    let identity = identity.with_context(|| format!("{}: no [digital_identity]", tenant.slug()))?;
    let operator = desk.settings.operator()?;
    let around = Surroundings {
        public_url: desk.settings.public_url()?,
        aggregator: operator.as_ref().map(|operator| &operator.aggregator),
    };
    let spid = match identity.mode {
        SpidMode::Public => MetadataProfile::SpidPublic,
        SpidMode::PubAgFull => MetadataProfile::SpidAggregated,
    };
    let mut documents = Vec::new();
    for (federation, profile, wanted) in [
        (Federation::Spid, spid, identity.spid_entity_id.is_some()),
        (Federation::Cie, MetadataProfile::CiePublic, identity.cie_entity_id.is_some()),
    ] {
        if wanted {
            let ctx = ctx(tenant.id());
            let xml = metadata_of(&ctx, &desk.platform, tenant, federation, around).await;
            let xml = xml.with_context(|| tenant.slug().to_owned())?;
            documents.push(Document { federation, profile, xml });
        }
    }
    Ok(documents)
}

/// Tells every problem; returns how many.
fn judge(name: &str, xml: &str, profile: MetadataProfile, production: bool) -> Result<usize> {
    let check = MetadataCheck { profile, now: compose::clock().now(), production };
    let problems = check_metadata(xml, &check);
    if problems.is_empty() {
        say(&format!("{name}: in order"))?;
    }
    for problem in &problems {
        say(&told(name, problem))?;
    }
    Ok(problems.len())
}

/// A finding in words, with its code to search for.
fn told(name: &str, problem: &spid::Problem) -> String {
    let detail = if problem.detail.is_empty() {
        String::new()
    } else {
        format!(" («{}»)", problem.detail)
    };
    format!("{name}: {}{detail} [{}]", problem.sentence(), problem.code)
}

/// Addresses on this machine are for trials: no federation could send anybody there.
fn here_only(name: &str, xml: &str) -> Result<usize> {
    let here = ["://localhost", ".localhost/", ".localhost:", "://127."];
    if !here.iter().any(|part| xml.contains(part)) {
        return Ok(0);
    }
    say(&format!(
        "{name}: its addresses are on this machine; they begin with the first of [access] hosts, or with \
         CAMPANELLA_PUBLIC_URL where there is none"
    ))?;
    Ok(1)
}

fn summary_line(
    desk: &Desk<'_>,
    tenant: &Tenant,
    document: &Document,
    file: &str,
) -> Result<serde_json::Value> {
    let settings = tenant.settings();
    let identity = settings.digital_identity.as_ref();
    let (entity_id, path) = match document.federation {
        Federation::Spid => {
            (identity.and_then(|known| known.spid_entity_id.as_ref()), "/spid/metadata")
        }
        Federation::Cie => {
            (identity.and_then(|known| known.cie_entity_id.as_ref()), "/cie/metadata")
        }
    };
    Ok(json!({
        "federation": document.name(),
        "file": file,
        "entity_id": entity_id,
        "metadata_url": tenant.address(desk.settings.public_url()?, path),
        "organisation": settings.identity.name,
        "codice_ipa": settings.identity.codice_ipa,
        "email": identity.map(|known| &known.email),
    }))
}
