//! The doors of a comune as pages show them: providers in a new random order at every load.

use crate::{State, extract::Visit};
use domain::{Entropy, entropy::random_bytes, identity::IdentityScheme};
use operations::logins::Purpose;
use pages::identity::{DoorLogos, DoorPurpose, Doors, ProviderLink};
use routes::{
    Route,
    identity::{CieSignIn, ProviderLogo, SpidSignIn},
};
use spid::IdentityProvider;

/// The doors that are open; none when no digital identity opens this comune.
pub(crate) fn doors(state: &State, visit: &Visit, purpose: Purpose) -> Option<Doors> {
    let doors = visit.tenant.doors();
    visit.tenant.settings().digital_identity.as_ref()?;
    if !(doors.spid || doors.cie || doors.eidas) {
        return None;
    }
    let links = |scheme| links(state, visit, purpose, scheme);
    Some(Doors {
        purpose: match purpose {
            Purpose::Enrol => DoorPurpose::Enrol,
            Purpose::Portal => DoorPurpose::Portal,
        },
        spid: doors.spid.then(|| links(IdentityScheme::Spid)),
        cie: doors.cie.then(|| links(IdentityScheme::Cie)),
        eidas: doors.eidas.then(|| links(IdentityScheme::Eidas)),
        logos: logos(state, visit),
        password: doors.password_access,
    })
}

fn logos(state: &State, visit: &Visit) -> DoorLogos {
    let of = |scheme| {
        let file = state.settings.logos.of_scheme(scheme)?;
        Some(ProviderLogo { file: file.to_owned() }.href(&visit.mount))
    };
    DoorLogos {
        spid: of(IdentityScheme::Spid),
        cie: of(IdentityScheme::Cie),
        eidas: of(IdentityScheme::Eidas),
    }
}

fn links(
    state: &State,
    visit: &Visit,
    purpose: Purpose,
    scheme: IdentityScheme,
) -> Vec<ProviderLink> {
    let mut providers = state.providers.of(scheme).to_vec();
    shuffle(&mut providers, &*state.platform.entropy);
    providers.into_iter().map(|provider| link(state, visit, purpose, provider)).collect()
}

fn link(
    state: &State,
    visit: &Visit,
    purpose: Purpose,
    provider: IdentityProvider,
) -> ProviderLink {
    let file = state.settings.logos.of_provider(&provider.entity_id);
    ProviderLink {
        href: sign_in_href(&visit.mount, purpose, &provider),
        logo: file.map(|file| ProviderLogo { file: file.to_owned() }.href(&visit.mount)),
        name: provider.display_name,
    }
}

/// The address that leaves for this provider.
pub(super) fn sign_in_href(mount: &str, purpose: Purpose, provider: &IdentityProvider) -> String {
    let path = match provider.scheme {
        IdentityScheme::Cie => CieSignIn {}.href(mount),
        IdentityScheme::Spid | IdentityScheme::Eidas => SpidSignIn {}.href(mount),
    };
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("idp", &provider.entity_id)
        .append_pair("scopo", purpose.code())
        .finish();
    format!("{path}?{query}")
}

/// Every order is equally likely (Fisher and Yates): no provider is privileged.
fn shuffle<T>(items: &mut [T], entropy: &dyn Entropy) {
    for last in (1..items.len()).rev() {
        let ways = u64::try_from(last).unwrap_or(0) + 1;
        let drawn = u64::from_be_bytes(random_bytes(entropy)) % ways;
        items.swap(last, usize::try_from(drawn).unwrap_or(last));
    }
}
