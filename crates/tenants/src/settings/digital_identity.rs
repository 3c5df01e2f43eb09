//! What SPID and CIE need to know about a tenant.

use domain::{form::LocalisedText, identity::AssuranceLevel};
use serde::{Deserialize, Serialize};

/// What SPID and CIE need to know about a tenant; needed when one of their doors is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DigitalIdentity {
    /// Who is registered with SPID: the body itself, or the operator for it.
    #[serde(default)]
    pub mode: SpidMode,
    /// Identifier with SPID; once registered it stays for good. An address that need not answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spid_entity_id: Option<String>,
    /// Identifier with CIE; once registered it stays for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cie_entity_id: Option<String>,
    /// Whose key signs.
    #[serde(default)]
    pub keys: KeysOf,
    /// Cadastral code of the municipality where the body has its seat, where it has none of its own (CIE asks for one).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// Lowest level that opens: 2 or 3.
    #[serde(default = "second")]
    pub level: AssuranceLevel,
    /// Name of the service as the provider shows it to the person.
    pub service: LocalisedText,
    /// Address of the office that answers for the federation: institutional, nobody's own.
    pub email: String,
    /// Its telephone: `+390994581111`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
}

/// Who is registered with SPID.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpidMode {
    /// The body itself (spid:Public).
    #[default]
    Public,
    /// The operator, as aggregator that does everything (spid:PublicServicesFullAggregator).
    PubAgFull,
}

/// Whose key signs metadata and requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeysOf {
    /// The tenant's own.
    #[default]
    Tenant,
    /// The operator's.
    Operator,
}

const fn second() -> AssuranceLevel {
    AssuranceLevel::L2
}
