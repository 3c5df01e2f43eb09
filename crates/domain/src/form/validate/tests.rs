//! Wrong answers, one by one.

use super::*;
use crate::{
    CodiceFiscaleError,
    form::{
        AttachedFile,
        tests::{complete_answers, context, full_form, pupil},
    },
};
use uuid::Uuid;

/// The errors of the whole form after a change to the good answers.
fn errors(change: impl Fn(&mut Answers)) -> Vec<(String, FieldErrorKind)> {
    let (form, mut answers) = (full_form(), complete_answers());
    change(&mut answers);
    validate_all(&form, &answers, &context())
        .into_iter()
        .flat_map(|(_, errors)| errors)
        .map(|error| (error.field, error.kind))
        .collect()
}

/// The error of one field set to one value.
fn error(field: &str, value: &str) -> Option<FieldErrorKind> {
    let found = errors(|answers| answers.set(field, value));
    assert!(found.len() <= 1, "{found:?}");
    found.into_iter().next().map(|(at, kind)| {
        assert_eq!(at, field);
        kind
    })
}

#[test]
fn good_answers_pass() {
    assert_eq!(errors(|_| {}), []);
}

#[test]
fn what_is_required_and_blank_is_missing() {
    use FieldErrorKind::Required;
    for field in ["pupil_surname", "pupil_birth_date", "guardian_cf", "school", "services", "diet"]
    {
        let found = errors(|answers| answers.set(field, "  "));
        assert!(found.contains(&(field.to_owned(), Required)), "{field}: {found:?}");
    }
}

#[test]
fn hidden_questions_are_not_judged() {
    assert_eq!(error("second_phone", "nonsense"), None);
    let found = errors(|answers| {
        answers.set("has_second", "yes");
        answers.set("second_phone", "nonsense");
    });
    assert_eq!(found, [("second_phone".to_owned(), FieldErrorKind::BadPhone)]);
}

#[test]
fn words_are_bounded_and_without_control_characters() {
    assert_eq!(error("pupil_name", &"à".repeat(100)), None);
    let long = error("pupil_name", &"à".repeat(101));
    assert_eq!(long, Some(FieldErrorKind::TooLong { max: 100 }));
    assert_eq!(error("pupil_name", "Lu\u{0}ca"), Some(FieldErrorKind::BadCharacters));
    assert_eq!(error("pupil_name", "Lu\nca"), Some(FieldErrorKind::BadCharacters));
    let found = errors(|answers| {
        answers.set_all("services", vec!["canteen".into(), "transport".into()]);
        answers.set("delegates", "Zia Prova\r\nZio Prova");
    });
    assert_eq!(found, [], "line breaks are fine where several lines are asked for");
}

#[test]
fn days_are_real_and_births_are_past() {
    assert_eq!(error("pupil_birth_date", "2019-03-09"), None);
    assert_eq!(error("pupil_birth_date", "31/02/2019"), Some(FieldErrorKind::NotADate));
    assert_eq!(error("pupil_birth_date", "11/09/2026"), Some(FieldErrorKind::DateInFuture));
    assert_eq!(error("pupil_birth_date", "10/09/2026"), None);
    assert_eq!(error("pupil_birth_date", "31/12/1899"), Some(FieldErrorKind::DateOutOfRange));
    assert_eq!(error("pupil_birth_date", "01/01/2999"), Some(FieldErrorKind::DateOutOfRange));
}

#[test]
fn a_wrong_codice_fiscale_says_what_is_wrong() {
    let short = CodiceFiscaleError::WrongLength { length: 3 };
    assert_eq!(error("guardian_cf", "abc"), Some(FieldErrorKind::BadCodiceFiscale(short)));
    assert_eq!(error("pupil_cf", &pupil().as_str().to_lowercase()), None);
}

#[test]
fn each_person_has_their_own_codice_fiscale() {
    let guardian = complete_answers().raw("guardian_cf").to_owned();
    let found = errors(|answers| answers.set("pupil_cf", guardian.as_str()));
    assert!(found.contains(&("pupil_cf".to_owned(), FieldErrorKind::NotThePupil)), "{found:?}");
    assert_eq!(error("guardian_cf", pupil().as_str()), Some(FieldErrorKind::SameAsPupil));
}

