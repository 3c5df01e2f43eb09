//! The demo's identity providers: invented ones of SPID, CIE and eIDAS, what they and the comuni know of each other.

use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::{keys, paths};

/// The operator as SPID's aggregator of the comuni that are under one; invented.
const AGGREGATOR: &str = r#"entity_id = "https://aggregatore.example.it"
host = "aggregatore.example.it"
name = "Operatore di prova"
locality = "Roma"
vat = "IT12345678903"
email = "spid@aggregatore.example.it"
telephone = "+390600000000"
"#;

/// What the demo reads of a comune's `tenant.toml`.
#[derive(Deserialize)]
struct Settings {
    digital_identity: Option<DigitalIdentity>,
}

#[derive(Deserialize)]
struct DigitalIdentity {
    keys: String,
    spid_entity_id: Option<String>,
    cie_entity_id: Option<String>,
}

/// All providers, which live on one port.
pub(crate) struct Federations {
    folder: PathBuf,
    port: u16,
    /// Slug and settings of the comuni that take part.
    comuni: Vec<(String, DigitalIdentity)>,
}

impl Federations {
    /// Reads who takes part, and writes down who aggregates.
    pub(crate) fn new(folder: &Path, port: u16, tenants: &[String]) -> Result<Self> {
        let mut comuni = Vec::new();
        for slug in tenants {
            let file = paths::root().join("tenants").join(slug).join("tenant.toml");
            let text = fs::read_to_string(&file)?;
            let settings: Settings =
                toml::from_str(&text).with_context(|| file.display().to_string())?;
            comuni.extend(settings.digital_identity.map(|identity| (slug.clone(), identity)));
        }
        let federations = Self { folder: folder.to_owned(), port, comuni };
        keys::write_private(&federations.aggregator_file(), AGGREGATOR.as_bytes())?;
        Ok(federations)
    }

    /// The address of the page that lists the providers, with a slash at the end.
    pub(crate) fn page(&self) -> String {
        format!("http://{}:{}/", Ipv4Addr::LOCALHOST, self.port)
    }

    /// What the product is told.
    pub(crate) fn variables(&self) -> [(&'static str, String); 5] {
        let page = self.page();
        let path = |file: PathBuf| file.display().to_string();
        [
            ("CAMPANELLA_SPID_REGISTRY_URL", format!("{page}registry.xml")),
            ("CAMPANELLA_SPID_REGISTRY_CERTIFICATE", path(self.certificate())),
            ("CAMPANELLA_CIE_METADATA_URL", format!("{page}cie/metadata")),
            ("CAMPANELLA_EIDAS_METADATA_URL", format!("{page}eidas/metadata")),
            ("CAMPANELLA_AGGREGATOR_FILE", path(self.aggregator_file())),
        ]
    }

    /// What the providers are told: where they listen, and where the metadata of the comuni are.
    pub(crate) fn arguments(&self, portal: &str) -> Vec<String> {
        let mut words = vec![
            "--http".to_owned(),
            format!("{}:{}", Ipv4Addr::LOCALHOST, self.port),
            "--registry-certificate".to_owned(),
            self.certificate().display().to_string(),
        ];
        for (slug, identity) in &self.comuni {
            let doors = [("spid", &identity.spid_entity_id), ("cie", &identity.cie_entity_id)];
            for (door, entity_id) in doors {
                let Some(entity_id) = entity_id else { continue };
                words.push("--service-provider".to_owned());
                words.push(format!("{entity_id}={portal}/{slug}/{door}/metadata"));
            }
        }
        words
    }

    /// Who needs keys, as the product's commands name them.
    pub(crate) fn key_owners(&self) -> Vec<Vec<&str>> {
        let has_own = |identity: &DigitalIdentity| identity.keys == "tenant";
        let own = self.comuni.iter().filter(|(_, identity)| has_own(identity));
        let mut owners: Vec<_> = own.map(|(slug, _)| vec!["--tenant", slug.as_str()]).collect();
        if self.comuni.iter().any(|(_, identity)| !has_own(identity)) {
            owners.push(vec!["--operator"]);
        }
        owners
    }

    /// Who signs the registry; new at every start, and written when the providers are ready.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.join("spid-registry.pem")
    }

    fn aggregator_file(&self) -> PathBuf {
        self.folder.join("aggregator.toml")
    }
}

#[cfg(test)]
mod tests {
    use super::{DigitalIdentity, Federations};

    fn comune(slug: &str, keys: &str, cie: Option<&str>) -> (String, DigitalIdentity) {
        let spid_entity_id = Some(format!("https://{slug}.example/spid"));
        let cie_entity_id = cie.map(str::to_owned);
        (slug.to_owned(), DigitalIdentity { keys: keys.to_owned(), spid_entity_id, cie_entity_id })
    }

    #[test]
    fn providers_hear_of_every_door_and_keys_are_made_for_their_owners() {
        let comuni = vec![
            comune("rosa", "tenant", Some("https://rosa.example/cie")),
            comune("viola", "operator", None),
        ];
        let federations = Federations { folder: "/demo".into(), port: 1, comuni };
        let words = federations.arguments("http://localhost:2");
        assert_eq!(
            words[4..],
            [
                "--service-provider",
                "https://rosa.example/spid=http://localhost:2/rosa/spid/metadata",
                "--service-provider",
                "https://rosa.example/cie=http://localhost:2/rosa/cie/metadata",
                "--service-provider",
                "https://viola.example/spid=http://localhost:2/viola/spid/metadata",
            ]
        );
        assert_eq!(federations.key_owners(), [vec!["--tenant", "rosa"], vec!["--operator"]]);
    }
}
