//! A small XML writer that escapes whatever it is given; elements close themselves.

use std::fmt::Write as _;

/// A character that no XML 1.0 document may carry, not even escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a text holds a character that XML forbids (U+{0:04X})")]
pub struct ForbiddenCharacter(pub u32);

/// Attributes as pairs of name and value.
pub(crate) type Attributes<'a> = [(&'a str, &'a str)];

/// Builds one document. Names are constants of this crate; values and texts may come from anywhere.
#[derive(Default)]
pub(crate) struct XmlWriter {
    text: String,
    forbidden: Option<ForbiddenCharacter>,
}

impl XmlWriter {
    /// An element with whatever `content` writes.
    pub(crate) fn element(
        &mut self,
        name: &str,
        attributes: &Attributes<'_>,
        content: impl FnOnce(&mut Self),
    ) {
        self.start(name, attributes);
        self.text.push('>');
        content(self);
        self.end(name);
    }

    /// An element with text alone.
    pub(crate) fn leaf(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) {
        self.element(name, attributes, |writer| writer.escaped(text, false));
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.start(name, attributes);
        self.text.push_str("/>");
    }

    /// The document, unless a text could not be written.
    pub(crate) fn finish(self) -> Result<String, ForbiddenCharacter> {
        match self.forbidden {
            Some(forbidden) => Err(forbidden),
            None => Ok(self.text),
        }
    }

    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes {
            self.text.push(' ');
            self.text.push_str(attribute);
            self.text.push_str("=\"");
            self.escaped(value, true);
            self.text.push('"');
        }
    }

    fn end(&mut self, name: &str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// White space that a parser would change (in attributes all but the blank, in text the carriage return) is written
    /// as a reference, so that what is read is what was given.
    fn escaped(&mut self, value: &str, in_attribute: bool) {
        for character in value.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&apos;"),
                '\r' => self.text.push_str("&#13;"),
                '\t' | '\n' if in_attribute => {
                    // Writing to a String cannot fail.
                    let _ = write!(self.text, "&#{};", u32::from(character));
                }
                '\u{0}'..='\u{8}'
                | '\u{b}'
                | '\u{c}'
                | '\u{e}'..='\u{1f}'
                | '\u{fffe}'
                | '\u{ffff}' => {
                    self.forbidden.get_or_insert(ForbiddenCharacter(u32::from(character)));
                }
                other => self.text.push(other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ForbiddenCharacter, XmlWriter};
    use roxmltree::Document;

    fn written(value: &str) -> Result<String, ForbiddenCharacter> {
        let mut writer = XmlWriter::default();
        writer.element("a", &[("b", value), ("c", "")], |writer| {
            writer.leaf("d", &[], value);
            writer.empty("e", &[("f", value)]);
        });
        writer.finish()
    }

    #[test]
    fn what_is_read_is_what_was_given() {
        for value in [
            "D'Àlfa & <Beta> \"x\"",
            "]]> &amp; <!-- --> <![CDATA[",
            "a\tb\nc\rd \r\n",
            "王 \u{1F600} \u{85} \u{7f}",
        ] {
            let xml = written(value).unwrap();
            let document = Document::parse(&xml).unwrap();
            let root = document.root_element();
            assert_eq!(root.attribute("b"), Some(value));
            assert_eq!(root.first_element_child().unwrap().text(), Some(value));
            assert_eq!(root.last_element_child().unwrap().attribute("f"), Some(value));
        }
    }

    #[test]
    fn forbidden_characters_are_refused() {
        for (value, number) in [("a\u{0}b", 0), ("\u{1b}[0m", 0x1b), ("\u{ffff}", 0xffff)] {
            assert_eq!(written(value), Err(ForbiddenCharacter(number)));
        }
    }
}
