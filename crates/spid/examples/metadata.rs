//! Writes metadata of an invented comune, with fresh keys and sample requests, into the folder given as argument.

use anyhow::{Context as _, ensure};
use domain::{Entropy, Locale, identity::AssuranceLevel};
use jiff::Timestamp;
use spid::{
    Aggregator, CertificateSubject, LoginRequest, MetadataCheck, MetadataProfile, Mode, NewKey,
    ServiceProvider, SigningKey, certificate_request, check_metadata, cie_metadata, new_key,
    new_request_id, post_form, redirect_url, spid_metadata,
};
use std::{fs, path::Path};

const DAYS: u32 = 730;
const DESTINATION: &str = "https://localhost:8443/samlsso";

/// Enough for a sample; real IDs come from the operating system.
struct Counter;

impl Entropy for Counter {
    fn fill(&self, buffer: &mut [u8]) {
        for (byte, number) in buffer.iter_mut().zip(1..) {
            *byte = number;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "conformance tools compare with the true time")]
fn now() -> Timestamp {
    Timestamp::now()
}

fn main() -> anyhow::Result<()> {
    let folder = std::env::args().nth(1).context("usage: metadata <folder>")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    public(folder)?;
    aggregated(folder)?;
    cie(folder)
}

fn provider(entity_id: &str, scheme: &str, mode: Mode) -> ServiceProvider {
    let host = "https://iscrizioni.comune-prova.example.it";
    ServiceProvider {
        entity_id: entity_id.into(),
        acs_url: format!("{host}/{scheme}/acs"),
        slo_url: format!("{host}/{scheme}/uscita"),
        organisation_name: "Comune di Forlì d'Esempio & Prova".into(),
        organisation_display_name: "Comune di Forlì d'Esempio".into(),
        organisation_url: format!("{host}/"),
        locales: vec![Locale::It, Locale::En],
        codice_ipa: "c_x999".into(),
        codice_catastale: Some("X999".into()),
        province: Some("TA".into()),
        email: "scuola@comune-prova.example.it".into(),
        telephone: Some("+390990000000".into()),
        mode,
        service_name: "Iscrizione ai servizi scolastici".into(),
        eidas: true,
        technical_partner: None,
    }
}

fn subject(provider: &ServiceProvider) -> CertificateSubject<'_> {
    CertificateSubject {
        entity_id: &provider.entity_id,
        organisation_name: &provider.organisation_name,
        common_name: &provider.organisation_display_name,
        codice_ipa: &provider.codice_ipa,
        locality: "Forlì d'Esempio",
        country: "IT",
        mode: &provider.mode,
    }
}

fn public(folder: &Path) -> anyhow::Result<()> {
    let provider = provider("https://iscrizioni.comune-prova.example.it", "spid", Mode::Public);
    let now = now();
    let old = new_key(&subject(&provider), now, DAYS)?;
    let new = new_key(&subject(&provider), now, DAYS)?;
    write_key(folder, "public", &new)?;
    let keys = [read(&new)?, read(&old)?];
    let xml = spid_metadata(&provider, &keys, "_metadata-1")?;
    write(folder, "public.xml", &xml, MetadataProfile::SpidPublic)?;
    requests(folder, "public", &provider, &keys)
}

fn aggregated(folder: &Path) -> anyhow::Result<()> {
    let aggregator = Aggregator {
        entity_id_host: "accesso.gestore.example.it".into(),
        name: "Gestore di Prova S.r.l.".into(),
        codice_ipa: None,
        vat: Some("IT01234567890".into()),
        fiscal_code: Some("01234567890".into()),
        email: "spid@gestore.example.it".into(),
        telephone: Some("+390500000000".into()),
    };
    let own = CertificateSubject {
        entity_id: "https://accesso.gestore.example.it",
        organisation_name: "Gestore di Prova S.r.l.",
        common_name: "Gestore di Prova",
        codice_ipa: "",
        locality: "Pisa",
        country: "IT",
        mode: &Mode::PublicFullAggregator(aggregator.clone()),
    };
    let key = new_key(&own, now(), DAYS)?;
    write_key(folder, "aggregated", &key)?;
    fs::write(folder.join("aggregated.csr"), certificate_request(&own, &key.private_key_pem)?)?;
    let entity_id = aggregator.entity_id_of("c_x999");
    let provider = provider(&entity_id, "spid", Mode::PublicFullAggregator(aggregator));
    let keys = [read(&key)?];
    let xml = spid_metadata(&provider, &keys, "_metadata-2")?;
    write(folder, "aggregated.xml", &xml, MetadataProfile::SpidAggregated)?;
    requests(folder, "aggregated", &provider, &keys)
}

