//! How a tenant looks: colour, logo, links.

use domain::form::LocalisedText;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a tenant looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brand {
    /// Main colour; white text on it must be readable.
    pub colour: Colour,
    /// The logo's file in the tenant's folder: `brand/logo.svg`.
    pub logo: String,
    /// Whether the PNRR logos are shown in the footer.
    #[serde(default)]
    pub pnrr_logo: bool,
    /// Links in the header, as in the menu of the comune's own site.
    #[serde(default)]
    pub header_links: Vec<MenuLink>,
    /// Links in the footer, after those the law wants.
    #[serde(default)]
    pub footer_links: Vec<Link>,
    /// The declaration made through AgID's form (L. 4/2004, art. 3-quater).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessibility_declaration: Option<String>,
    /// Legal notes of the comune's site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_notes: Option<String>,
    /// Frequent questions on the comune's site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faq: Option<String>,
    /// Where an appointment at the office is booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment_booking: Option<String>,
    /// Where a fault of a service is reported.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_inefficiency: Option<String>,
}

/// A link of the header's menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MenuLink {
    /// Words of the link.
    pub label: LocalisedText,
    /// Address, beginning with `https://`.
    pub url: String,
    /// Which item of the model's menu it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hook: Option<MenuHook>,
}

/// The items of the menu that AgID's model gives the site of a comune; its validator finds them by these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MenuHook {
    /// «Amministrazione».
    Management,
    /// «Novità».
    News,
    /// «Servizi».
    AllServices,
    /// «Vivere il Comune».
    Live,
}

impl MenuHook {
    /// Value of `data-element`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Management => "management",
            Self::News => "news",
            Self::AllServices => "all-services",
            Self::Live => "live",
        }
    }
}

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Words of the link.
    pub label: LocalisedText,
    /// Address, beginning with `https://`.
    pub url: String,
}

/// A colour on which white text is readable: contrast of at least 4.5:1 (WCAG 2.2, 1.4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour {
    /// Red, 0–255.
    pub red: u8,
    /// Green, 0–255.
    pub green: u8,
    /// Blue, 0–255.
    pub blue: u8,
}

/// A colour that cannot be a brand's.
#[derive(Debug, thiserror::Error)]
pub enum ColourError {
    /// Not written as six hexadecimal digits.
    #[error("not a colour; write it as \"#rrggbb\"")]
    Form,
    /// Too light.
    #[error("contrast with white is {0:.2}:1; at least 4.5:1 is needed, choose a darker colour")]
    Contrast(f64),
}

impl Colour {
    /// Contrast with white, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast_with_white(self) -> f64 {
        1.05 / (self.luminance() + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let hexadecimal = digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        hexadecimal.then_some(())?;
        Some(Self { red: channel(0)?, green: channel(2)?, blue: channel(4)? })
    }
}

impl TryFrom<String> for Colour {
    type Error = ColourError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let colour = Self::parse(&text).ok_or(ColourError::Form)?;
        let contrast = colour.contrast_with_white();
        if contrast >= 4.5 { Ok(colour) } else { Err(ColourError::Contrast(contrast)) }
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn contrast_is_that_of_wcag() {
        let black = Colour { red: 0, green: 0, blue: 0 };
        assert!((black.contrast_with_white() - 21.0).abs() < 0.001);
        let grey = Colour { red: 0x76, green: 0x76, blue: 0x76 };
        assert!((grey.contrast_with_white() - 4.54).abs() < 0.01);
    }

    #[test]
    fn light_or_malformed_colours_are_refused() {
        let colour: Colour = serde_json::from_str("\"#0A4B8C\"").unwrap();
        assert_eq!(serde_json::to_string(&colour).unwrap(), "\"#0a4b8c\"");
        let light = serde_json::from_str::<Colour>("\"#777777\"").unwrap_err().to_string();
        assert!(light.contains("contrast with white is 4.48:1"), "{light}");
        for wrong in ["\"0a4b8c\"", "\"#0a4b8\"", "\"#0a4b8g\"", "\"#+a4b8c\"", "\"blu\""] {
            assert!(serde_json::from_str::<Colour>(wrong).is_err(), "{wrong}");
        }
    }
}
