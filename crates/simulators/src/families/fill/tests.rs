//! What families answer to forms they have never seen.

use super::{Field, Value, fill};
use crate::families::{Family, page};

fn answers(questions: &str, family: &Family) -> Vec<Field> {
    let html = format!("<main><form action=\"/\" method=\"post\">{questions}</form></main>");
    fill(&page::read(&html).forms[0], family)
}

fn values(fields: &[Field], name: &str) -> Vec<String> {
    let of_name = fields.iter().filter(|field| field.name == name);
    of_name
        .map(
            |field| {
                if let Value::Text(text) = &field.value {
                    text.clone()
                } else {
                    "(file)".to_owned()
                }
            },
        )
        .collect()
}

fn text(name: &str, rest: &str) -> String {
    format!(
        "<div class=\"question\"><label for=\"{name}\">x*</label><input id=\"{name}\" name=\"{name}\" {rest}></div>"
    )
}

fn family() -> Family {
    Family::invented(1, 4)
}

#[test]
fn words_follow_from_kind_and_name() {
    let family = family();
    let form = [
        text("pupil_surname", "value=\"\""),
        text("guardian_name", "value=\"\""),
        text("second_guardian_codice_fiscale", "value=\"\""),
        text("guardian_phone", "type=\"tel\""),
        text("isee_value", "inputmode=\"decimal\""),
        text("contact", "inputmode=\"email\""),
        text("pupil_birth_date", "value=\"\""),
        text("already", "value=\"given\""),
        text("wrong_birthplace", "value=\"Tarantola\" aria-invalid=\"true\""),
    ];
    let fields = answers(&form.concat(), &family);
    let one = |name: &str| values(&fields, name).concat();
    assert_eq!(one("pupil_surname"), family.pupil.surname);
    assert_eq!(one("guardian_name"), family.guardian.name);
    assert_eq!(
        one("second_guardian_codice_fiscale"),
        family.second_guardian.codice_fiscale.as_str()
    );
    assert_eq!(one("guardian_phone"), family.phone);
    assert_eq!((one("isee_value").as_str(), one("already").as_str()), ("12.345,67", "given"));
    assert_eq!(one("contact"), family.email);
    assert_eq!(one("pupil_birth_date"), family.pupil.birth_date.strftime("%d/%m/%Y").to_string());
    assert_eq!(one("wrong_birthplace"), family.pupil.birthplace);
}

#[test]
fn an_address_is_written_whole_or_not_at_all() {
    let part = |name: &str, label: &str| {
        format!(
            "<label for=\"{name}\">{label}</label><input id=\"{name}\" name=\"{name}\" value=\"\">"
        )
    };
    let asked = part("residence.street", "Via*") + &part("residence.number", "Numero");
    let optional = part("other.street", "Via") + &part("other.number", "Numero");
    let fields = answers(&(asked + &optional), &family());
    assert_eq!(values(&fields, "residence.number"), [family().home.number]);
    assert_eq!(values(&fields, "other.street"), [""]);
}

const QUESTIONS: &str = r#"
<div class="question"><fieldset><legend>Dieta*</legend>
<input type="radio" id="d1" name="diet" value="standard"><label for="d1">Normale</label>
<input type="radio" id="d2" name="diet" value="health"><label for="d2">Speciale</label></fieldset></div>
<div class="question" data-shown-when="diet" data-shown-is="health"><label for="why">Motivo*</label><input id="why" name="why" value=""></div>
<div class="question" data-shown-when="diet" data-shown-is="health"><label for="proof">Certificato*</label><input type="file" id="proof" name="proof"></div>"#;

#[test]
fn questions_that_depend_on_others_are_answered_only_when_asked() {
    let healthy = answers(QUESTIONS, &family().wishing("diet", "standard"));
    assert_eq!(
        (values(&healthy, "diet"), values(&healthy, "why")),
        (vec!["standard".to_owned()], vec![String::new()])
    );
    assert!(healthy.iter().any(|field| field.value == Value::NoFile));
    let special = answers(QUESTIONS, &family().wishing("diet", "Speciale"));
    assert_eq!(values(&special, "diet"), ["health"]);
    assert_ne!(values(&special, "why"), [""]);
    assert!(
        special.iter().any(
            |field| matches!(&field.value, Value::File(file) if file.bytes.starts_with(b"%PDF"))
        )
    );
}

#[test]
fn the_class_belongs_to_the_chosen_school() {
    let form = r#"<div class="question"><fieldset><legend>Scuola*</legend>
<input type="radio" id="s1" name="school" value="A"><label for="s1">Infanzia Uno</label>
<input type="radio" id="s2" name="school" value="B"><label for="s2">Primaria Due</label></fieldset></div>
<div class="question"><label for="c">Classe*</label><select id="c" name="class"><option value="">-</option>
<optgroup label="Primaria Due"><option value="1B">1B</option><option value="2B">2B</option></optgroup>
<optgroup label="Primaria Tre"><option value="1C">1C</option></optgroup></select></div>"#;
    for number in 0..20 {
        let family = Family::invented(1, number).wishing("school", "Primaria");
        let fields = answers(form, &family);
        assert_eq!(values(&fields, "school"), ["B"]);
        assert!(values(&fields, "class").concat().ends_with('B'));
    }
    // A school without classes: the page will ask for words instead.
    let fields = answers(form, &family().wishing("school", "A"));
    assert_eq!(values(&fields, "class"), [""]);
}

#[test]
fn of_several_boxes_at_least_one_is_ticked_and_the_empty_value_travels_along() {
    let form = r#"<fieldset><legend>Giorni*</legend><input type="hidden" name="days" value="">
<input type="checkbox" id="a" name="days" value="mon"><label for="a">L</label>
<input type="checkbox" id="b" name="days" value="tue"><label for="b">M</label></fieldset>"#;
    for number in 0..20 {
        let days = values(&answers(form, &Family::invented(1, number)), "days");
        assert!(days.len() >= 2 && days[0].is_empty(), "{days:?}");
    }
}
