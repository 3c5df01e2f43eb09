//! `tenant.toml` as types. Unknown keys are refused everywhere.

mod brand;
mod digital_identity;
mod host;
mod service;
mod window;

pub use brand::{Brand, Colour, Link, MenuHook, MenuLink};
pub use digital_identity::{DigitalIdentity, KeysOf, SpidMode};
pub use host::Host;
pub use service::ServiceSettings;
pub use window::{Closing, DemoState, Opening, WindowSettings};

use domain::{Locale, form::LocalisedText};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

/// The version of the file format that this program reads.
pub const TENANT_SCHEMA: u16 = 1;

/// The settings of one tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantSettings {
    /// Version of the file format: 1.
    pub schema: u16,
    /// Who the tenant is.
    pub identity: Identity,
    /// Where it is found besides its path.
    #[serde(default)]
    pub access: Access,
    /// The languages it speaks.
    pub languages: Languages,
    /// How it looks.
    pub brand: Brand,
    /// How to reach the office; on every page and document.
    pub contacts: Contacts,
    /// The ways in.
    pub doors: Doors,
    /// What SPID and CIE need to know; needed when one of their doors is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digital_identity: Option<DigitalIdentity>,
    /// The school services offered, in the order shown.
    #[serde(rename = "service")]
    pub services: Vec<ServiceSettings>,
    /// When enrolments are taken.
    #[serde(rename = "window")]
    pub windows: Vec<WindowSettings>,
    /// What the applicant declares (DPR 445/2000) on the summary.
    pub declarations: Declarations,
    /// The privacy notice (GDPR art. 13).
    pub privacy_notice: PrivacyNotice,
    /// Rules of the canteen, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meals: Option<Meals>,
    /// Sender of the mails.
    pub mail: Sender,
    /// How documents reach the family.
    #[serde(default)]
    pub documents: Documents,
    /// Terms promised to families.
    pub terms: Terms,
}

/// Who the tenant is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Full name: `Comune di Taranto`.
    pub name: String,
    /// Name by which families look it up in the field «Comune»: `Taranto`.
    pub short_name: String,
    /// Sigla of the province.
    pub province: String,
    /// Cadastral code of the municipality; a union of municipalities has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codice_catastale: Option<String>,
    /// Code in the index of public administrations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codice_ipa: Option<String>,
    /// Codice fiscale of the body, eleven digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codice_fiscale: Option<String>,
    /// The department that receives the applications.
    pub department: LocalisedText,
}

/// Where the tenant is found besides the path `/<slug>/`, which is the folder's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Access {
    /// Host names that are this tenant's alone.
    #[serde(default)]
    pub hosts: Vec<Host>,
}

/// The languages the tenant speaks; Italian is always the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    /// In the order of the chooser.
    pub offered: Vec<Locale>,
}

/// How to reach the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// Name of the office.
    pub office: LocalisedText,
    /// Postal address on one line.
    pub address: String,
    /// Telephone numbers, each complete: `+39 099 4581342`.
    pub phones: Vec<String>,
    /// Ordinary e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Certified e-mail.
    pub pec: String,
    /// Web site of the body.
    pub website: String,
    /// When the office is open.
    pub opening_hours: LocalisedText,
}

/// The ways in. A closed door is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each door is open or closed by itself")]
pub struct Doors {
    /// Codice fiscale of the pupil, with a password on the way back.
    pub password_access: bool,
    /// SPID.
    pub spid: bool,
    /// CIE.
    pub cie: bool,
    /// eIDAS.
    pub eidas: bool,
}

/// What the applicant declares when sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declarations {
    /// Recorded with every application; change it with the text.
    pub version: String,
    /// The declarations, each one sentence.
    pub texts: Vec<LocalisedText>,
}

/// The privacy notice of the first step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivacyNotice {
    /// Recorded with every application; change it with the text.
    pub version: String,
    /// Heading.
    pub title: LocalisedText,
    /// The notice.
    pub paragraphs: Vec<LocalisedText>,
    /// The sentence beside the box on the summary; without it, the product's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledgement: Option<LocalisedText>,
}

/// Rules of the canteen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meals {
    /// Until when, on the day itself, a meal can be cancelled: `09:30`.
    pub cut_off: Time,
}

/// Sender of the mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sender {
    /// Name shown as sender.
    pub name: String,
    /// Address the mails come from.
    pub address: String,
    /// Where answers go; without it, nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
}

/// How documents reach the family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Documents {
    /// How the credentials letter travels.
    #[serde(default)]
    pub letter_delivery: LetterDelivery,
}

/// How the credentials letter travels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterDelivery {
    /// Attached to the mail.
    #[default]
    Attachment,
    /// As a link that works once.
    Link,
}

/// Terms promised to families, in days and minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Days within which the office answers (L. 241/90: 30 unless a rule says otherwise).
    pub answer_days: u16,
    /// Days for which an unsent draft is kept after its last change.
    pub draft_days: u16,
    /// Minutes that filling in the form takes.
    pub minutes_needed: u16,
}
