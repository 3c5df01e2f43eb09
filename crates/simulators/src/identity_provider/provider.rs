//! An invented provider: what it is called, where it lives, what it signs with.

use super::signer::SigningKey;
use domain::identity::IdentityScheme;
use openssl::error::ErrorStack;
use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, PoisonError},
};
use url::Url;

/// One identity provider.
#[derive(Clone)]
pub struct Provider {
    /// Short name in addresses and tests: `alfa`, `cie`, `eidas`.
    pub slug: String,
    /// Its federation.
    pub scheme: IdentityScheme,
    /// What people call it; plainly invented.
    pub display_name: String,
    /// Its entityID.
    pub entity_id: String,
    /// Its own address, to which `/sso`, `/slo` and `/metadata` are added.
    pub address: String,
    /// First four letters of its SPID codes.
    pub code_prefix: String,
    /// Its keys, oldest first: metadata shows all, the last one signs.
    pub keys: Vec<SigningKey>,
}

/// Slug, name and code prefix of the providers of SPID.
const SPID: [(&str, &str, &str); 4] = [
    ("alfa", "Identità Alfa", "ALFA"),
    ("beta", "Identità Beta", "BETA"),
    ("gamma", "Identità Gamma", "GAMM"),
    ("delta", "Identità Delta", "DELT"),
];

/// Making a key takes longer than all the rest of a start: within one process each name keeps its first.
static KEYS: LazyLock<Mutex<HashMap<String, SigningKey>>> = LazyLock::new(Mutex::default);

impl Provider {
    /// All providers of one server: those of SPID, that of CIE, the node of eIDAS.
    ///
    /// # Errors
    /// When a key cannot be made.
    pub fn all(base: &Url) -> Result<Vec<Self>, ErrorStack> {
        let base = base.as_str().trim_end_matches('/');
        let spid = SPID.map(|(slug, name, prefix)| {
            Self::new(slug, IdentityScheme::Spid, name, format!("{base}/spid/{slug}"), prefix)
        });
        let cie = Self::new("cie", IdentityScheme::Cie, "CIE di prova", format!("{base}/cie"), "");
        let eidas = Self::new(
            "eidas",
            IdentityScheme::Eidas,
            "Nodo eIDAS di prova",
            format!("{base}/eidas"),
            "",
        );
        spid.into_iter().chain([cie, eidas]).collect()
    }

    /// A provider that lives at this address, which is also its entityID, with a key of its own.
    ///
    /// # Errors
    /// When the key cannot be made.
    pub fn new(
        slug: &str,
        scheme: IdentityScheme,
        display_name: &str,
        address: String,
        code_prefix: &str,
    ) -> Result<Self, ErrorStack> {
        Ok(Self {
            slug: slug.to_owned(),
            scheme,
            display_name: display_name.to_owned(),
            entity_id: address.clone(),
            address,
            code_prefix: code_prefix.to_owned(),
            keys: vec![kept_key(display_name)?],
        })
    }

    /// The key that signs.
    pub fn key(&self) -> Option<&SigningKey> {
        self.keys.last()
    }

    /// Where requests go.
    pub fn sso(&self) -> String {
        format!("{}/sso", self.address)
    }

    /// Where logouts go.
    pub fn slo(&self) -> String {
        format!("{}/slo", self.address)
    }

    /// Where its metadata are.
    pub fn metadata_url(&self) -> String {
        format!("{}/metadata", self.address)
    }
}

/// The process's key of this name, made when first asked for.
pub(super) fn kept_key(name: &str) -> Result<SigningKey, ErrorStack> {
    let mut keys = KEYS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(key) = keys.get(name) {
        return Ok(key.clone());
    }
    let key = SigningKey::generate(name)?;
    keys.insert(name.to_owned(), key.clone());
    Ok(key)
}
