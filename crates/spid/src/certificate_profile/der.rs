//! As much of DER as certificate extensions need: writing a value, reading one after the other.

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const UTF8: u8 = 0x0c;
pub(super) const SEQUENCE: u8 = 0x30;
/// `[3]`, constructed: the extensions of a certificate.
pub(super) const CONTEXT_3: u8 = 0xa3;

/// One value; lengths up to 65,535 octets, far above anything written here.
pub(super) fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let [.., high, low] = content.len().to_be_bytes();
    let length = match (high, low) {
        (0, 0..=0x7f) => vec![low],
        (0, _) => vec![0x81, low],
        _ => vec![0x82, high, low],
    };
    [vec![tag], length, content.to_vec()].concat()
}

/// The values one after the other, as tag and content; ends where the bytes end or stop being DER.
pub(super) struct Values<'a>(pub(super) &'a [u8]);

impl<'a> Iterator for Values<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (tag, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        let (length, rest) = match *first {
            short @ 0..=0x7f => (usize::from(short), rest),
            long => {
                let (octets, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
                let significant = (1..=4).contains(&octets.len());
                let length =
                    octets.iter().fold(0_usize, |sum, octet| (sum << 8) | usize::from(*octet));
                (significant.then_some(length)?, rest)
            }
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((*tag, content))
    }
}

/// The content of the first value, if it has this tag.
pub(super) fn inside(tag: u8, bytes: &[u8]) -> Option<&[u8]> {
    Values(bytes).next().filter(|value| value.0 == tag).map(|value| value.1)
}

#[cfg(test)]
mod tests {
    use super::{OCTETS, SEQUENCE, Values, der, inside};

    #[test]
    fn every_length_comes_back() {
        for length in [0, 1, 127, 128, 255, 256, 40_000] {
            let content = vec![7; length];
            let bytes = [der(OCTETS, &content), der(SEQUENCE, &[])].concat();
            let values: Vec<_> = Values(&bytes).collect();
            assert_eq!(values, [(OCTETS, content.as_slice()), (SEQUENCE, &[])]);
        }
    }

    #[test]
    fn cut_and_senseless_lengths_end_the_reading() {
        for bytes in
            [&[][..], &[4], &[4, 5, 1], &[4, 0x80, 1], &[4, 0x85, 0, 0, 0, 0, 1], &[4, 0x82, 1]]
        {
            assert_eq!(Values(bytes).next(), None);
            assert_eq!(inside(OCTETS, bytes), None);
        }
    }
}
