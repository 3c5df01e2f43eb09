//! From HTML to what a person sees of it.

use super::{Choice, Condition, Control, Form, Kind, Link, Page};
use html5gum::{DefaultEmitter, StartTag, StringReader, Token, Tokenizer};
use std::collections::HashMap;

/// Reads a page.
pub(in crate::families) fn read(html: &str) -> Page {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = Reader::default();
    let tokens = Tokenizer::<StringReader<'_>, _>::new_with_emitter(html, emitter);
    // Reading from memory cannot fail.
    for token in tokens.flatten() {
        match token {
            Token::StartTag(tag) => reader.start(&Tag::of(&tag)),
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    reader.finish()
}

/// A start tag with its attributes as text.
struct Tag {
    name: String,
    attributes: HashMap<String, String>,
}

impl Tag {
    fn of(tag: &StartTag<()>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
        Self { name: text(&tag.name), attributes: attributes.collect() }
    }

    fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }

    fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    fn is(&self, class: &str) -> bool {
        self.get("class").split_whitespace().any(|known| known == class)
    }
}

/// Controls under one legend.
#[derive(Default)]
struct Group {
    required: bool,
    wrong: bool,
}

/// Text being gathered until an element ends.
struct Gathering {
    element: &'static str,
    text: String,
}

/// Elements whose text matters.
const GATHERED: [&str; 7] = ["h1", "label", "legend", "li", "bdi", "option", "textarea"];

#[derive(Default)]
struct Reader {
    page: Page,
    in_main: bool,
    in_alert: bool,
    form: Option<Form>,
    gathering: Vec<Gathering>,
    /// Control that the open label belongs to.
    label_for: String,
    labels: HashMap<String, String>,
    /// Ids of the controls of the open form, in their order.
    ids: Vec<String>,
    /// Groups of the page; the open one is the last.
    groups: Vec<Group>,
    in_group: bool,
    option_group: String,
    condition: Option<Condition>,
    attached: usize,
}

impl Reader {
    fn start(&mut self, tag: &Tag) {
        if tag.name == "main" {
            self.in_main = true;
        }
        if !self.in_main {
            return;
        }
        if tag.get("role") == "alert" {
            self.in_alert = true;
        }
        if tag.is("question") {
            self.condition = condition(tag);
        }
        if let Some(element) = GATHERED.into_iter().find(|element| *element == tag.name) {
            self.gathering.push(Gathering { element, text: String::new() });
        }
        match tag.name.as_str() {
            "a" => self.page.links.push(Link {
                href: tag.get("href").to_owned(),
                class: tag.get("class").to_owned(),
            }),
            "form" => self.begin_form(tag),
            "label" => tag.get("for").clone_into(&mut self.label_for),
            "fieldset" => {
                self.groups.push(Group { required: false, wrong: tag.is("field-wrong") });
                self.in_group = true;
            }
            "optgroup" => tag.get("label").clone_into(&mut self.option_group),
            "option" => self.begin_option(tag),
            "input" | "select" | "textarea" | "button" => self.control(tag),
            _ => {}
        }
    }

    fn begin_form(&mut self, tag: &Tag) {
        let multipart = tag.get("enctype").eq_ignore_ascii_case("multipart/form-data");
        self.form =
            Some(Form { action: tag.get("action").to_owned(), multipart, controls: Vec::new() });
        self.ids.clear();
        self.in_alert = false;
    }

    fn begin_option(&mut self, tag: &Tag) {
        let choice = Choice {
            value: tag.get("value").to_owned(),
            label: String::new(),
            group: self.option_group.clone(),
            selected: tag.has("selected"),
        };
        if let Some(control) = self.last_control() {
            control.options.push(choice);
        }
    }

    fn control(&mut self, tag: &Tag) {
        let Some(kind) = kind(tag) else { return };
        if tag.get("name") == "_remove" {
            self.attached += 1;
        }
        let group = self.in_group.then(|| self.groups.len().saturating_sub(1));
        let group_wrong = self.in_group && self.groups.last().is_some_and(|group| group.wrong);
        let control = Control {
            name: tag.get("name").to_owned(),
            kind,
            hints: format!("{} {}", tag.get("type"), tag.get("inputmode")),
            value: tag.get("value").to_owned(),
            label: String::new(),
            checked: tag.has("checked"),
            group,
            required: tag.get("aria-required") == "true",
            locked: tag.has("readonly"),
            wrong: tag.get("aria-invalid") == "true" || group_wrong,
            options: Vec::new(),
            accept: tag.get("accept").to_owned(),
            attached: if kind == Kind::File { std::mem::take(&mut self.attached) } else { 0 },
            condition: self.condition.clone(),
        };
        if let Some(form) = &mut self.form {
            form.controls.push(control);
            self.ids.push(tag.get("id").to_owned());
        }
    }

    fn text(&mut self, text: &str) {
        for gathering in &mut self.gathering {
            gathering.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) {
        if !self.in_main {
            return;
        }
        if self.gathering.last().is_some_and(|gathering| gathering.element == name)
            && let Some(gathering) = self.gathering.pop()
        {
            self.gathered(gathering);
        }
        match name {
            "main" => self.in_main = false,
            "ul" => self.in_alert = false,
            "optgroup" => self.option_group.clear(),
            "fieldset" => self.in_group = false,
            "form" => self.end_form(),
            _ => {}
        }
    }

    fn gathered(&mut self, gathering: Gathering) {
        let words = gathering.text.split_whitespace().collect::<Vec<_>>().join(" ");
        match gathering.element {
            "h1" if self.page.heading.is_empty() => self.page.heading = words,
            "label" => {
                self.labels.insert(std::mem::take(&mut self.label_for), words);
            }
            "legend" => {
                if let Some(group) = self.groups.last_mut() {
                    group.required = words.ends_with('*');
                }
            }
            "li" if self.in_alert => self.page.errors.push(words),
            "bdi" => self.page.numbers.push(words),
            "option" => {
                if let Some(choice) =
                    self.last_control().and_then(|control| control.options.last_mut())
                {
                    choice.label = words;
                }
            }
            // A browser drops the line break right after the tag, and nothing else.
            "textarea" => {
                if let Some(control) = self.last_control() {
                    let text = gathering.text.strip_prefix('\n').unwrap_or(&gathering.text);
                    text.clone_into(&mut control.value);
                }
            }
            _ => {}
        }
    }

    fn last_control(&mut self) -> Option<&mut Control> {
        self.form.as_mut().and_then(|form| form.controls.last_mut())
    }

    /// Labels may stand before or after their controls: they are put together at the end.
    fn end_form(&mut self) {
        let Some(mut form) = self.form.take() else { return };
        for (control, id) in form.controls.iter_mut().zip(&self.ids) {
            if let Some(label) = self.labels.get(id) {
                control.required |= label.ends_with('*');
                label.trim_end_matches('*').trim().clone_into(&mut control.label);
            }
            if matches!(control.kind, Kind::Radio | Kind::Box) {
                let group = control.group.and_then(|group| self.groups.get(group));
                control.required |= group.is_some_and(|group| group.required);
            }
        }
        self.page.forms.push(form);
        self.labels.clear();
    }

    fn finish(self) -> Page {
        self.page
    }
}

fn kind(tag: &Tag) -> Option<Kind> {
    Some(match (tag.name.as_str(), tag.get("type")) {
        ("select", _) => Kind::Select,
        ("textarea", _) => Kind::Area,
        ("button", "button" | "reset") => return None,
        ("button", _) | (_, "submit") => Kind::Button,
        (_, "hidden") => Kind::Hidden,
        (_, "radio") => Kind::Radio,
        (_, "checkbox") => Kind::Box,
        (_, "file") => Kind::File,
        _ => Kind::Text,
    })
}

fn condition(tag: &Tag) -> Option<Condition> {
    let control = tag.get("data-shown-when");
    let values = || tag.get("data-shown-is").split_whitespace().map(str::to_owned).collect();
    (!control.is_empty()).then(|| Condition { control: control.to_owned(), values: values() })
}

#[cfg(test)]
mod tests;
