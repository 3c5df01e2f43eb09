//! Who somebody is: read as a whole or refused, never in part.

use super::{SIGNINGS, some};
use domain::{CodiceFiscale, identity::IdentityScheme};
use simulators::identity_provider::{Answer, Person, Signing, Value, names};
use support::saml_desk::{Desk, ENTITY_ID, assertion};

fn anna() -> CodiceFiscale {
    Person::find("anna").unwrap().codice_fiscale().unwrap()
}

fn set(answer: &mut Answer, name: &str, value: Value) {
    let attributes = assertion(answer).attributes.as_mut().unwrap();
    let found = attributes.iter_mut().find(|attribute| attribute.name == Value::from(name));
    found.expect("an attribute").values = vec![value];
}

#[test]
fn a_codice_fiscale_is_taken_with_or_without_its_country_in_either_case() {
    let desk = Desk::of("alfa");
    let code = anna();
    let code = code.as_str();
    for value in [
        format!("TINIT-{code}"),
        format!("tinit-{}", code.to_lowercase()),
        code.to_lowercase(),
        format!("\n  TINIT-{code}\t"),
    ] {
        let mut answer = desk.answer("anna");
        set(&mut answer, "fiscalNumber", value.as_str().into());
        let verified = desk.judge(&desk.signed(&answer, Signing::BOTH)).expect("accepted");
        assert_eq!(verified.identity.codice_fiscale, Some(anna()), "{value:?}");
    }
}

#[test]
fn a_codice_fiscale_that_is_none_is_refused() {
    let desk = Desk::of("alfa");
    let code = anna();
    let code = code.as_str();
    let last = if code.ends_with('A') { "B" } else { "A" };
    for value in [
        "TINIT-".to_owned(),
        code[..15].to_owned(),
        format!("{}{last}", &code[..15]),
        format!("TINIT-{code}0"),
        format!("TINFR-{code}"),
        format!("TINIT-TINIT-{code}"),
        format!("TINIT- {code}"),
        format!("TINIT-{}\u{200b}{}", &code[..6], &code[6..]),
        format!("TINIT-\u{feff}{code}").replace('\u{feff}', "\u{2060}"),
        format!("TINIT-{}", code.replacen('A', "\u{410}", 1)),
        format!("TINIT-{}\u{ff10}{}", &code[..6], &code[7..]),
        format!("TINIT-{}\r\n{}", &code[..6], &code[6..]),
    ] {
        for signing in SIGNINGS {
            let mut answer = desk.answer("anna");
            set(&mut answer, "fiscalNumber", value.as_str().into());
            let code = desk.code(&desk.signed(&answer, signing));
            assert_eq!(code, "fiscal_number_malformed", "{value:?}");
        }
    }
}

/// What splits a text in two for a careless reader.
const SPLITS: [(&str, &str); 7] = [
    ("<!-- -->", "comment"),
    ("<?x y?>", "processing_instruction"),
    ("<![CDATA[]]>", "cdata"),
    ("<![CDATA[x]]>", "cdata"),
    ("&x;", "malformed_xml"),
    ("<b/>", "text_with_elements"),
    ("<o:o xmlns:o=\"urn:o\">x</o:o>", "text_with_elements"),
];

/// A text that is read, with something put into its middle.
fn split(answer: &mut Answer, place: usize, inside: &str) {
    let code = anna();
    match place {
        0 => {
            let value = format!("TINIT-{}{inside}{}", &code.as_str()[..6], &code.as_str()[6..]);
            set(answer, "fiscalNumber", Value::raw(value));
        }
        1 => {
            let name = assertion(answer).subject.as_mut().unwrap().name_id.as_mut().unwrap();
            name.value = Value::raw(format!("_name{inside}behind"));
        }
        2 => {
            let conditions = assertion(answer).conditions.as_mut().unwrap();
            let audience = Value::raw(format!("{ENTITY_ID}{inside}.evil.example"));
            conditions.audiences = Some(vec![audience]);
        }
        _ => {
            let issuer = assertion(answer).issuer.as_mut().unwrap();
            issuer.value = Value::raw(format!("{}{inside}x", issuer.value.as_xml()));
        }
    }
}

