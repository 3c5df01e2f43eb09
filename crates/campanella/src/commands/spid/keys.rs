//! `campanella spid keys …`: key pairs made, taken in, listed, changed one for the next.

use super::{super::say, Desk};
use crate::cli::{Keys, Owner};
use anyhow::{Context as _, Result, bail};
use jiff::Timestamp;
use operations::saml_keys::{self, KeyOwner, NewPair};
use spid::{Certificate, CertificateSubject, Mode, SigningKey};
use std::{
    fs::OpenOptions, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path,
    process::ExitCode,
};
use tenants::Tenant;

pub(super) async fn run(desk: &Desk<'_>, command: Keys) -> Result<ExitCode> {
    match command {
        Keys::New { owner, days } => new(desk, &owner, days).await,
        Keys::Request { owner, out } => request(desk, &owner, &out),
        Keys::Import { owner, private_key, certificate } => {
            import(desk, &owner, &private_key, &certificate).await
        }
        Keys::List { owner } => list(desk, &owner).await,
        Keys::Roll { owner } => {
            let (ctx, whose, _) = desk.owner(&owner)?;
            saml_keys::roll(&ctx, &desk.platform, whose).await??;
            say("the next key signs from now on; the previous one is still published")?;
            say(
                "hand the metadata in again, and retire the previous key once the federations have taken them over",
            )?;
            Ok(ExitCode::SUCCESS)
        }
        Keys::Discard { owner } => {
            let (ctx, whose, _) = desk.owner(&owner)?;
            saml_keys::discard(&ctx, &desk.platform, whose).await??;
            say("the next key is given up, its private half is erased")?;
            Ok(ExitCode::SUCCESS)
        }
        Keys::Retire { owner } => {
            let (ctx, whose, _) = desk.owner(&owner)?;
            saml_keys::retire(&ctx, &desk.platform, whose).await??;
            say("the previous key is published no longer, its private half is erased")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Whom a certificate names, owned.
struct Named {
    entity_id: String,
    name: String,
    codice_ipa: String,
    locality: String,
    mode: Mode,
}

impl Named {
    fn of(desk: &Desk<'_>, tenant: Option<&Tenant>) -> Result<Self> {
        match tenant {
            Some(tenant) => Self::of_tenant(tenant),
            None => Self::of_operator(desk),
        }
    }

    fn of_tenant(tenant: &Tenant) -> Result<Self> {
        let settings = tenant.settings();
        let identity = settings.digital_identity.as_ref();
        let identity = identity.context("tenant.toml has no [digital_identity]")?;
        let entity_id = identity.spid_entity_id.as_ref().or(identity.cie_entity_id.as_ref());
        let seat = identity.seat.as_ref().or(settings.identity.codice_catastale.as_ref());
        let place = seat.and_then(|code| domain::municipality::find_by_code(code, None));
        let locality = place.map(|place| place.name.to_owned());
        Ok(Self {
            entity_id: entity_id.context("tenant.toml has no entityID")?.clone(),
            name: settings.identity.name.clone(),
            codice_ipa: settings.identity.codice_ipa.clone().context("no codice_ipa")?,
            locality: locality.unwrap_or_else(|| settings.identity.short_name.clone()),
            mode: Mode::Public,
        })
    }

    fn of_operator(desk: &Desk<'_>) -> Result<Self> {
        let operator = desk.settings.operator()?;
        let operator = operator.context(
            "CAMPANELLA_AGGREGATOR_FILE is not set; tenants/README.md says what the file holds",
        )?;
        Ok(Self {
            entity_id: operator.entity_id,
            name: operator.aggregator.name.clone(),
            codice_ipa: operator.aggregator.codice_ipa.clone().unwrap_or_default(),
            locality: operator.locality,
            mode: Mode::PublicFullAggregator(operator.aggregator),
        })
    }

    fn subject(&self) -> CertificateSubject<'_> {
        CertificateSubject {
            entity_id: &self.entity_id,
            organisation_name: &self.name,
            common_name: &self.name,
            codice_ipa: &self.codice_ipa,
            locality: &self.locality,
            country: "IT",
            mode: &self.mode,
        }
    }
}

async fn new(desk: &Desk<'_>, owner: &Owner, days: u32) -> Result<ExitCode> {
    let (ctx, whose, tenant) = desk.owner(owner)?;
    let named = Named::of(desk, tenant.as_deref())?;
    let made = spid::new_key(&named.subject(), ctx.now, days)?;
    let pair = NewPair {
        private_key: &made.private_key_pem,
        certificate: made.certificate.der(),
        expires_at: made.certificate.not_after().context("a certificate without an end")?,
    };
    keep(desk, (&ctx, whose), pair).await
}

/// A key and a request for AgID, which issues the certificates of companies that aggregate public bodies.
fn request(desk: &Desk<'_>, owner: &Owner, out: &Path) -> Result<ExitCode> {
    let (_, _, tenant) = desk.owner(owner)?;
    let named = Named::of(desk, tenant.as_deref())?;
    let private_key = spid::new_private_key()?;
    let request = spid::certificate_request(&named.subject(), &private_key)?;
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;
    write_private(&out.join("private-key.pem"), &private_key)?;
    std::fs::write(out.join("request.csr.pem"), request)?;
    say(&format!(
        "{}: private-key.pem (keep it secret) and request.csr.pem (send it to AgID)",
        out.display()
    ))?;
    say("with the answer: campanella spid keys import --private-key … --certificate …")?;
    Ok(ExitCode::SUCCESS)
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let mut file = file.with_context(|| path.display().to_string())?;
    Ok(file.write_all(text.as_bytes())?)
}

async fn import(
    desk: &Desk<'_>,
    owner: &Owner,
    private_key: &Path,
    certificate: &Path,
) -> Result<ExitCode> {
    let (ctx, whose, _) = desk.owner(owner)?;
    let read =
        |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    let (private_key, certificate) = (read(private_key)?, read(certificate)?);
    let key = SigningKey::from_pem(&private_key, &certificate)?;
    let expires_at = key.certificate().not_after().context("a certificate without an end")?;
    if expires_at <= ctx.now {
        bail!("the certificate has expired");
    }
    let certificate = key.certificate().der();
    keep(desk, (&ctx, whose), NewPair { private_key: &private_key, certificate, expires_at }).await
}

async fn keep(
    desk: &Desk<'_>,
    (ctx, whose): (&domain::Ctx, KeyOwner),
    pair: NewPair<'_>,
) -> Result<ExitCode> {
    let expires_at = pair.expires_at;
    let usage = saml_keys::add(ctx, &desk.platform, whose, pair).await??;
    say(&format!("kept as {usage}, until {}", day(expires_at)))?;
    if usage == "next" {
        say(
            "it is published beside the one that signs: hand the metadata in again, then `campanella spid keys roll`",
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(desk: &Desk<'_>, owner: &Owner) -> Result<ExitCode> {
    let (ctx, whose, _) = desk.owner(owner)?;
    let pairs = saml_keys::list(&ctx, &desk.platform, whose).await?;
    if pairs.is_empty() {
        say("no key yet; make one with `campanella spid keys new`")?;
    }
    for pair in pairs {
        let certificate = Certificate::from_der(pair.certificate);
        let fingerprint = certificate.map(|known| known.fingerprint_sha256_hex());
        let (made, ends) = (day(pair.created_at), day(pair.expires_at));
        let fingerprint = fingerprint.unwrap_or_default();
        say(&format!("{:<9} made {made}, ends {ends}, sha256 {fingerprint}", pair.usage))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn day(at: Timestamp) -> String {
    domain::enrolment_window::rome_date(at).to_string()
}
