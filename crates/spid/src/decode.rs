//! From a form field or a redirect's parameter to the text of a document, within bounds.

use crate::refusal::{Refusal, form};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::read::DeflateDecoder;
use std::io::Read;

/// Longest form field read; base64 of the largest document, and room for line breaks.
pub const FORM_BYTES: usize = 192 * 1024;
/// Largest document read. Genuine answers have 6 to 12 KiB.
pub const XML_BYTES: usize = 128 * 1024;

/// The document in a form field: base64 with white space anywhere.
pub(crate) fn form_field(value: &str) -> Result<String, Refusal> {
    text(base64(value)?)
}

/// The document in a redirect's parameter (percent-decoded): base64 of raw DEFLATE.
pub(crate) fn redirect_parameter(value: &str) -> Result<String, Refusal> {
    let packed = base64(value)?;
    let mut plain = Vec::new();
    let bound = u64::try_from(XML_BYTES).map_or(u64::MAX, |bytes| bytes + 1);
    // One byte more than allowed tells a bomb from the largest document, and inflates no further.
    DeflateDecoder::new(packed.as_slice())
        .take(bound)
        .read_to_end(&mut plain)
        .map_err(|_| form::NOT_INFLATABLE)?;
    text(plain)
}

fn base64(value: &str) -> Result<Vec<u8>, Refusal> {
    if value.len() > FORM_BYTES {
        return Err(form::FORM_TOO_LARGE);
    }
    let is_dense = !value.bytes().fold(false, |found, byte| found | byte.is_ascii_whitespace());
    let decoded = if is_dense {
        STANDARD.decode(value)
    } else {
        STANDARD
            .decode(value.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect::<Vec<_>>())
    };
    decoded.map_err(|_| form::NOT_BASE64)
}

fn text(bytes: Vec<u8>) -> Result<String, Refusal> {
    if bytes.len() > XML_BYTES {
        return Err(form::XML_TOO_LARGE);
    }
    String::from_utf8(bytes).map_err(|_| form::NOT_UTF8)
}

#[cfg(test)]
mod tests {
    use super::{FORM_BYTES, XML_BYTES, form_field, redirect_parameter};
    use crate::refusal::form;
    use base64::{Engine, engine::general_purpose::STANDARD};
    use flate2::{Compression, write::DeflateEncoder};
    use std::io::Write;

    fn deflated(plain: &[u8]) -> String {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(plain).unwrap();
        STANDARD.encode(encoder.finish().unwrap())
    }

    #[test]
    fn line_breaks_in_base64_do_not_matter() {
        assert_eq!(form_field(" PGE\r\nvPg=\t=\n").unwrap(), "<a/>");
        assert_eq!(form_field("<a/>"), Err(form::NOT_BASE64));
        assert_eq!(form_field("PGEvPg"), Err(form::NOT_BASE64));
        assert_eq!(form_field(&STANDARD.encode([b'<', 0xff])), Err(form::NOT_UTF8));
    }

    #[test]
    fn what_is_too_large_is_not_even_decoded() {
        assert_eq!(form_field(&"A".repeat(FORM_BYTES + 1)), Err(form::FORM_TOO_LARGE));
        assert_eq!(
            form_field(&STANDARD.encode(vec![b'a'; XML_BYTES + 1])),
            Err(form::XML_TOO_LARGE)
        );
        assert_eq!(form_field(&STANDARD.encode(vec![b'a'; XML_BYTES])).unwrap().len(), XML_BYTES);
    }

    #[test]
    fn a_bomb_is_inflated_no_further_than_the_limit() {
        let bomb = deflated(&vec![b' '; 100 * 1024 * 1024]);
        assert!(bomb.len() < FORM_BYTES, "{}", bomb.len());
        assert_eq!(redirect_parameter(&bomb), Err(form::XML_TOO_LARGE));
        assert_eq!(redirect_parameter(&deflated(b"<a/>")).unwrap(), "<a/>");
        assert_eq!(redirect_parameter("PGEvPg=="), Err(form::NOT_INFLATABLE));
    }
}
