//! The comune's colour, and whether text in it can be read on paper.

use std::{fmt, str::FromStr};

/// A colour written as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrandColour([u8; 3]);

/// Not a colour.
#[derive(Debug, thiserror::Error)]
#[error("not a colour; write it like #0066cc")]
pub struct BrandColourError;

impl BrandColour {
    /// Nearly black: the text colour of the design system, used when a brand is too pale.
    pub const INK: Self = Self([0x17, 0x32, 0x4d]);

    /// The colour of three channels, 0 to 255 each.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// The colour itself where text in it is readable on white (4.5:1, WCAG 1.4.3), else ink.
    #[must_use]
    pub fn for_text(self) -> Self {
        // (1.05) / (luminance + 0.05) >= 4.5 means luminance <= 0.1833.
        if self.luminance() <= 0.1833 { self } else { Self::INK }
    }

    /// Relative luminance as WCAG defines it, 0 (black) to 1 (white).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for BrandColour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for BrandColour {
    type Err = BrandColourError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_prefix('#').ok_or(BrandColourError)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(BrandColourError);
        }
        let channel = |range| {
            let pair = digits.get(range).ok_or(BrandColourError)?;
            u8::from_str_radix(pair, 16).map_err(|_| BrandColourError)
        };
        Ok(Self([channel(0..2)?, channel(2..4)?, channel(4..6)?]))
    }
}

#[cfg(test)]
mod tests {
    use super::BrandColour;

    #[test]
    fn reads_six_hexadecimal_digits_only() {
        let blue: BrandColour = "#0066CC".parse().unwrap();
        assert_eq!(blue.to_string(), "#0066cc");
        for wrong in ["0066cc", "#06c", "#0066cg", "#0066c", "#+066cc", ""] {
            assert!(wrong.parse::<BrandColour>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_pale_brand_is_not_used_for_text() {
        let pale: BrandColour = "#ffd500".parse().unwrap();
        let dark: BrandColour = "#0b6e4f".parse().unwrap();
        assert_eq!(pale.for_text(), BrandColour::INK);
        assert_eq!(dark.for_text(), dark);
    }
}
