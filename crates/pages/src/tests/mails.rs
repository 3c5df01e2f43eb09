//! Mails render in every language, in three parts, and carry nothing they should not.

use super::{engine, now};
use crate::{MAILS, RenderedMail, sample};
use domain::Locale;

fn all() -> Vec<(String, RenderedMail)> {
    let engine = engine();
    let mut found = Vec::new();
    for entry in MAILS {
        for locale in Locale::ALL {
            for (name, mail) in (entry.render)(&engine, &sample::mail_frame(locale), now()).unwrap()
            {
                found.push((format!("{} {name} {locale}", entry.stem), mail));
            }
        }
    }
    found
}

#[test]
fn every_mail_renders_and_no_text_is_missing() {
    assert!(all().len() >= 2 * MAILS.len());
    assert_eq!(i18n::missing_count(), 0);
}

#[test]
fn a_subject_is_one_short_line_and_names_the_comune() {
    for (name, mail) in all() {
        assert!(
            !mail.subject.contains(['\n', '\r']) && mail.subject.chars().count() < 120,
            "{name}"
        );
        assert!(mail.subject.contains("Montesole"), "{name}");
    }
}

#[test]
fn text_is_not_escaped_and_html_is() {
    for (name, mail) in all() {
        assert!(mail.text.contains("Montesole sull'Alba") && !mail.text.contains("&#"), "{name}");
        assert!(!mail.text.contains("<p") && mail.html.contains("</html>"), "{name}");
        assert!(
            mail.text.contains("+39") || mail.text.contains("0555 000 111"),
            "{name}: contacts"
        );
        assert!(!mail.text.contains("\n\n\n\n"), "{name}: holes in the text");
    }
}

#[test]
fn html_loads_nothing_and_runs_nothing() {
    for (name, mail) in all() {
        for forbidden in ["<img", "<script", "<link", "url(", "@import"] {
            assert!(!mail.html.contains(forbidden), "{name}: {forbidden}");
        }
    }
}
