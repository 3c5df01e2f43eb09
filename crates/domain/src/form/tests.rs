//! A small form with every kind of question, its answers, and the journeys through it.

use super::*;
use crate::{
    CodiceFiscale,
    codice_fiscale::{Person, Sex},
    school::{Grade, School},
    school_service::SchoolService,
};
use jiff::civil::Date;
use std::{collections::BTreeMap, sync::LazyLock};

pub(super) fn today() -> Date {
    Date::constant(2026, 9, 10)
}

pub(super) fn code(surname: &str, name: &str, year: i16, birthplace_code: &str) -> CodiceFiscale {
    CodiceFiscale::encode(Person {
        surname,
        name,
        sex: Sex::Male,
        birth_date: Date::constant(year, 3, 9),
        birthplace_code,
    })
    .unwrap()
}

pub(super) fn pupil() -> CodiceFiscale {
    code("Esempio", "Luca", 2019, "L049")
}

pub(super) fn schools() -> Vec<School> {
    let school = |code: &str, classes: &[&str]| School {
        code: code.to_owned(),
        name: "Scuola Prova".to_owned(),
        address: "Via Esempio 2".to_owned(),
        grade: Grade::Primary,
        classes: classes.iter().map(|class| (*class).to_owned()).collect(),
    };
    vec![school("TAEE000001", &["1A", "1B"]), school("TAEE000002", &[])]
}

/// Everything offered, the pupil of the door, the two schools.
pub(super) fn context() -> FormContext<'static> {
    static SCHOOLS: LazyLock<Vec<School>> = LazyLock::new(schools);
    static PUPIL: LazyLock<CodiceFiscale> = LazyLock::new(pupil);
    FormContext {
        today: today(),
        schools: &SCHOOLS,
        offered: &[SchoolService::Canteen, SchoolService::Transport],
        pupil: Some(&PUPIL),
    }
}

pub(super) fn posted(fields: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
    let mut page: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (field, value) in fields {
        page.entry((*field).to_owned()).or_default().push((*value).to_owned());
    }
    page
}

/// A question as JSON, with the keys every question must have.
fn question(key: &str, kind: &str, more: serde_json::Value) -> serde_json::Value {
    let mut question = serde_json::json!({
        "key": key, "kind": kind,
        "label": { "it": key }, "purpose": { "it": "Prova" },
        "readers": ["office"], "retention": "P1Y",
    });
    if let (Some(question), Some(more)) = (question.as_object_mut(), more.as_object()) {
        question.extend(more.clone());
    }
    question
}

fn options(values: &[(&str, &str, &str)]) -> serde_json::Value {
    let option = |(value, it, en): &(&str, &str, &str)| serde_json::json!({ "value": value, "label": { "it": it, "en": en } });
    values.iter().map(option).collect()
}

pub(super) fn full_form_json() -> serde_json::Value {
    let required = |binds: &str| serde_json::json!({ "binds": binds, "required": true });
    let cf = |binds: &str| serde_json::json!({ "binds": binds, "required": true, "prefill": "codice_fiscale" });
    let step = |key: &str, questions: Vec<serde_json::Value>| serde_json::json!({ "key": key, "title": { "it": key }, "question": questions });
    let mut sex = cf("pupil.sex");
    sex["options"] = options(&[("f", "Femmina", "Female"), ("m", "Maschio", "Male")]);
    let mut email = required("guardian.email");
    email["prefill"] = "verified_email".into();
    let pupil = vec![
        question("pupil_cf", "codice_fiscale", cf("pupil.codice_fiscale")),
        question("pupil_surname", "text", required("pupil.surname")),
        question("pupil_name", "text", required("pupil.name")),
        question("pupil_birth_date", "date", cf("pupil.birth_date")),
        question("pupil_sex", "choice", sex),
        question("pupil_birthplace", "municipality", cf("pupil.birthplace")),
        question("home", "address", required("pupil.residence")),
    ];
    let guardian = vec![
        question("guardian_cf", "codice_fiscale", required("guardian.codice_fiscale")),
        question("guardian_surname", "text", required("guardian.surname")),
        question("guardian_name", "text", required("guardian.name")),
        question("guardian_email", "email", email),
        question("has_second", "yes_no", serde_json::json!({ "required": true })),
        question(
            "second_phone",
            "phone",
            serde_json::json!({ "shown_when": { "question": "has_second", "is": ["yes"] } }),
        ),
        question(
            "isee",
            "yes_no",
            serde_json::json!({ "binds": "isee.declared", "required": true }),
        ),
        question(
            "isee_value",
            "amount",
            serde_json::json!({ "binds": "isee.value", "required": true,
                "shown_when": { "question": "isee", "is": ["yes"] } }),
        ),
    ];
    let school = vec![
        question("school", "school", required("school.code")),
        question("class", "school_class", required("school.class")),
        question("services", "services", required("services")),
    ];
    serde_json::json!({ "schema": 1, "school_year": "2026-2027", "step": [
        step("pupil", pupil), step("guardian", guardian), step("school", school),
        canteen_step(), transport_step(),
        step("declarations", vec![
            question("truth", "yes_no", serde_json::json!({ "must_be_yes": true })),
        ]),
    ] })
}

