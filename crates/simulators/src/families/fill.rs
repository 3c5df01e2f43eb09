//! Filling in a form: what is asked, by its kind and name, whatever the comune's form is.

use super::{
    Family, Person,
    enclosure::{self, Enclosure},
    page::{Choice, Control, Form, Kind},
};
use std::collections::{BTreeMap, BTreeSet};

/// What is sent for one control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Name of the control.
    pub(super) name: String,
    /// Its value.
    pub(super) value: Value,
}

/// What a control holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Words.
    Text(String),
    /// A chosen file.
    File(Enclosure),
    /// A file control without a file.
    NoFile,
}

impl Field {
    /// A text field.
    pub(super) fn text(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), value: Value::Text(value.to_owned()) }
    }
}

/// Fills what is required and asked; what stands there already stays, unless it is marked as wrong.
pub(super) fn fill(form: &Form, family: &Family) -> Vec<Field> {
    let mut filling = Filling {
        form,
        family,
        fields: Vec::new(),
        chosen: BTreeMap::new(),
        labels: BTreeSet::new(),
    };
    for control in &form.controls {
        filling.control(control);
    }
    filling.fields
}

struct Filling<'a> {
    form: &'a Form,
    family: &'a Family,
    fields: Vec<Field>,
    /// Values by control, for questions that depend on them.
    chosen: BTreeMap<String, Vec<String>>,
    /// Words of what was chosen, for lists whose groups carry them as headings.
    labels: BTreeSet<String>,
}

impl Filling<'_> {
    fn control(&mut self, control: &Control) {
        match control.kind {
            Kind::Button => {}
            Kind::Hidden => self.fields.push(Field::text(&control.name, &control.value)),
            Kind::Text | Kind::Area => {
                let text = self.text(control);
                self.fields.push(Field::text(&control.name, &text));
            }
            Kind::Select => {
                let choice = self.list_entry(control);
                self.choose(&control.name, &choice.value, &choice.label);
            }
            Kind::Radio | Kind::Box => self.group(control),
            Kind::File => {
                let value = self.file(control);
                self.fields.push(Field { name: control.name.clone(), value });
            }
        }
    }

    /// Whether the answer is wanted: required, insisted on, and not ruled out by another answer.
    fn is_asked(&self, control: &Control) -> bool {
        let holds = control.condition.as_ref().is_none_or(|condition| {
            let chosen = self.chosen.get(&condition.control);
            chosen.is_some_and(|chosen| chosen.iter().any(|value| condition.values.contains(value)))
        });
        holds && (control.required || self.family.wish(&control.name).is_some())
    }

    fn choose(&mut self, name: &str, value: &str, label: &str) {
        self.fields.push(Field::text(name, value));
        self.chosen.entry(name.to_owned()).or_default().push(value.to_owned());
        self.labels.insert(label.to_owned());
    }

    /// Radios or boxes of one name, all at once when the first of them comes.
    fn group(&mut self, first: &Control) {
        if self.chosen.contains_key(&first.name) {
            return;
        }
        let group: Vec<&Control> = self
            .form
            .controls
            .iter()
            .filter(|c| c.name == first.name && c.kind == first.kind)
            .collect();
        let kept: Vec<&Control> =
            group.iter().copied().filter(|control| control.checked && !control.wrong).collect();
        let asked = self.is_asked(first);
        let chosen = if !kept.is_empty() || !asked {
            kept
        } else if first.kind == Kind::Box && group.len() > 1 {
            self.some_of(&group)
        } else {
            let wished = group
                .iter()
                .find(|control| self.is_wished(&first.name, &control.value, &control.label));
            let picked = group.get(self.family.pick(&first.name, group.len()));
            wished.or(picked).into_iter().copied().collect()
        };
        self.chosen.entry(first.name.clone()).or_default();
        for control in chosen {
            self.choose(&first.name, &control.value, &control.label);
        }
    }

    /// At least one of several boxes.
    fn some_of<'c>(&self, group: &[&'c Control]) -> Vec<&'c Control> {
        let name = group.first().map_or("", |control| control.name.as_str());
        let wished = |control: &&&Control| self.is_wished(name, &control.value, &control.label);
        if group.iter().any(|control| wished(&control)) {
            return group.iter().filter(wished).copied().collect();
        }
        let sure = self.family.pick(name, group.len());
        let drawn =
            |at: usize, control: &Control| at == sure || self.family.pick(&control.value, 2) == 0;
        let drawn = group.iter().enumerate().filter(|(at, control)| drawn(*at, control));
        drawn.map(|(_, control)| *control).collect()
    }

    fn is_wished(&self, name: &str, value: &str, label: &str) -> bool {
        self.family
            .wish(name)
            .is_some_and(|wish| wish == value || (!wish.is_empty() && label.starts_with(wish)))
    }

    /// An entry of a list; none where nothing fits what was chosen above.
    fn list_entry(&self, control: &Control) -> Choice {
        let standing =
            control.options.iter().find(|choice| choice.selected && !choice.value.is_empty());
        if let Some(standing) = standing.filter(|_| !control.wrong) {
            return standing.clone();
        }
        if !self.is_asked(control) {
            return Choice::default();
        }
        let groups: BTreeSet<&str> =
            control.options.iter().map(|choice| choice.group.as_str()).collect();
        let several = groups.iter().filter(|group| !group.is_empty()).count() > 1;
        let fits = |choice: &&Choice| {
            !choice.value.is_empty() && (!several || self.labels.contains(&choice.group))
        };
        let fitting: Vec<&Choice> = control.options.iter().filter(fits).collect();
        let wished = fitting.iter().find(|c| self.is_wished(&control.name, &c.value, &c.label));
        let picked = fitting.get(self.family.pick(&control.name, fitting.len()));
        wished.or(picked).map_or_else(Choice::default, |choice| (*choice).clone())
    }

    fn file(&self, control: &Control) -> Value {
        let wanted =
            self.is_asked(control) || (self.family.attaches && control.condition.is_none());
        if wanted && control.attached == 0 {
            Value::File(enclosure::for_control(control))
        } else {
            Value::NoFile
        }
    }

    fn text(&self, control: &Control) -> String {
        let stands = !control.value.is_empty() && !control.wrong;
        if control.locked || stands {
            return control.value.clone();
        }
        match self.family.wish(&control.name) {
            Some(wish) if self.is_asked(control) => wish.to_owned(),
            _ if self.is_asked(control) || self.is_part_of_asked(control) => {
                words(self.family, control)
            }
            _ => control.value.clone(),
        }
    }

    /// Parts of an address are not all required, but who writes an address writes all of it.
    fn is_part_of_asked(&self, control: &Control) -> bool {
        let Some((question, _)) = control.name.split_once('.') else { return false };
        let same = |other: &Control| {
            other.name.split_once('.').is_some_and(|(other, _)| other == question)
        };
        self.form.controls.iter().any(|other| same(other) && self.is_asked(other))
    }
}

