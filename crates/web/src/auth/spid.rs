//! SAML: SPID and the eIDAS node by one set of metadata, CIE by another.

pub(crate) mod acs;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod metadata;
mod service_provider;

pub use metadata::MetadataCache;
pub use metadata::{MetadataError, Surroundings, metadata_of};
pub use service_provider::{SetUpError, key_owner};

use crate::{error::WebError, extract::Visit};
use domain::identity::IdentityScheme;
use pages::errors::Problem;
use routes::{
    Route as _,
    identity::{CieConsumer, CieSignIn, CieSignOut, SpidConsumer, SpidSignIn, SpidSignOut},
};
use tenants::{Doors, Tenant};

/// One set of metadata and its endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Federation {
    /// SPID, and eIDAS as one more provider.
    Spid,
    /// CIE.
    Cie,
}

impl Federation {
    /// The schemes whose providers answer here.
    const fn schemes(self) -> &'static [IdentityScheme] {
        match self {
            Self::Spid => &[IdentityScheme::Spid, IdentityScheme::Eidas],
            Self::Cie => &[IdentityScheme::Cie],
        }
    }

    /// The scheme that names the door.
    const fn scheme(self) -> IdentityScheme {
        match self {
            Self::Spid => IdentityScheme::Spid,
            Self::Cie => IdentityScheme::Cie,
        }
    }

    /// Whether a comune offers it.
    const fn is_open(self, doors: Doors) -> bool {
        match self {
            Self::Spid => doors.spid,
            Self::Cie => doors.cie,
        }
    }

    /// Whether people of that scheme may enter here.
    const fn admits(doors: Doors, scheme: IdentityScheme) -> bool {
        match scheme {
            IdentityScheme::Spid => doors.spid,
            IdentityScheme::Cie => doors.cie,
            IdentityScheme::Eidas => doors.spid && doors.eidas,
        }
    }

    /// The comune's identifier.
    fn entity_id(self, tenant: &Tenant) -> Option<&str> {
        let identity = tenant.settings().digital_identity.as_ref()?;
        match self {
            Self::Spid => identity.spid_entity_id.as_deref(),
            Self::Cie => identity.cie_entity_id.as_deref(),
        }
    }

    /// Where providers send people back. Built from settings, never from a request.
    fn acs_url(self, tenant: &Tenant, public_url: &str) -> String {
        let path = match self {
            Self::Spid => SpidConsumer {}.path(),
            Self::Cie => CieConsumer {}.path(),
        };
        tenant.address(public_url, &path)
    }

    /// Where providers end sessions.
    fn slo_url(self, tenant: &Tenant, public_url: &str) -> String {
        let path = match self {
            Self::Spid => SpidSignOut {}.path(),
            Self::Cie => CieSignOut {}.path(),
        };
        tenant.address(public_url, &path)
    }

    /// Where people leave from.
    fn sign_in_url(self, tenant: &Tenant, public_url: &str) -> String {
        let path = match self {
            Self::Spid => SpidSignIn {}.path(),
            Self::Cie => CieSignIn {}.path(),
        };
        tenant.address(public_url, &path)
    }
}

/// A door that a comune has closed does not exist.
fn require_door(visit: &Visit, federation: Federation) -> Result<(), WebError> {
    let set_up = federation.entity_id(&visit.tenant).is_some();
    if set_up && federation.is_open(visit.tenant.doors()) {
        Ok(())
    } else {
        Err(Problem::NotFound.into())
    }
}

/// Runs work of the processor away from the threads that serve.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, WebError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Problem::Internal.into())
}