fn cie(folder: &Path) -> anyhow::Result<()> {
    let entity_id = "https://iscrizioni.comune-prova.example.it/cie";
    let mut provider = provider(entity_id, "cie", Mode::Public);
    let key = new_key(&subject(&provider), now(), DAYS)?;
    write_key(folder, "cie", &key)?;
    let keys = [read(&key)?];
    let xml = cie_metadata(&provider, &keys, "_metadata-3")?;
    write(folder, "cie.xml", &xml, MetadataProfile::CiePublic)?;
    provider.technical_partner = Some(spid::TechnicalPartner {
        name: "Gestore di Prova S.r.l.".into(),
        vat: "IT01234567890".into(),
        fiscal_code: "01234567890".into(),
        nace2_code: "62.01".into(),
        codice_catastale: "G702".into(),
        province: Some("PI".into()),
        email: "cie@gestore.example.it".into(),
        telephone: None,
    });
    let xml = cie_metadata(&provider, &keys, "_metadata-4")?;
    write(folder, "cie-partner.xml", &xml, MetadataProfile::CiePublic)?;
    requests(folder, "cie", &provider, &keys)
}

fn requests(
    folder: &Path,
    name: &str,
    provider: &ServiceProvider,
    keys: &[SigningKey],
) -> anyhow::Result<()> {
    let key = keys.first().context("a key")?;
    let id = new_request_id(&Counter);
    let request = LoginRequest {
        id: &id,
        issued_at: now(),
        destination: DESTINATION,
        entity_id: &provider.entity_id,
        level: AssuranceLevel::L2,
        attribute_set: 0,
        relay_state: "Zm9nbGlvLWRpLXByb3Zh",
    };
    fs::write(folder.join(format!("{name}-redirect.url")), redirect_url(&request, key)?.url)?;
    let form = post_form(&request, key)?;
    fs::write(folder.join(format!("{name}-post.xml")), &form.xml)?;
    let html = format!(
        "<html><body><form method=\"post\" action=\"{}\">\
         <input type=\"hidden\" name=\"SAMLRequest\" value=\"{}\">\
         <input type=\"hidden\" name=\"RelayState\" value=\"{}\">\
         <button type=\"submit\">Prosegui</button></form></body></html>",
        form.action, form.saml_request, form.relay_state
    );
    fs::write(folder.join(format!("{name}-post.html")), html)?;
    Ok(())
}

fn read(key: &NewKey) -> anyhow::Result<SigningKey> {
    Ok(SigningKey::from_pem(&key.private_key_pem, &key.certificate_pem)?)
}

fn write_key(folder: &Path, name: &str, key: &NewKey) -> anyhow::Result<()> {
    fs::write(folder.join(format!("{name}.key")), key.private_key_pem.as_bytes())?;
    fs::write(folder.join(format!("{name}.pem")), &key.certificate_pem)?;
    Ok(())
}

fn write(folder: &Path, name: &str, xml: &str, profile: MetadataProfile) -> anyhow::Result<()> {
    fs::write(folder.join(name), xml)?;
    let check = MetadataCheck { profile, now: now(), production: true };
    let problems = check_metadata(xml, &check);
    ensure!(problems.is_empty(), "{name}: {problems:?}");
    Ok(())
}
