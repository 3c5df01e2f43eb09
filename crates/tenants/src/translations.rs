//! Texts of a tenant that lack one of the languages it offers.

use crate::bundle::TenantBundle;
use domain::Locale;
use serde_json::Value;

/// The places of missing translations, such as `settings.contacts.opening_hours: en`.
/// Families who read that language see Italian there.
pub fn missing_translations(bundle: &TenantBundle) -> Vec<String> {
    let mut missing = Vec::new();
    if let Ok(body) = bundle.to_body() {
        search(&body, "", &bundle.settings.languages.offered, &mut missing);
    }
    missing
}

/// A localised text is an object with `it` among its keys and nothing but languages.
fn search(value: &Value, path: &str, offered: &[Locale], missing: &mut Vec<String>) {
    match value {
        Value::Object(object) if object.contains_key(Locale::It.tag()) => {
            let absent = offered.iter().filter(|locale| !object.contains_key(locale.tag()));
            missing.extend(absent.map(|locale| format!("{path}: {locale}")));
        }
        Value::Object(object) => {
            for (key, child) in object {
                let dot = if path.is_empty() { "" } else { "." };
                search(child, &format!("{path}{dot}{key}"), offered, missing);
            }
        }
        Value::Array(array) => {
            for (position, child) in array.iter().enumerate() {
                let name = child.get("key").and_then(Value::as_str);
                let name = name.map_or_else(|| (position + 1).to_string(), ToOwned::to_owned);
                search(child, &format!("{path}[{name}]"), offered, missing);
            }
        }
        _ => {}
    }
}