fn canteen_step() -> serde_json::Value {
    let days = options(&[("mon", "Lunedì", "Monday"), ("tue", "Martedì", "Tuesday")]);
    let diets = options(&[
        ("standard", "Menù standard", "Standard menu"),
        ("health", "Dieta sanitaria", "Health diet"),
    ]);
    serde_json::json!({ "key": "canteen", "title": { "it": "Mensa" }, "school_service": "canteen",
        "question": [
            question("days", "choice", serde_json::json!({
                "binds": "canteen.days", "options": days, "multiple": true, "required": true })),
            question("diet", "choice", serde_json::json!({
                "binds": "canteen.diet", "options": diets, "required": true, "sensitive": true })),
            question("certificate", "file", serde_json::json!({
                "accept": ["pdf", "jpeg"], "multiple": true, "required": true, "sensitive": true,
                "shown_when": { "question": "diet", "is": ["health"] } })),
        ] })
}

fn transport_step() -> serde_json::Value {
    serde_json::json!({ "key": "transport", "title": { "it": "Scuolabus" },
        "school_service": "transport",
        "question": [question("delegates", "text", serde_json::json!({ "multiline": true }))] })
}

pub(super) fn full_form() -> FormDefinition {
    serde_json::from_value(full_form_json()).unwrap()
}

/// Answers of an invented family that can be sent.
pub(super) fn complete_answers() -> Answers {
    let mut answers = Answers::new();
    for (field, value) in [
        ("pupil_surname", "Esempio"),
        ("pupil_name", "Luca"),
        ("pupil_birth_date", "09/03/2019"),
        ("pupil_sex", "m"),
        ("pupil_birthplace", "Taranto (TA)"),
        ("home.street", "Via Prova"),
        ("home.number", "1"),
        ("home.cap", "74121"),
        ("home.municipality", "Taranto"),
        ("home.province", "TA"),
        ("guardian_surname", "Prova"),
        ("guardian_name", "Anna"),
        ("guardian_email", "anna.prova@example.it"),
        ("has_second", "no"),
        ("isee", "yes"),
        ("isee_value", "12.345,67"),
        ("school", "TAEE000001"),
        ("class", "1A"),
        ("services", "canteen"),
        ("diet", "standard"),
        ("truth", "yes"),
    ] {
        answers.set(field, value);
    }
    answers.set("pupil_cf", pupil().as_str());
    answers.set("guardian_cf", code("Prova", "Anna", 1988, "L049").as_str());
    answers.set_all("days", vec!["tue".to_owned(), "mon".to_owned()]);
    answers
}

fn keys(steps: &[&Step]) -> Vec<String> {
    steps.iter().map(|step| step.key.clone()).collect()
}

