//! Small files, valid and made in memory.

use super::page::Control;

/// A file as somebody chooses it on their device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Enclosure {
    /// Its name.
    pub(super) name: &'static str,
    /// Its type as the device would say.
    pub(super) media_type: &'static str,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// One white pixel.
const PIXEL: &str = "ffd8ffe000104a46494600010100000100010000ffdb004300100b0c0e0c0a100e0d0e1211101318281a181616183123251d\
    283a333d3c3933383740485c4e404457453738506d51575f626768673e4d71797064785c656763ffc0000b08000100010101\
    1100ffc40014000100000000000000000000000000000007ffc40014100100000000000000000000000000000000ffda0008\
    010100003f00407fffd9";

/// A file of a type that the control takes.
pub(super) fn for_control(control: &Control) -> Enclosure {
    if control.accept.is_empty() || control.accept.contains("application/pdf") {
        return Enclosure {
            name: "documento di prova.pdf",
            media_type: "application/pdf",
            bytes: pdf(),
        };
    }
    Enclosure { name: "foto di prova.jpg", media_type: "image/jpeg", bytes: jpeg() }
}

/// One empty page, with a right table of offsets.
fn pdf() -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Resources<<>>>>",
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut entries = vec!["0000000000 65535 f \n".to_owned()];
    for (number, object) in (1..).zip(objects) {
        entries.push(format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{number} 0 obj{object}endobj\n").bytes());
    }
    let (start, count) = (file.len(), entries.len());
    file.extend(format!("xref\n0 {count}\n{}", entries.concat()).bytes());
    file.extend(
        format!("trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes(),
    );
    file
}

fn jpeg() -> Vec<u8> {
    let digits: Vec<u8> = PIXEL
        .chars()
        .filter_map(|c| c.to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits
        .chunks_exact(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{jpeg, pdf};

    #[test]
    fn the_pdf_names_the_offset_of_its_table() {
        let text = String::from_utf8(pdf()).unwrap();
        let start: usize = text.lines().rev().nth(1).unwrap().parse().unwrap();
        assert!(text[start..].starts_with("xref\n0 4\n"));
        let first: usize = text[start..].lines().nth(3).unwrap()[..10].parse().unwrap();
        assert!(text[first..].starts_with("1 0 obj"));
    }

    #[test]
    fn the_jpeg_begins_and_ends_as_one() {
        let bytes = jpeg();
        assert!(bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.ends_with(&[0xff, 0xd9]));
    }
}
