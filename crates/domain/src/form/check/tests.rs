//! Mistakes in forms, one by one.

use crate::form::{
    FormDefinition,
    tests::{full_form, full_form_json},
    validate_definition,
};
use serde_json::{Value, json};

/// The mistakes after a change to the good form, as printed.
fn mistakes(change: impl Fn(&mut Value)) -> Vec<String> {
    let mut form = full_form_json();
    change(&mut form);
    let form: FormDefinition = serde_json::from_value(form).unwrap();
    validate_definition(&form).iter().map(ToString::to_string).collect()
}

fn mistake(change: impl Fn(&mut Value)) -> String {
    let found = mistakes(change);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn a_good_form_has_no_mistakes() {
    assert_eq!(validate_definition(&full_form()), []);
}

#[test]
fn keys_are_slugs_and_unique() {
    let found = mistake(|form| form["step"][0]["key"] = "Pupil 1".into());
    assert!(found.starts_with("step \"Pupil 1\": key: a key has lower-case"), "{found}");
    let found = mistake(|form| form["step"][1]["key"] = "pupil".into());
    assert_eq!(found, "step \"pupil\": key: another step has the same key");
    let found = mistake(|form| form["step"][4]["question"][0]["key"] = "diet".into());
    let expected = "step \"transport\": question \"diet\": key: another question of this form has \
                    the same key";
    assert_eq!(found, expected);
}

#[test]
fn a_question_without_purpose_cannot_be_read_at_all() {
    let mut form = full_form_json();
    form["step"][0]["question"][0].as_object_mut().unwrap().remove("purpose");
    let refused = serde_json::from_value::<FormDefinition>(form).unwrap_err();
    assert!(refused.to_string().contains("missing field `purpose`"));
}

#[test]
fn conditions_look_back_at_something_that_can_be_picked() {
    let with = |question: &'static str, is: Value| {
        move |form: &mut Value| {
            form["step"][1]["question"][7]["shown_when"] =
                json!({ "question": question, "is": is });
        }
    };
    let found = mistake(with("diet", json!(["health"])));
    assert!(found.ends_with("shown_when: no earlier question has the key \"diet\""), "{found}");
    let found = mistake(with("isee_value", json!(["1"])));
    assert!(found.contains("no earlier question"), "not even itself: {found}");
    let found = mistake(with("guardian_name", json!(["Anna"])));
    assert!(found.contains("allowed are choice, yes_no, services"), "{found}");
    let found = mistake(with("isee", json!(["maybe"])));
    assert!(found.ends_with("\"maybe\" is no answer of \"isee\"; allowed are no, yes"), "{found}");
    let found = mistake(with("isee", json!([])));
    assert!(found.contains("at least one answer"), "{found}");
}

#[test]
fn meanings_are_used_once_and_fit_the_kind() {
    let found = mistake(|form| {
        form["step"][4]["question"][0]["binds"] = "pupil.surname".into();
    });
    assert!(found.contains("\"delegates\": binds: another question has this"), "{found}");
    let found = mistake(|form| form["step"][4]["question"][0]["binds"] = "transport.line".into());
    assert!(found.contains("cannot be of kind \"text\"; allowed: choice"), "{found}");
}

#[test]
fn mandatory_meanings_are_asked_of_everybody() {
    let found = mistake(|form| {
        form["step"][1]["question"][2].as_object_mut().unwrap().remove("binds");
    });
    assert_eq!(found, "no question binds \"guardian.name\"; it is mandatory");
    let found = mistake(|form| form["step"][0]["question"][1]["required"] = false.into());
    assert!(found.contains("question \"pupil_surname\" binds \"pupil.surname\""), "{found}");
}

#[test]
fn keys_of_a_question_fit_its_kind() {
    let diet = |key: &'static str, value: Value| {
        move |form: &mut Value| form["step"][3]["question"][1][key] = value.clone()
    };
    let name = |key: &'static str, value: Value| {
        move |form: &mut Value| form["step"][0]["question"][2][key] = value.clone()
    };
    for (found, expected) in [
        (mistakes(diet("accept", json!(["pdf"]))), "only kind \"file\" has accept"),
        (mistakes(diet("max_length", json!(5))), "only kind \"text\" has max_length"),
        (mistakes(diet("must_be_yes", json!(true))), "only kind \"yes_no\" has must_be_yes"),
        (mistakes(diet("readers", json!([]))), "say who reads the answer"),
        (mistakes(diet("prefill", json!("verified_email"))), "fills kind \"email\" only"),
        (mistakes(name("multiple", json!(true))), "only kinds \"choice\" and \"file\""),
        (mistakes(name("max_length", json!(5000))), "max_length is from 1 to 4000"),
        (mistakes(name("prefill", json!("codice_fiscale"))), "fills what binds"),
        (mistakes(name("options", json!([{"value": "a", "label": {"it": "A"}}]))), "only kind"),
    ] {
        assert!(found[0].contains(expected), "{found:?}");
    }
}

#[test]
fn options_are_several_and_distinct() {
    let with = |options: Value| {
        mistakes(move |form| form["step"][0]["question"][4]["options"] = options.clone())
    };
    let option = |value: &str| json!({ "value": value, "label": { "it": "x" } });
    assert!(with(json!([option("f")]))[0].contains("a choice needs options"));
    assert!(with(json!([option("f"), option("f")]))[0].contains("value \"f\" is there twice"));
    assert!(with(json!([option("f"), option("X!")]))[0].contains("value \"X!\": a key has"));
    assert!(with(json!([option("f"), option("x")]))[0].contains("exactly the options f and m"));
}

#[test]
fn steps_of_a_service_and_classes_come_after_what_they_depend_on() {
    let found = mistakes(|form| form["step"].as_array_mut().unwrap().swap(2, 4));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("school_service: the services must be asked"), "{found:?}");
    let found = mistake(|form| form["step"][2]["question"].as_array_mut().unwrap().swap(0, 1));
    assert!(found.contains("needs an earlier question bound to school.code"), "{found}");
}

#[test]
fn the_format_version_and_emptiness_are_checked() {
    let found = mistake(|form| form["schema"] = 2.into());
    assert_eq!(found, "schema: unknown version; this program reads 1");
    let found = mistakes(|form| form["step"] = json!([]));
    assert_eq!(found[0], "step: a form has at least one step");
    assert_eq!(found.len(), 9, "and every mandatory meaning is missing");
    let found = mistake(|form| form["step"][4]["question"] = json!([]));
    assert!(found.contains("a step asks at least one question"), "{found}");
}