#[test]
fn steps_of_a_service_appear_only_when_it_is_asked_for_and_offered() {
    let (form, mut answers, ctx) = (full_form(), complete_answers(), context());
    let shown = |answers: &Answers, offered: &[SchoolService]| {
        keys(&Journey::new(&form, answers, offered).steps())
    };
    let all = ["pupil", "guardian", "school", "canteen", "declarations"];
    assert_eq!(shown(&answers, ctx.offered), all);
    assert!(!shown(&answers, &[]).contains(&"canteen".to_owned()), "its window is closed");
    let both = vec!["canteen".to_owned(), "transport".to_owned()];
    answers.set_all("services", both);
    assert!(shown(&answers, ctx.offered).contains(&"transport".to_owned()));
}

#[test]
fn next_and_previous_skip_hidden_steps() {
    let (form, answers, ctx) = (full_form(), complete_answers(), context());
    let journey = Journey::new(&form, &answers, ctx.offered);
    let key = |step: Option<&Step>| step.map(|step| step.key.clone());
    assert_eq!(key(journey.first()).as_deref(), Some("pupil"));
    assert_eq!(key(journey.next_after("canteen")).as_deref(), Some("declarations"));
    assert_eq!(key(journey.previous_before("declarations")).as_deref(), Some("canteen"));
    assert_eq!(key(journey.next_after("declarations")), None);
    assert_eq!(key(journey.previous_before("pupil")), None);
    assert_eq!(key(journey.next_after("nowhere")), None);
    assert_eq!(journey.progress("canteen"), Some((4, 5)));
    assert!(journey.step("transport").is_none());
}

#[test]
fn the_first_incomplete_step_is_found() {
    let (form, mut answers, ctx) = (full_form(), complete_answers(), context());
    let first = |answers: &Answers| {
        Journey::new(&form, answers, ctx.offered).first_incomplete(&ctx).map(|s| s.key.clone())
    };
    assert_eq!(first(&answers), None);
    answers.remove("class");
    assert_eq!(first(&answers).as_deref(), Some("school"));
    assert_eq!(first(&Answers::new()).as_deref(), Some("pupil"));
}

#[test]
fn conditions_nest_and_hidden_answers_stay_out_of_the_document() {
    let mut json = full_form_json();
    json["step"][1]["question"].as_array_mut().unwrap().push(question(
        "isee_note",
        "text",
        serde_json::json!({ "shown_when": { "question": "deep", "is": ["yes"] } }),
    ));
    let deep = serde_json::json!({ "shown_when": { "question": "has_second", "is": ["yes"] } });
    json["step"][1]["question"].as_array_mut().unwrap().insert(5, question("deep", "yes_no", deep));
    let form: FormDefinition = serde_json::from_value(json).unwrap();
    let (mut answers, ctx) = (complete_answers(), context());
    answers.set("deep", "yes");
    answers.set("isee_note", "nota");
    answers.set("delegates", "Zia Prova");
    let journey = Journey::new(&form, &answers, ctx.offered);
    assert!(!journey.shows("isee_note"), "the question it hangs on is hidden itself");
    let visible = journey.visible_answers();
    assert_eq!(visible.get("isee_note"), None);
    assert_eq!(visible.get("delegates"), None);
    assert_eq!(visible.get("home.street"), Some("Via Prova"));
    answers.set("has_second", "yes");
    assert!(Journey::new(&form, &answers, ctx.offered).shows("isee_note"));
}

#[test]
fn forms_read_back_and_refuse_unknown_keys() {
    let form = full_form();
    let text = serde_json::to_string(&form).unwrap();
    assert_eq!(serde_json::from_str::<FormDefinition>(&text).unwrap(), form);
    let mut json = full_form_json();
    json["step"][0]["question"][0]["colour"] = "red".into();
    let refused = serde_json::from_value::<FormDefinition>(json).unwrap_err();
    assert!(refused.to_string().contains("unknown field `colour`"), "{refused}");
}

#[test]
fn classes_are_grouped_by_school() {
    let schools = schools();
    assert_eq!(class_groups(&schools, None).len(), 1);
    assert_eq!(class_groups(&schools, Some("TAEE000001"))[0].classes, ["1A", "1B"]);
    assert!(class_groups(&schools, Some("TAEE000002")).is_empty());
}