#[test]
fn nothing_splits_a_text() {
    let desk = Desk::of("alfa");
    for place in 0..4 {
        for (inside, expected) in SPLITS {
            // The signer's own reader does not know the entity: it is written in afterwards.
            let mark = if inside == "&x;" { "MARK" } else { inside };
            for signing in SIGNINGS {
                let mut answer = desk.answer("anna");
                split(&mut answer, place, mark);
                let xml = desk.signed(&answer, signing).replace("MARK", inside);
                assert_eq!(desk.code(&xml), expected, "{inside} in text {place}, {signing:?}");
            }
        }
    }
}

#[test]
fn references_to_characters_are_read_as_the_characters() {
    let desk = Desk::of("alfa");
    let mut answer = desk.answer("anna");
    let code = anna();
    set(&mut answer, "fiscalNumber", Value::raw(format!("&#x54;INIT&#45;{}", code.as_str())));
    set(&mut answer, "familyName", Value::raw("Prova&amp;Figli &lt;b&gt;"));
    let name = assertion(&mut answer).subject.as_mut().unwrap().name_id.as_mut().unwrap();
    name.value = Value::raw("_a&#x62;c\u{200b}d");
    let audience = ENTITY_ID.replacen("https", "&#104;ttps", 1);
    assertion(&mut answer).conditions.as_mut().unwrap().audiences =
        Some(vec![Value::raw(audience)]);
    let verified = desk.judge(&desk.signed(&answer, Signing::BOTH)).expect("accepted");
    assert_eq!(verified.identity.codice_fiscale, Some(code));
    assert_eq!(verified.identity.surname, "Prova&Figli <b>");
    assert_eq!(verified.name_id, "_abc\u{200b}d");
    assert_eq!(verified.audience, ENTITY_ID);
}

#[test]
fn cie_may_leave_the_format_of_an_issuer_out_but_not_write_another() {
    let desk = Desk::of("cie");
    let answer = desk.answer("anna");
    assert!(!answer.to_xml().contains(names::FORMAT_ENTITY));
    for signing in SIGNINGS {
        let verified = desk.judge(&desk.signed(&answer, signing)).expect("accepted");
        assert_eq!(verified.identity.scheme, IdentityScheme::Cie);
        assert_eq!(verified.identity.person_code, None);
    }
    for (format, code) in [
        (names::FORMAT_ENTITY, "accepted"),
        ("", "assertion_issuer_format_missing"),
        (names::FORMAT_TRANSIENT, "assertion_issuer_format"),
    ] {
        let mut answer = desk.answer("anna");
        assertion(&mut answer).issuer.as_mut().unwrap().format = some(format);
        assert_eq!(desk.code(&desk.signed(&answer, Signing::BOTH)), code, "{format:?}");
    }
}

#[test]
fn eidas_gives_no_codice_fiscale_and_then_the_persons_code_counts() {
    let desk = Desk::of("eidas");
    let mut answer = desk.answer("eidas");
    let verified = desk.judge(&desk.signed(&answer, Signing::BOTH)).expect("accepted");
    assert_eq!(verified.identity.codice_fiscale, None);
    assert_eq!(verified.identity.person_code.as_deref(), Some("EU/IT/PROVA00007"));
    assertion(&mut answer).attributes.as_mut().unwrap().remove(0);
    assert_eq!(desk.code(&desk.signed(&answer, Signing::BOTH)), "person_code_missing");
    let spid = Desk::of("alfa");
    let answer = spid.answer("eidas");
    assert_eq!(spid.code(&spid.signed(&answer, Signing::BOTH)), "fiscal_number_missing");
}
