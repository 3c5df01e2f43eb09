//! Translations of a tenant's texts: each language in a file of its own, which names a text by its Italian words.
//!
//! A changed Italian text so loses its translations, and shows in Italian until it is translated anew: better the binding
//! words than an old translation that says something else.

use crate::{bundle::TenantBundle, document::Document, problem::Problem};
use domain::Locale;
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Translations by language and Italian text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Translations(BTreeMap<Locale, BTreeMap<String, String>>);

impl Translations {
    /// Reads `translations/<language>.toml` of a tenant; the folder may be missing.
    pub(crate) fn load(folder: &Path, slug: &str) -> Result<Self, Vec<Problem>> {
        let Ok(entries) = fs::read_dir(folder.join("translations")) else {
            return Ok(Self::default());
        };
        let names = entries
            .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()));
        let (mut read, mut problems) = (BTreeMap::new(), Vec::new());
        for name in names.filter(|name| !name.starts_with('.')).collect::<BTreeSet<_>>() {
            let file = format!("{slug}/translations/{name}");
            match one_file(&folder.join("translations").join(&name), &file, &name) {
                Ok((locale, texts)) => drop(read.insert(locale, texts)),
                Err(found) => problems.extend(found),
            }
        }
        if problems.is_empty() { Ok(Self(read)) } else { Err(problems) }
    }

    /// Fills the languages that a text does not have in its own place.
    pub(crate) fn fill(&self, bundle: &TenantBundle) -> Option<TenantBundle> {
        let mut body = bundle.to_body().ok()?;
        for_each_text(&mut body, "", &mut |_, text| {
            let italian = text.get(Locale::It.tag())?.as_str()?.to_owned();
            for (locale, texts) in &self.0 {
                if let Some(translated) = texts.get(&italian) {
                    text.entry(locale.tag()).or_insert_with(|| translated.clone().into());
                }
            }
            Some(())
        });
        TenantBundle::from_body(body).ok()
    }
}

fn one_file(
    path: &Path,
    file: &str,
    name: &str,
) -> Result<(Locale, BTreeMap<String, String>), Vec<Problem>> {
    let locale = name.strip_suffix(".toml").and_then(|tag| tag.parse::<Locale>().ok());
    let Some(locale) = locale.filter(|locale| *locale != Locale::It) else {
        let tags: Vec<&str> = Locale::ALL.iter().skip(1).map(|locale| locale.tag()).collect();
        let message = format!("named by its language: one of {} with .toml", tags.join(", "));
        return Err(vec![Problem::of_file(file, message)]);
    };
    let source = crate::load::text(path, file)?;
    let document = Document::parse(file, &source)?;
    let texts: BTreeMap<String, String> = document.read().map_err(|problem| vec![problem])?;
    match texts.iter().find(|(_, text)| text.trim().is_empty()) {
        Some((italian, _)) => {
            let message = "empty; write the translation or take the line out";
            Err(vec![document.problem(&[italian.as_str().into()], message)])
        }
        None => Ok((locale, texts)),
    }
}

/// The places of missing translations, such as `settings.contacts.opening_hours: en`.
/// Families who read that language see Italian there.
pub fn missing_translations(bundle: &TenantBundle) -> Vec<String> {
    let mut missing = Vec::new();
    let offered = &bundle.settings.languages.offered;
    let Ok(mut body) = bundle.to_body() else { return missing };
    for_each_text(&mut body, "", &mut |path, text| {
        let absent = offered.iter().filter(|locale| !text.contains_key(locale.tag()));
        missing.extend(absent.map(|locale| format!("{path}: {locale}")));
        Some(())
    });
    missing
}

/// Lines of the translation files that translate no text of the tenant (any more), such as
/// `translations/ro.toml: "Sito del Comune"`.
pub fn unused_translations(folder: &Path, bundle: &TenantBundle) -> Vec<String> {
    let Ok(mut body) = bundle.to_body() else { return Vec::new() };
    let mut known = BTreeSet::new();
    for_each_text(&mut body, "", &mut |_, text| {
        known.insert(text.get(Locale::It.tag())?.as_str()?.to_owned());
        Some(())
    });
    let translations = Translations::load(&folder.join(&bundle.slug), &bundle.slug);
    let lines = translations.unwrap_or_default().0.into_iter();
    lines
        .flat_map(|(locale, texts)| texts.into_keys().map(move |italian| (locale, italian)))
        .filter(|(_, italian)| !known.contains(italian))
        .map(|(locale, italian)| format!("translations/{locale}.toml: \"{italian}\""))
        .collect()
}

/// Visits each localised text with its path: an object with `it` among its keys and nothing but languages.
fn for_each_text(
    value: &mut Value,
    path: &str,
    visit: &mut impl FnMut(&str, &mut Map<String, Value>) -> Option<()>,
) {
    match value {
        Value::Object(object) if object.contains_key(Locale::It.tag()) => {
            visit(path, object);
        }
        Value::Object(object) => {
            for (key, child) in object {
                let dot = if path.is_empty() { "" } else { "." };
                for_each_text(child, &format!("{path}{dot}{key}"), visit);
            }
        }
        Value::Array(array) => {
            for (position, child) in array.iter_mut().enumerate() {
                let name = child.get("key").and_then(Value::as_str);
                let name = name.map_or_else(|| (position + 1).to_string(), ToOwned::to_owned);
                for_each_text(child, &format!("{path}[{name}]"), visit);
            }
        }
        _ => {}
    }
}