#[test]
fn addresses_are_complete_and_their_parts_fit() {
    use FieldErrorKind::{BadCap, BadProvince, Required, UnknownMunicipality};
    for (field, value, expected) in [
        ("home.street", "", Some(Required)),
        ("home.number", "", None),
        ("home.province", "", None),
        ("home.cap", "7412", Some(BadCap)),
        ("home.cap", "٧٤١٢١", Some(BadCap)),
        ("home.municipality", "Atlantide", Some(UnknownMunicipality)),
        ("home.province", "MI", Some(BadProvince)),
        ("home.province", "T4", Some(BadProvince)),
    ] {
        assert_eq!(error(field, value), expected, "{field} {value}");
    }
}

#[test]
fn namesake_municipalities_need_their_province() {
    let home = |municipality: &'static str, province: &'static str| {
        errors(move |answers| {
            answers.set("home.municipality", municipality);
            answers.set("home.province", province);
        })
    };
    let ambiguous = FieldErrorKind::AmbiguousMunicipality;
    assert_eq!(home("San Teodoro", ""), [("home.municipality".to_owned(), ambiguous)]);
    assert_eq!(home("San Teodoro", "me"), []);
    assert_eq!(home("San Teodoro (ME)", ""), []);
    assert_eq!(home("Albania", ""), []);
}

#[test]
fn birthplaces_are_places() {
    assert_eq!(error("pupil_birthplace", "Romania"), None);
    let unknown = Some(FieldErrorKind::UnknownMunicipality);
    assert_eq!(error("pupil_birthplace", "Topolinia"), unknown);
}

#[test]
fn addresses_amounts_and_choices_are_read() {
    assert_eq!(error("guardian_email", "a@b@c"), Some(FieldErrorKind::BadEmail));
    assert_eq!(error("isee_value", "tanto"), Some(FieldErrorKind::BadAmount));
    assert_eq!(error("diet", "vegan"), Some(FieldErrorKind::NotAnOption));
    assert_eq!(error("isee", "perhaps"), Some(FieldErrorKind::NotAnOption));
    let found = errors(|answers| answers.set_all("days", vec!["mon".into(), "sun".into()]));
    assert_eq!(found, [("days".to_owned(), FieldErrorKind::NotAnOption)]);
    let found = errors(|answers| {
        answers.set_all("pupil_sex", vec!["f".into(), "m".into()]);
    });
    assert_eq!(found, [("pupil_sex".to_owned(), FieldErrorKind::NotAnOption)]);
}

#[test]
fn a_declaration_must_be_made() {
    assert_eq!(error("truth", "no"), Some(FieldErrorKind::MustBeYes));
    assert_eq!(error("truth", ""), Some(FieldErrorKind::MustBeYes));
}

#[test]
fn schools_and_classes_are_the_tenants() {
    assert_eq!(error("class", "9Z"), Some(FieldErrorKind::UnknownClass));
    assert_eq!(error("school", "XXEE000001"), Some(FieldErrorKind::UnknownSchool));
    let found = errors(|answers| {
        answers.set("school", "TAEE000002");
        answers.set("class", "prima");
    });
    assert_eq!(found, [], "a school without classes takes what is typed");
}

#[test]
fn a_service_whose_window_closed_is_named() {
    let (form, answers) = (full_form(), complete_answers());
    let ctx = FormContext { offered: &[SchoolService::Transport], ..context() };
    let found = validate_all(&form, &answers, &ctx);
    let expected =
        FieldError { field: "services".to_owned(), kind: FieldErrorKind::ServiceNotOpen };
    assert_eq!(found, [("school", vec![expected])]);
    assert_eq!(error("services", "gondola"), Some(FieldErrorKind::NotAnOption));
}

#[test]
fn files_are_counted() {
    let with = |count: u128| {
        errors(move |answers| {
            answers.set("diet", "health");
            for id in 0..count {
                let file = AttachedFile { id: Uuid::from_u128(id).into(), name: "x.pdf".into() };
                answers.attach("certificate", &file);
            }
        })
    };
    assert_eq!(with(0), [("certificate".to_owned(), FieldErrorKind::Required)]);
    assert_eq!(with(4), []);
    let many = FieldErrorKind::TooManyFiles { max: 4 };
    assert_eq!(with(5), [("certificate".to_owned(), many)]);
}
