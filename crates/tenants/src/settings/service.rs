//! A school service as the comune describes it.

use domain::{SchoolService, form::LocalisedText};
use serde::{Deserialize, Serialize};

/// One school service offered. What is said about it makes its page («scheda servizio»); where the comune says nothing,
/// the product has words of its own. Each line of a text is a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceSettings {
    /// Which.
    pub school_service: SchoolService,
    /// The tenant's own name for it.
    pub name: LocalisedText,
    /// One sentence about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<LocalisedText>,
    /// «A chi è rivolto».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<LocalisedText>,
    /// «Come fare».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<LocalisedText>,
    /// «Cosa serve».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<LocalisedText>,
    /// «Cosa si ottiene».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<LocalisedText>,
    /// «Costi».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<LocalisedText>,
    /// «Ulteriori informazioni».
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<LocalisedText>,
}
