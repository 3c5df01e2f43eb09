//! What metadata and requests say about one tenant.

use super::MetadataError;
use domain::Locale;

/// A comune as the federations know it: one per federation, since SPID and CIE metadata have an entityID each.
#[derive(Clone, Debug)]
pub struct ServiceProvider {
    /// Absolute https address without query, at most 1024 characters; hardly ever changes after registration.
    pub entity_id: String,
    /// Where answers arrive, by form; index 0 and default.
    pub acs_url: String,
    /// Where logout messages arrive, by form and by redirect.
    pub slo_url: String,
    /// Full official name, as in the register of public bodies: «Comune di …».
    pub organisation_name: String,
    /// What identity providers show the person.
    pub organisation_display_name: String,
    /// A page about the service.
    pub organisation_url: String,
    /// Languages in which the organisation's texts are repeated; Italian is written in any case.
    pub locales: Vec<Locale>,
    /// Code in the register of public bodies, such as `c_l049`.
    pub codice_ipa: String,
    /// Code of the municipality, such as `L049`: CIE demands it.
    pub codice_catastale: Option<String>,
    /// Two letters of the province: CIE alone.
    pub province: Option<String>,
    /// Institutional address; only letters, digits, `.`, `_` and `-` around the `@`.
    pub email: String,
    /// `+39…`, without blanks.
    pub telephone: Option<String>,
    /// By itself or under an aggregator: SPID alone.
    pub mode: Mode,
    /// What the attribute sets are asked for.
    pub service_name: String,
    /// Whether the sets of eIDAS are published.
    pub eidas: bool,
    /// The company that runs the service: CIE alone.
    pub technical_partner: Option<TechnicalPartner>,
}

/// How a comune takes part in SPID.
#[derive(Clone, Debug)]
pub enum Mode {
    /// A public body with keys and metadata of its own.
    Public,
    /// Aggregated: the operator's keys and endpoints do everything (`pub-ag-full`).
    PublicFullAggregator(Aggregator),
}

/// Who aggregates.
#[derive(Clone, Debug)]
pub struct Aggregator {
    /// Host in the entityIDs of the aggregated, such as `accesso.example.it`.
    pub entity_id_host: String,
    /// Official name.
    pub name: String,
    /// Code in the register of public bodies, if the aggregator is one.
    pub codice_ipa: Option<String>,
    /// `IT` and 11 digits.
    pub vat: Option<String>,
    /// Tax code.
    pub fiscal_code: Option<String>,
    /// Institutional address.
    pub email: String,
    /// `+39…`, without blanks.
    pub telephone: Option<String>,
}

impl Aggregator {
    /// The entityID of a comune under this aggregator.
    pub fn entity_id_of(&self, codice_ipa: &str) -> String {
        format!("https://{}/pub-ag-full/{codice_ipa}", self.entity_id_host)
    }
}

/// The technical partner of CIE metadata: a private company.
#[derive(Clone, Debug)]
pub struct TechnicalPartner {
    /// Official name.
    pub name: String,
    /// `IT` and 11 digits.
    pub vat: String,
    /// Tax code.
    pub fiscal_code: String,
    /// Economic activity, such as `62.01`.
    pub nace2_code: String,
    /// Code of the municipality of its seat.
    pub codice_catastale: String,
    /// Two letters.
    pub province: Option<String>,
    /// Institutional address.
    pub email: String,
    /// `+39…`, without blanks.
    pub telephone: Option<String>,
}

impl ServiceProvider {
    /// Italian first, each language once.
    pub(super) fn languages(&self) -> Vec<Locale> {
        let others = self.locales.iter().copied();
        let mut languages = vec![Locale::It];
        others.for_each(|locale| {
            if !languages.contains(&locale) {
                languages.push(locale);
            }
        });
        languages
    }

