//! A form as it travels.

use crate::families::fill::{Field, Value};
use hyper::body::Bytes;
use url::form_urlencoded;

/// Occurs in none of our values.
const BOUNDARY: &str = "----families-form-boundary-7d4a6d158c9";

/// An encoded form.
pub(super) struct Encoded {
    /// Value of `Content-Type`.
    pub(super) media_type: String,
    /// The body.
    pub(super) bytes: Bytes,
}

/// Encodes fields as the form asks. Files travel in multipart only, as in every browser.
pub(super) fn encode(multipart: bool, fields: &[Field]) -> Encoded {
    if multipart {
        let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
        return Encoded { media_type, bytes: parts(fields).into() };
    }
    let mut body = form_urlencoded::Serializer::new(String::new());
    for field in fields {
        match &field.value {
            Value::Text(text) => body.append_pair(&field.name, &line_breaks(text)),
            Value::File(file) => body.append_pair(&field.name, file.name),
            Value::NoFile => body.append_pair(&field.name, ""),
        };
    }
    Encoded {
        media_type: "application/x-www-form-urlencoded".to_owned(),
        bytes: body.finish().into(),
    }
}

fn parts(fields: &[Field]) -> Vec<u8> {
    let mut body = Vec::new();
    for field in fields {
        let name = &field.name;
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"").bytes(),
        );
        match &field.value {
            Value::Text(text) => body.extend(format!("\r\n\r\n{}", line_breaks(text)).bytes()),
            Value::File(file) => {
                let head = format!(
                    "; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
                    file.name, file.media_type
                );
                body.extend(head.bytes());
                body.extend(&file.bytes);
            }
            Value::NoFile => {
                body.extend(b"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n");
            }
        }
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

/// Line breaks travel as CRLF.
fn line_breaks(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::{Field, Value, encode};

    #[test]
    fn fields_repeat_and_keep_their_letters() {
        let fields = [
            Field::text("giorni", ""),
            Field::text("giorni", "è lunedì"),
            Field::text("note", "a\nb"),
        ];
        let encoded = encode(false, &fields);
        assert_eq!(encoded.bytes, "giorni=&giorni=%C3%A8+luned%C3%AC&note=a%0D%0Ab");
    }

    #[test]
    fn a_file_control_without_file_travels_as_browsers_send_it() {
        let empty = Field { name: "certificato".to_owned(), value: Value::NoFile };
        let text = String::from_utf8(encode(true, &[empty]).bytes.to_vec()).unwrap();
        assert!(text.contains("name=\"certificato\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--"));
    }
}
