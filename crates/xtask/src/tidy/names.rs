//! The glossary's refused words, looked for in the names that we declare and in file names.

use super::{Fault, Source};

/// Say instead: enrolment, pupil, email code, (the noun), (the noun), journey, office, officer.
const REFUSED: [&str; 8] =
    ["enrollment", "student", "otp", "utils", "helpers", "wizard", "backoffice", "admin"];
const DECLARES: [&str; 9] =
    ["fn", "struct", "enum", "mod", "type", "trait", "const", "static", "union"];

/// Names declared in Rust, and the words of every path.
pub(super) fn check(source: &Source) -> Vec<Fault> {
    let mut faults = Vec::new();
    for part in source.path.split(['/', '.', '-']) {
        faults.extend(refused(part).map(|word| Fault::new(&source.path, rule(word))));
    }
    if source.is("rs") {
        for (index, line) in source.text.lines().enumerate() {
            let word = declared(line).and_then(refused);
            faults.extend(word.map(|word| Fault::at(&source.path, index, rule(word))));
        }
    }
    faults
}

fn rule(word: &str) -> String {
    format!("{word:?} is a refused word; see the glossary")
}

/// The name that a line of Rust declares.
fn declared(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    words.find(|word| DECLARES.contains(word))?;
    let name = words.find(|word| *word != "mut")?;
    name.split(|c: char| !c.is_alphanumeric() && c != '_').next().filter(|name| !name.is_empty())
}

/// The refused word in a name, alone or in the plural.
fn refused(name: &str) -> Option<&'static str> {
    let words = words(name);
    REFUSED.into_iter().find(|refused| {
        words.iter().any(|word| word == refused || word.strip_suffix('s') == Some(refused))
    })
}

/// The words of `snake_case`, `CamelCase` and `SCREAMING_CASE`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous_was_lower = false;
    for c in name.chars() {
        if c == '_' || (c.is_uppercase() && previous_was_lower) {
            words.push(String::new());
        }
        previous_was_lower = c.is_lowercase();
        if let (true, Some(word)) = (c != '_', words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{declared, refused, words};

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words("EmailCode"), ["email", "code"]);
        assert_eq!(words("TENANT_KEY"), ["tenant", "key"]);
    }

    #[test]
    fn refused_words_are_found_in_every_spelling() {
        for (name, found) in [
            ("StudentCard", Some("student")),
            ("list_enrollments", Some("enrollment")),
            ("ADMIN_URL", Some("admin")),
            ("send_otp", Some("otp")),
            ("totp_secret", None),
            ("administration", None),
            ("enrolment", None),
        ] {
            assert_eq!(refused(name), found, "{name}");
        }
    }

    #[test]
    fn only_declared_names_count() {
        assert_eq!(declared("pub(crate) async fn load<T>(x: T) {"), Some("load"));
        assert_eq!(declared("    const LIMIT: u8 = 3;"), Some("LIMIT"));
        assert_eq!(declared("let admin = 3;"), None);
    }
}