/// What somebody types, by what the control says of itself and then by its name.
fn words(family: &Family, control: &Control) -> String {
    let name = control.name.as_str();
    let person = person(family, name);
    let has = |part: &str| name.contains(part);
    let home = &family.home;
    match control.hints.as_str() {
        hints if hints.contains("email") => return family.email.clone(),
        hints if hints.contains("tel") => return family.phone.clone(),
        hints if hints.contains("decimal") => return "12.345,67".to_owned(),
        _ => {}
    }
    match name.rsplit_once('.').map(|(_, part)| part) {
        Some("street") => return home.street.clone(),
        Some("number") => return home.number.clone(),
        Some("cap") => return home.cap.clone(),
        Some("municipality") => return home.municipality.clone(),
        Some("province") => return home.province.clone(),
        _ => {}
    }
    if has("codice_fiscale") {
        return person.codice_fiscale.as_str().to_owned();
    }
    if has("birthplace") {
        return person.birthplace.clone();
    }
    if has("birth") {
        return person.birth_date.strftime("%d/%m/%Y").to_string();
    }
    if has("start") {
        return "12/10/2026".to_owned();
    }
    if has("date") {
        return "15/01/2026".to_owned();
    }
    if has("surname") {
        return person.surname.clone();
    }
    if has("name") {
        return person.name.clone();
    }
    if has("class") {
        return "Gialli".to_owned();
    }
    "Elena Prova, zia".to_owned()
}

/// Whose data a control asks for.
fn person<'a>(family: &'a Family, name: &str) -> &'a Person {
    if name.contains("second") || name.contains("other") {
        &family.second_guardian
    } else if name.contains("guardian") || name.contains("applicant") {
        &family.guardian
    } else {
        &family.pupil
    }
}

#[cfg(test)]
mod tests;
