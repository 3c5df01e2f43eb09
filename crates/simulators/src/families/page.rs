//! A page as somebody without scripts sees it: heading, links, forms, messages.

mod read;

pub(super) use read::read;

/// What a page holds between its header and its footer.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// The heading of first rank.
    pub(super) heading: String,
    /// Links in their order.
    pub(super) links: Vec<Link>,
    /// Forms in their order.
    pub(super) forms: Vec<Form>,
    /// Lines of alerts.
    pub(super) errors: Vec<String>,
    /// Numbers set apart from the text around them, such as the registration number.
    pub(super) numbers: Vec<String>,
}

/// A link.
#[derive(Clone, Debug, Default)]
pub(super) struct Link {
    /// Where it leads, as written.
    pub(super) href: String,
    /// Its classes, as written: they tell the green button from other links.
    pub(super) class: String,
}

/// A form.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    /// Where it is sent, as written.
    pub(super) action: String,
    /// Whether it is sent as multipart.
    pub(super) multipart: bool,
    /// Controls with a name, and buttons, in their order.
    pub(super) controls: Vec<Control>,
}

/// What a control is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not shown.
    Hidden,
    /// One line of text.
    #[default]
    Text,
    /// Several lines.
    Area,
    /// One of several.
    Radio,
    /// Any of several, or a single tick.
    Box,
    /// A list to choose from.
    Select,
    /// A file.
    File,
    /// A button that sends the form.
    Button,
}

/// A control.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "attributes of HTML that stand side by side")]
pub(super) struct Control {
    /// Its name; empty for a button without one.
    pub(super) name: String,
    /// What it is.
    pub(super) kind: Kind,
    /// `type` and `inputmode`, as written.
    pub(super) hints: String,
    /// Its value.
    pub(super) value: String,
    /// Words beside it.
    pub(super) label: String,
    /// Chosen or ticked.
    pub(super) checked: bool,
    /// Number of the group under one legend that it is part of.
    pub(super) group: Option<usize>,
    /// Marked as required, itself or its group.
    pub(super) required: bool,
    /// Cannot be changed.
    pub(super) locked: bool,
    /// Marked as wrong.
    pub(super) wrong: bool,
    /// What a list offers.
    pub(super) options: Vec<Choice>,
    /// Types of file taken, as written.
    pub(super) accept: String,
    /// Files already taken in.
    pub(super) attached: usize,
    /// Asked only if another control holds one of these values.
    pub(super) condition: Option<Condition>,
}

/// One entry of a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    /// What is sent.
    pub(super) value: String,
    /// What is shown.
    pub(super) label: String,
    /// Heading above it; empty where there is none.
    pub(super) group: String,
    /// Chosen already.
    pub(super) selected: bool,
}

/// When a question is asked.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// The other control.
    pub(super) control: String,
    /// One of these values.
    pub(super) values: Vec<String>,
}

impl Page {
    /// The first form that has all these controls.
    pub(super) fn form_with(&self, names: &[&str]) -> Option<&Form> {
        self.forms.iter().find(|form| names.iter().all(|name| form.has(name)))
    }

    /// The first link that looks like one of these buttons.
    pub(super) fn button_link(&self, classes: &[&str]) -> Option<&str> {
        let fits = |link: &&Link| link.class.split(' ').any(|class| classes.contains(&class));
        self.links.iter().find(fits).map(|link| link.href.as_str())
    }

    /// Links whose path ends like this.
    pub(super) fn links_to(&self, end: &str) -> Vec<&str> {
        self.links
            .iter()
            .map(|link| link.href.as_str())
            .filter(|href| href.ends_with(end))
            .collect()
    }
}

impl Form {
    /// Whether it has a control of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.controls.iter().any(|control| control.name == name)
    }

    /// Whether it has a button of that name and value.
    pub(super) fn has_button(&self, name: &str, value: &str) -> bool {
        self.buttons().any(|button| button.name == name && button.value == value)
    }

    /// Its buttons.
    pub(super) fn buttons(&self) -> impl Iterator<Item = &Control> {
        self.controls.iter().filter(|control| control.kind == Kind::Button)
    }
}
