//! Whose app it is: a comune's, or the shared entrance's.

use crate::{
    State,
    error::WebError,
    extract::{Mounted, Place, locale_of},
};
use axum::{extract::FromRequestParts, http::request::Parts};
use axum_extra::extract::CookieJar;
use domain::Locale;
use pages::errors::Problem;
use std::sync::Arc;
use tenants::Tenant;

/// The product's own colour, which the entrance has.
const ENTRANCE_COLOUR: [u8; 3] = [0x00, 0x66, 0xcc];

/// Whose app a request is about. Nobody's session is read: nothing here depends on who asks.
pub(crate) struct Owner {
    /// None at the shared entrance.
    pub(crate) tenant: Option<Arc<Tenant>>,
    /// Prefix of its addresses.
    pub(crate) mount: String,
    /// Language of the visitor.
    pub(crate) locale: Locale,
}

impl Owner {
    /// Name below the icon's, in full.
    pub(crate) fn name(&self) -> String {
        let product = || i18n::t(self.locale, "shared.layout.product", &[]);
        self.tenant.as_ref().map_or_else(product, |tenant| tenant.name().to_owned())
    }

    /// The same for the place below an icon.
    pub(crate) fn short_name(&self) -> String {
        self.tenant.as_ref().map_or_else(|| self.name(), |tenant| shortened(tenant.short_name()))
    }

    /// Background of its icon, frame of its window: red, green, blue.
    pub(crate) fn colour(&self) -> [u8; 3] {
        self.tenant.as_ref().map_or(ENTRANCE_COLOUR, |tenant| {
            let colour = tenant.settings().brand.colour;
            [colour.red, colour.green, colour.blue]
        })
    }

    /// Changes with what its files are made from.
    pub(crate) fn version(&self) -> String {
        let product = || env!("CARGO_PKG_VERSION").to_owned();
        self.tenant.as_ref().map_or_else(product, |tenant| tenant.version().to_string())
    }
}

impl FromRequestParts<State> for Owner {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, _state: &State) -> Result<Self, WebError> {
        let jar = CookieJar::from_headers(&parts.headers);
        let (tenant, mount) = match parts.extensions.get::<Place>() {
            Some(Place::Tenant(Mounted { tenant, mount })) => {
                (Some(Arc::clone(tenant)), mount.clone())
            }
            Some(Place::Shared) => (None, String::new()),
            Some(Place::Unknown) | None => return Err(Problem::UnknownTenant.into()),
        };
        let offered = tenant.as_ref().map_or(&Locale::ALL[..], |tenant| tenant.locales());
        let locale = locale_of(&parts.headers, &jar, offered);
        Ok(Self { tenant, mount, locale })
    }
}

/// Most characters that telephones show below an icon.
const LONGEST: usize = 12;

/// A name's first words as far as there is place, or its beginning.
fn shortened(name: &str) -> String {
    let mut short = String::new();
    for word in name.split_whitespace() {
        let longer = if short.is_empty() { word.to_owned() } else { format!("{short} {word}") };
        if longer.chars().count() > LONGEST {
            break;
        }
        short = longer;
    }
    if short.is_empty() { name.chars().take(LONGEST).collect() } else { short }
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_name_below_an_icon_ends_with_a_word_where_it_can() {
        for (name, short) in [
            ("Taranto", "Taranto"),
            ("Montesole sull'Alba", "Montesole"),
            ("San Vito al Mare", "San Vito al"),
            ("Presicce-Acquarica", "Presicce-Acq"),
        ] {
            assert_eq!(shortened(name), short);
        }
    }
}
