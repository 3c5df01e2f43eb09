//! The ways in by digital identity, as a choice that several pages show.

use domain::identity::IdentityScheme;
use serde::Serialize;

/// A provider, or a door with a single one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProviderLink {
    /// Its name as people know it.
    pub name: String,
    /// Where the sign-in with it begins.
    pub href: String,
    /// Address of its logo; none shows the name in the same place.
    pub logo: Option<String>,
}

/// What somebody wants who enters: it decides the words of the buttons.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoorPurpose {
    /// «Iscriviti con SPID».
    #[default]
    Enrol,
    /// «Entra con SPID»: coming back, also while nothing new can be sent.
    Portal,
}

/// Addresses of the official pictures in the buttons; the operator supplies them. The words beside them stay words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DoorLogos {
    /// SPID.
    pub spid: Option<String>,
    /// CIE.
    pub cie: Option<String>,
    /// eIDAS.
    pub eidas: Option<String>,
}

/// The doors of a comune. Of the three by digital identity, none means closed; an empty list means open, but no
/// provider can be offered at the moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Doors {
    /// What the buttons say.
    pub purpose: DoorPurpose,
    /// SPID providers in the order shown: shuffled anew for every page, because none may be preferred.
    pub spid: Option<Vec<ProviderLink>>,
    /// The CIE provider.
    pub cie: Option<Vec<ProviderLink>>,
    /// The Italian eIDAS node.
    pub eidas: Option<Vec<ProviderLink>>,
    /// Official pictures.
    pub logos: DoorLogos,
    /// Whether the door by codice fiscale and password is open too.
    pub password: bool,
}

impl Doors {
    /// Whether any digital identity opens a door.
    pub const fn any_identity(&self) -> bool {
        self.spid.is_some() || self.cie.is_some() || self.eidas.is_some()
    }

    /// The same doors with the providers of one scheme; opens that door.
    #[must_use]
    pub fn with(mut self, scheme: IdentityScheme, providers: Vec<ProviderLink>) -> Self {
        let door = match scheme {
            IdentityScheme::Spid => &mut self.spid,
            IdentityScheme::Cie => &mut self.cie,
            IdentityScheme::Eidas => &mut self.eidas,
        };
        *door = Some(providers);
        self
    }
}

fn provider(name: &str, file: Option<&str>) -> ProviderLink {
    ProviderLink {
        name: name.into(),
        href: format!("/montesole/spid/accesso?p={}", name.to_lowercase().replace(' ', "-")),
        logo: file.map(|file| format!("/montesole/accesso/loghi/{file}")),
    }
}

/// Invented doors: all of them, with invented providers.
pub(crate) fn sample(purpose: DoorPurpose) -> Doors {
    let names =
        ["Prova ID", "Esempio Identità Digitale", "Firma Finta", "Gestore Inventato S.p.A."];
    let spid = names.into_iter().map(|name| provider(name, None)).collect();
    Doors { purpose, password: true, ..Doors::default() }
        .with(IdentityScheme::Spid, spid)
        .with(IdentityScheme::Cie, vec![provider("Ministero dell'Interno", None)])
        .with(IdentityScheme::Eidas, vec![provider("eIDAS", None)])
}

/// The same doors where the operator has supplied the pictures.
pub(crate) fn sample_with_logos(purpose: DoorPurpose) -> Doors {
    let spid = vec![provider("Prova ID", Some("prova-id.svg")), provider("Firma Finta", None)];
    let logo = |file: &str| Some(format!("/montesole/accesso/loghi/{file}"));
    let logos =
        DoorLogos { spid: logo("spid.svg"), cie: logo("cie.svg"), eidas: logo("eidas.svg") };
    Doors { logos, ..sample(purpose) }.with(IdentityScheme::Spid, spid)
}

/// The same doors while no provider is known.
pub(crate) fn sample_without_providers(purpose: DoorPurpose) -> Doors {
    IdentityScheme::ALL
        .into_iter()
        .fold(sample(purpose), |doors, scheme| doors.with(scheme, vec![]))
}
