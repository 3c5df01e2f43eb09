//! A form of a page, filled in and sent as a browser without JavaScript does.

use scraper::{ElementRef, Selector};

/// A file to be chosen in a form.
#[derive(Clone, Debug)]
pub struct ChosenFile {
    /// Name of the control.
    pub field: String,
    /// Name of the file.
    pub name: String,
    /// Type that the browser claims.
    pub claimed: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// A form with its values.
#[derive(Clone)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    multipart: bool,
    controls: Vec<String>,
    values: Vec<(String, String)>,
    files: Vec<ChosenFile>,
}

impl Form {
    /// A form that no page shows: what somebody sends by hand.
    pub fn by_hand(action: &str, values: &[(&str, &str)]) -> Self {
        let values = values.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let (controls, files) = (Vec::new(), Vec::new());
        Self { action: action.to_owned(), multipart: false, controls, values, files }
    }

    /// Reads it with the values that the page shows.
    pub(crate) fn read(form: ElementRef<'_>) -> Self {
        let attribute = |name| form.attr(name).unwrap_or_default();
        let mut read = Self {
            action: attribute("action").to_owned(),
            multipart: attribute("enctype") == "multipart/form-data",
            controls: Vec::new(),
            values: Vec::new(),
            files: Vec::new(),
        };
        let controls = Selector::parse("input, textarea, select").expect("a selector");
        for control in form.select(&controls) {
            read.add(control);
        }
        read
    }

    fn add(&mut self, control: ElementRef<'_>) {
        let Some(name) = control.attr("name") else { return };
        self.controls.push(name.to_owned());
        let value = match (control.value().name(), control.attr("type").unwrap_or("text")) {
            ("select", _) => selected(control),
            ("textarea", _) => {
                let text: String = control.text().collect();
                Some(text.strip_prefix('\n').unwrap_or(&text).to_owned())
            }
            (_, "checkbox" | "radio") if control.attr("checked").is_none() => None,
            (_, "checkbox" | "radio") => Some(control.attr("value").unwrap_or("on").to_owned()),
            (_, "file") => None,
            _ => Some(control.attr("value").unwrap_or_default().to_owned()),
        };
        self.values.extend(value.map(|value| (name.to_owned(), value)));
    }

    /// Whether it asks for this.
    pub fn asks(&self, name: &str) -> bool {
        self.controls.iter().any(|control| control == name)
    }

    /// Names of all its controls.
    pub fn controls(&self) -> &[String] {
        &self.controls
    }

    /// The value that would be sent.
    pub fn value(&self, name: &str) -> Option<String> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// Types or chooses; the control must be there.
    #[must_use]
    pub fn fill(self, name: &str, value: &str) -> Self {
        assert!(self.asks(name), "no control {name}; there are {:?}", self.controls);
        self.set(name, &[value])
    }

    /// Ticks several boxes of one name.
    #[must_use]
    pub fn tick(self, name: &str, values: &[&str]) -> Self {
        assert!(self.asks(name), "no control {name}; there are {:?}", self.controls);
        self.set(name, values)
    }

    /// Sends other values under a name, whether or not the page has such a control.
    #[must_use]
    pub fn set(mut self, name: &str, values: &[&str]) -> Self {
        self.values.retain(|(known, _)| known != name);
        self.values.extend(values.iter().map(|value| (name.to_owned(), (*value).to_owned())));
        self
    }

    /// Chooses a file; the control must be there.
    #[must_use]
    pub fn choose(self, field: &str, name: &str, claimed: &str, bytes: &[u8]) -> Self {
        assert!(self.asks(field), "no control {field}; there are {:?}", self.controls);
        self.attach(field, name, claimed, bytes)
    }

    /// Sends a file under a name, whether or not the page has such a control.
    #[must_use]
    pub fn attach(mut self, field: &str, name: &str, claimed: &str, bytes: &[u8]) -> Self {
        let file = ChosenFile {
            field: field.to_owned(),
            name: name.to_owned(),
            claimed: claimed.to_owned(),
            bytes: bytes.to_vec(),
        };
        self.files.push(file);
        self
    }

    /// Presses the button with that value.
    #[must_use]
    pub fn press(self, action: &str) -> Self {
        self.set(pages::action::ACTION, &[action])
    }

    /// Content type and body.
    pub fn body(&self) -> (String, Vec<u8>) {
        if self.multipart {
            let boundary = "----boundary-of-a-test";
            (format!("multipart/form-data; boundary={boundary}"), self.parts(boundary))
        } else {
            let pairs = self.values.iter().map(|(name, value)| {
                format!("{}={}", percent_encoded(name), percent_encoded(value))
            });
            let body = pairs.collect::<Vec<_>>().join("&");
            ("application/x-www-form-urlencoded".to_owned(), body.into_bytes())
        }
    }

    fn parts(&self, boundary: &str) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in &self.values {
            let head =
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        for file in &self.files {
            let name = file.name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
            let head = format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{name}\"\r\nContent-Type: {}\r\n\r\n",
                file.field, file.claimed
            );
            body.extend([head.as_bytes(), &file.bytes, b"\r\n"].concat());
        }
        body.extend(format!("--{boundary}--\r\n").as_bytes());
        body
    }
}

fn selected(control: ElementRef<'_>) -> Option<String> {
    let options = Selector::parse("option").expect("a selector");
    let mut options: Vec<ElementRef<'_>> = control.select(&options).collect();
    let at = options.iter().position(|option| option.attr("selected").is_some()).unwrap_or(0);
    (at < options.len())
        .then(|| options.swap_remove(at).attr("value").unwrap_or_default().to_owned())
}

fn percent_encoded(text: &str) -> String {
    let encoded = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}