    /// Refuses what would make the document invalid, before it is written.
    pub(super) fn check(&self) -> Result<(), MetadataError> {
        let texts = [
            (&self.organisation_name, "organisation name"),
            (&self.organisation_display_name, "organisation display name"),
            (&self.service_name, "service name"),
            (&self.codice_ipa, "codice IPA"),
        ];
        for (text, field) in texts {
            require(!text.trim().is_empty(), field)?;
        }
        let addresses = [
            (&self.entity_id, "entity id"),
            (&self.acs_url, "acs url"),
            (&self.slo_url, "slo url"),
            (&self.organisation_url, "organisation url"),
        ];
        for (address, field) in addresses {
            require(is_web_address(address), field)?;
        }
        let plain = self.entity_id.chars().count() <= 1024 && !self.entity_id.contains(['?', '#']);
        require(plain, "entity id")?;
        contact(&self.email, self.telephone.as_deref())?;
        match &self.mode {
            Mode::Public => Ok(()),
            Mode::PublicFullAggregator(aggregator) => {
                require(self.entity_id.contains("/pub-ag-full/"), "entity id")?;
                aggregator.check()
            }
        }
    }
}

impl Aggregator {
    /// Refuses what no metadata could carry. The words are those of `CAMPANELLA_AGGREGATOR_FILE`.
    pub fn check(&self) -> Result<(), MetadataError> {
        let host = &self.entity_id_host;
        let is_host = url::Url::parse(&format!("https://{host}/"))
            .is_ok_and(|url| url.host_str() == Some(host.as_str()) && host.contains('.'));
        require(is_host, "aggregator host")?;
        require(!self.name.trim().is_empty(), "aggregator name")?;
        let known = [&self.codice_ipa, &self.vat, &self.fiscal_code];
        require(known.iter().any(|code| code.is_some()), "aggregator identifier")?;
        let is_ipa = |code: &str| {
            !code.is_empty() && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        require(self.codice_ipa.as_deref().is_none_or(is_ipa), "aggregator codice_ipa")?;
        require(self.vat.as_deref().is_none_or(is_vat), "aggregator vat")?;
        let is_fiscal = |code: &str| {
            matches!(code.len(), 11 | 16) && code.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        require(self.fiscal_code.as_deref().is_none_or(is_fiscal), "aggregator fiscal_code")?;
        contact(&self.email, self.telephone.as_deref())
    }
}

pub(super) fn require(holds: bool, field: &'static str) -> Result<(), MetadataError> {
    if holds { Ok(()) } else { Err(MetadataError::Field(field)) }
}

pub(super) fn contact(email: &str, telephone: Option<&str>) -> Result<(), MetadataError> {
    require(is_institutional_email(email), "email")?;
    let blank = |number: &str| number.is_empty() || number.chars().any(char::is_whitespace);
    require(!telephone.is_some_and(blank), "telephone")
}

pub(super) fn is_vat(number: &str) -> bool {
    let digits = number.strip_prefix("IT").unwrap_or_default();
    digits.len() == 11 && digits.chars().all(|c| c.is_ascii_digit())
}

/// Whether a body could be registered by this identifier: https, no port, no query, no fragment.
pub fn is_entity_id(id: &str) -> bool {
    id.chars().count() <= 1024
        && url::Url::parse(id).is_ok_and(|url| {
            url.scheme() == "https"
                && url.host_str().is_some_and(|host| host.contains('.'))
                && (url.port(), url.query(), url.fragment()) == (None, None, None)
        })
}

/// An absolute http or https address. That it is https outside a trial is checked where a person reads the finding.
pub(crate) fn is_web_address(address: &str) -> bool {
    url::Url::parse(address)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}

/// The addresses the conformance tests let through: no `+`, an ending of 2 to 8 letters.
pub(crate) fn is_institutional_email(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else {
        return false;
    };
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let ending = domain.rsplit_once('.').filter(|(host, _)| !host.is_empty()).map(|split| split.1);
    let plausible = ending.is_some_and(|ending| {
        (2..=8).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric())
    });
    !local.is_empty() && local.chars().all(word) && domain.chars().all(word) && plausible
}
