//! A TOML file that remembers its lines, read section by section so that all mistakes are told.

use crate::{
    path::{Part, at_offset, nearest, printed},
    problem::Problem,
};
use serde::de::DeserializeOwned;
use toml::{
    Spanned,
    de::{DeTable, DeValue, ValueDeserializer},
};

/// Most mistakes told about one section; a file with more is read again after mending.
const MOST: usize = 20;

/// A parsed file.
pub(crate) struct Document<'a> {
    file: String,
    source: &'a str,
    root: Spanned<DeValue<'a>>,
}

impl<'a> Document<'a> {
    /// Reads the syntax; every syntax error is a problem.
    pub(crate) fn parse(file: &str, source: &'a str) -> Result<Self, Vec<Problem>> {
        let (table, errors) = DeTable::parse_recoverable(source);
        let root = Spanned::new(table.span(), DeValue::Table(table.into_inner()));
        let document = Self { file: file.to_owned(), source, root };
        if errors.is_empty() {
            return Ok(document);
        }
        let problem = |error: &toml::de::Error| {
            let offset = error.span().map_or(0, |span| span.start);
            Problem {
                file: document.file.clone(),
                line: Some(document.line(offset)),
                key: String::new(),
                message: one_line(error.message()),
            }
        };
        Err(errors.iter().map(problem).collect())
    }

    /// The positions of a list: `[[service]]` has as many as there are tables.
    pub(crate) fn positions(&self, path: &[Part]) -> usize {
        match self.exact(path).map(Spanned::get_ref) {
            Some(DeValue::Array(array)) => array.len(),
            _ => 0,
        }
    }

    /// Reads one section on its own, for its mistakes only. A missing one has none here.
    pub(crate) fn probe<T: DeserializeOwned>(&self, path: &[Part]) -> Vec<Problem> {
        let Some(section) = self.exact(path) else { return Vec::new() };
        let mut section = section.clone();
        let mut problems: Vec<Problem> = Vec::new();
        let mut removed: Vec<String> = Vec::new();
        while problems.len() < MOST {
            let Err(error) = T::deserialize(ValueDeserializer::from(section.clone())) else {
                break;
            };
            let missing = missing_field(error.message());
            if missing.is_some_and(|field| removed.iter().any(|gone| gone == field)) {
                break;
            }
            let problem = self.of_error(&error, path);
            if missing.is_some() {
                problems.push(problem);
                break;
            }
            let offset = error.span().map_or(0, |span| span.start);
            let removable = remove(&mut section, offset, &mut removed);
            problems.push(problem);
            if !removable {
                break;
            }
        }
        problems.sort_by_key(|problem| problem.line);
        problems
    }

    /// Reads the whole file.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        T::deserialize(ValueDeserializer::from(self.root.clone()))
            .map_err(|error| self.of_error(&error, &[]))
    }

    /// A mistake found later, at a path.
    pub(crate) fn problem(&self, path: &[Part], message: impl Into<String>) -> Problem {
        let offset = nearest(&self.root, path).span().start;
        Problem {
            file: self.file.clone(),
            line: Some(self.line(offset)),
            key: printed(&self.root, path),
            message: message.into(),
        }
    }

    fn of_error(&self, error: &toml::de::Error, section: &[Part]) -> Problem {
        let path = match error.span() {
            Some(span) => at_offset(&self.root, span.start),
            None => section.to_vec(),
        };
        let offset =
            error.span().map_or_else(|| nearest(&self.root, section).span().start, |s| s.start);
        Problem {
            file: self.file.clone(),
            line: Some(self.line(offset)),
            key: printed(&self.root, &path),
            message: one_line(error.message()),
        }
    }

    fn exact(&self, path: &[Part]) -> Option<&Spanned<DeValue<'a>>> {
        let mut value = &self.root;
        for part in path {
            value = match (value.get_ref(), part) {
                (DeValue::Table(table), Part::Key(key)) => table.get(key.as_str())?,
                (DeValue::Array(array), Part::At(position)) => array.get(*position)?,
                _ => return None,
            };
        }
        Some(value)
    }

    fn line(&self, offset: usize) -> usize {
        let before = self.source.bytes().take(offset);
        before.filter(|byte| *byte == b'\n').count() + 1
    }
}

/// Takes the key that holds the error out of the section, so that reading can go on behind it.
fn remove(section: &mut Spanned<DeValue<'_>>, offset: usize, removed: &mut Vec<String>) -> bool {
    let path = at_offset(section, offset);
    let Some(Part::Key(key)) = path.first().cloned() else { return false };
    let DeValue::Table(table) = section.get_mut() else { return false };
    removed.push(key.clone());
    table.remove(key.as_str()).is_some()
}

/// The field that serde says is missing.
fn missing_field(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.split('`').next()
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Document;
    use crate::settings::{Brand, TenantSettings, WindowSettings};

    fn probed(source: &str, key: &str) -> Vec<String> {
        let document = Document::parse("x.toml", source).unwrap();
        document.probe::<Brand>(&[key.into()]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_mistake_of_a_section_is_told_with_its_line_and_key() {
        let source = "\n[brand]\ncolour = \"#ffff00\"\nlogo = 3\nshade = 1\npnrr_logo = \"x\"\n";
        let found = probed(source, "brand");
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found[0].starts_with("x.toml:3: brand.colour: contrast with white"), "{found:?}");
        assert!(found[1].starts_with("x.toml:4: brand.logo: invalid type"), "{found:?}");
        assert!(found[2].starts_with("x.toml:5: brand.shade: unknown field"), "{found:?}");
        assert!(found[3].starts_with("x.toml:6: brand.pnrr_logo: invalid type"), "{found:?}");
    }

    #[test]
    fn unknown_keys_name_the_allowed_ones() {
        let found = probed("[brand]\ncolour = \"#000000\"\nlogo = \"l\"\nshade = 1\n", "brand");
        let expected = "x.toml:4: brand.shade: unknown field `shade`, expected one of `colour`, \
                        `logo`, `pnrr_logo`, `header_links`, `footer_links`, \
                        `accessibility_declaration`, `legal_notes`, `faq`, `appointment_booking`, \
                        `report_inefficiency`";
        assert_eq!(found, [expected]);
    }

    #[test]
    fn a_missing_key_is_told_at_its_table() {
        let found = probed("schema = 1\n[brand]\ncolour = \"#000000\"\n", "brand");
        assert_eq!(found, ["x.toml:2: brand: missing field `logo`"]);
    }

    #[test]
    fn lists_are_numbered_from_one() {
        let source = "[[window]]\nkind = \"new\"\n[[window]]\nkind = \"old\"\n";
        let document = Document::parse("x.toml", source).unwrap();
        assert_eq!(document.positions(&["window".into()]), 2);
        let found = document.probe::<WindowSettings>(&["window".into(), 1.into()]);
        let expected =
            "x.toml:4: window[2].kind: unknown variant `old`, expected `new` or `renewal`";
        assert_eq!(found[1].to_string(), expected);
    }

    #[test]
    fn syntax_errors_have_lines() {
        let found = Document::parse("x.toml", "a = 1\nb = = 2\n").err().unwrap();
        assert_eq!((found[0].file.as_str(), found[0].line), ("x.toml", Some(2)));
    }

    #[test]
    fn a_missing_section_is_told_for_the_whole_file() {
        let document = Document::parse("x.toml", "schema = 1\n").unwrap();
        let found = document.read::<TenantSettings>().unwrap_err().to_string();
        assert!(found.contains("missing field `identity`"), "{found}");
    }
}
