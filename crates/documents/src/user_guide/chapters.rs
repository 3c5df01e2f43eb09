//! The chapters of the guide: which sentences a comune's settings call for.

use super::{GuideDoor, UserGuide};
use crate::words::Words;
use serde_json::{Value, json};

/// All chapters in reading order. Each is a title with parts; a part is a heading, a paragraph,
/// a warning, steps in order, or points in any order.
pub(super) fn chapters(guide: &UserGuide, words: Words) -> Value {
    let mut chapters = vec![before_you_start(guide, words), ways_in(guide, words)];
    if !guide.doors.is_empty() {
        chapters.push(email_code(guide, words));
        chapters.push(form(guide, words));
        chapters.push(sent(guide, words));
        chapters.push(coming_back(guide, words));
        chapters.push(changing(words));
    }
    chapters.push(phone(words));
    chapters.push(safety(words));
    Value::Array(chapters)
}

fn chapter(words: Words, title: &str, parts: &[Value]) -> Value {
    json!({ "title": words.say(title), "parts": parts })
}

fn part(kind: &str, content: impl Into<Value>) -> Value {
    json!({ "kind": kind, "content": content.into() })
}

fn paragraph(text: String) -> Value {
    part("paragraph", text)
}

fn all(words: Words, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| words.say(key)).collect()
}

fn before_you_start(guide: &UserGuide, words: Words) -> Value {
    let mut needed = all(
        words,
        &[
            "documents.user_guide.need_codice_fiscale",
            "documents.user_guide.need_guardian",
            "documents.user_guide.need_email",
        ],
    );
    needed.extend(
        guide.attachments.iter().map(|title| {
            words.with("documents.user_guide.need_attachment", &[("attachment", title)])
        }),
    );
    let parts = [
        paragraph(words.say("documents.user_guide.need_text")),
        part("points", needed),
        part("warning", words.say("documents.user_guide.siblings_warning")),
    ];
    chapter(words, "documents.user_guide.need_title", &parts)
}

fn ways_in(guide: &UserGuide, words: Words) -> Value {
    let mut parts = vec![];
    if guide.has_identity_door() {
        parts.push(part("heading", words.say("documents.user_guide.identity_door_title")));
        parts.push(part("steps", identity_door(guide, words)));
    }
    if guide.has(GuideDoor::Password) {
        parts.push(part("heading", words.say("documents.user_guide.password_door_title")));
        parts.push(part("steps", password_door(words)));
        parts.push(part("warning", words.say("documents.user_guide.password_door_warning")));
    }
    parts.push(part("heading", words.say("documents.user_guide.no_door_title")));
    parts.push(paragraph(words.say("documents.user_guide.no_door_text")));
    chapter(words, "documents.user_guide.doors_title", &parts)
}

fn password_door(words: Words) -> Vec<String> {
    all(
        words,
        &[
            "documents.user_guide.open_portal",
            "documents.user_guide.password_door_button",
            "documents.user_guide.password_door_pupil",
            "documents.user_guide.new_pupil_button",
        ],
    )
}

/// The buttons of the doors that are open.
fn buttons(guide: &UserGuide, words: Words, keys: [(GuideDoor, &str); 3]) -> String {
    let open = keys.into_iter().filter(|(door, _)| guide.has(*door));
    words.list(&open.map(|(_, button)| words.say(button)).collect::<Vec<_>>())
}

fn identity_door(guide: &UserGuide, words: Words) -> Vec<String> {
    let keys = [
        (GuideDoor::Spid, "documents.user_guide.spid_button"),
        (GuideDoor::Cie, "documents.user_guide.cie_button"),
        (GuideDoor::Eidas, "documents.user_guide.eidas_button"),
    ];
    let buttons = buttons(guide, words, keys);
    vec![
        words.say("documents.user_guide.open_portal"),
        words.with("documents.user_guide.identity_door_button", &[("buttons", &buttons)]),
        words.say("documents.user_guide.identity_door_guardian"),
        words.say("documents.user_guide.identity_door_pupil"),
    ]
}

