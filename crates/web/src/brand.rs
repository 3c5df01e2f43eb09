//! The tenant's colours and logo as files of their own: the content policy allows nothing inline.

use crate::extract::Visit;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

/// A version in the address makes them cacheable for a day; the files say nothing about anybody.
pub(crate) const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// `GET /stile.css`
pub(crate) async fn stylesheet(visit: Visit) -> Response {
    let colour = visit.tenant.settings().brand.colour;
    let dark = |part: u8| u8::try_from(u16::from(part) * 3 / 5).unwrap_or(part);
    let hex = |red: u8, green: u8, blue: u8| format!("#{red:02x}{green:02x}{blue:02x}");
    let primary = hex(colour.red, colour.green, colour.blue);
    let darker = hex(dark(colour.red), dark(colour.green), dark(colour.blue));
    let css = pages::brand_stylesheet(&primary, &darker);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (header::CACHE_CONTROL, KEEP),
    ];
    (headers, css).into_response()
}

/// `GET /stemma`
pub(crate) async fn logo(visit: Visit) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (header::CACHE_CONTROL, KEEP),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; style-src 'none'; sandbox"),
        ),
    ];
    (headers, visit.tenant.logo().to_owned()).into_response()
}
