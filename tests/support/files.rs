//! Files to upload: the smallest of each kind.

/// A PDF of one empty page.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\n\
trailer<</Root 1 0 R>>\n%%EOF\n";

/// A PNG of one pixel.
pub const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\
\0\0\0\rIDATx\xdac\xfc\xcf\xc0P\x0f\0\x04\x85\x01\x80\x84\xa9\x8c!\0\0\0\0IEND\xaeB`\x82";

/// A PDF of exactly this many octets.
pub fn pdf_of(octets: usize) -> Vec<u8> {
    let mut bytes = PDF.to_vec();
    bytes.resize(octets, b' ');
    bytes
}