fn email_code(guide: &UserGuide, words: Words) -> Value {
    let life = words.count("documents.user_guide.email_code_life", guide.terms.email_code_minutes);
    let steps = all(
        words,
        &[
            "documents.user_guide.email_code_address",
            "documents.user_guide.email_code_read",
            "documents.user_guide.email_code_confirm",
        ],
    );
    let parts = [
        paragraph(words.say("documents.user_guide.email_code_text")),
        part("steps", steps),
        paragraph(life),
    ];
    chapter(words, "documents.user_guide.email_code_title", &parts)
}

fn form(guide: &UserGuide, words: Words) -> Value {
    let mut draft = all(words, &["documents.user_guide.draft_save"]);
    if guide.has(GuideDoor::Password) {
        let days = guide.terms.temporary_password_days;
        draft.push(words.count("documents.user_guide.draft_password", days));
    }
    draft.push(words.say("documents.user_guide.draft_not_sent"));
    if let Some(days) = guide.terms.draft_days {
        draft.push(words.count("documents.user_guide.draft_kept", days));
    }
    let steps = all(
        words,
        &[
            "documents.user_guide.form_privacy",
            "documents.user_guide.form_fill",
            "documents.user_guide.form_summary",
            "documents.user_guide.form_change",
            "documents.user_guide.form_send",
        ],
    );
    let parts = [
        part("steps", steps),
        part("heading", words.say("documents.user_guide.draft_title")),
        part("points", draft),
    ];
    chapter(words, "documents.user_guide.form_title", &parts)
}

fn sent(guide: &UserGuide, words: Words) -> Value {
    let mut parts = vec![
        paragraph(words.say("documents.user_guide.sent_text")),
        part(
            "points",
            all(
                words,
                &[
                    "documents.user_guide.sent_summary",
                    "documents.user_guide.sent_guide",
                    "documents.user_guide.sent_letter",
                ],
            ),
        ),
        paragraph(words.count("documents.user_guide.sent_answer", guide.terms.answer_days)),
    ];
    if guide.has(GuideDoor::Password) {
        parts.push(part("warning", words.say("documents.user_guide.sent_signature")));
    }
    chapter(words, "documents.user_guide.sent_title", &parts)
}

fn coming_back(guide: &UserGuide, words: Words) -> Value {
    let mut parts = vec![paragraph(words.say("documents.user_guide.back_text"))];
    if guide.has_identity_door() {
        parts.push(part("heading", words.say("documents.user_guide.back_identity_title")));
        parts.push(part("steps", back_by_identity(guide, words)));
    }
    if guide.has(GuideDoor::Password) {
        let steps = all(
            words,
            &[
                "documents.user_guide.back_password_button",
                "documents.user_guide.back_password_enter",
                "documents.user_guide.back_password_change",
            ],
        );
        parts.push(part("heading", words.say("documents.user_guide.back_password_title")));
        parts.push(part("steps", steps));
        parts.push(paragraph(words.say("documents.user_guide.back_forgotten")));
    }
    chapter(words, "documents.user_guide.back_title", &parts)
}

fn back_by_identity(guide: &UserGuide, words: Words) -> Vec<String> {
    let keys = [
        (GuideDoor::Spid, "documents.user_guide.spid_back_button"),
        (GuideDoor::Cie, "documents.user_guide.cie_back_button"),
        (GuideDoor::Eidas, "documents.user_guide.eidas_button"),
    ];
    let buttons = buttons(guide, words, keys);
    vec![
        words.say("documents.user_guide.back_identity_open"),
        words.with("documents.user_guide.back_identity_in", &[("buttons", &buttons)]),
        words.say("documents.user_guide.back_identity_find"),
    ]
}

fn changing(words: Words) -> Value {
    let points = all(
        words,
        &[
            "documents.user_guide.change_when",
            "documents.user_guide.change_how",
            "documents.user_guide.change_force",
            "documents.user_guide.change_documents",
        ],
    );
    chapter(words, "documents.user_guide.change_title", &[part("points", points)])
}

fn phone(words: Words) -> Value {
    let text = paragraph(words.say("documents.user_guide.phone_text"));
    chapter(words, "documents.user_guide.phone_title", &[text])
}

fn safety(words: Words) -> Value {
    let points = all(
        words,
        &[
            "documents.user_guide.safety_password",
            "documents.user_guide.safety_code",
            "documents.user_guide.safety_log_out",
        ],
    );
    chapter(words, "documents.user_guide.safety_title", &[part("points", points)])
}
