//! QR codes as SVG, black on white.

use qrcode::{EcLevel, QrCode, render::svg};

/// A QR code for a web address; none when the address is too long for one.
pub(crate) fn svg(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).ok()?;
    Some(code.render::<svg::Color<'_>>().quiet_zone(true).min_dimensions(120, 120).build())
}
