//! The states of an application and what each means for the family.

use crate::words::Words;
use domain::application::State;
use serde_json::{Value, json};

/// A table with one row for the draft and one for each state.
pub(super) fn table(states: &[State], words: Words) -> Value {
    let row = |word: &str, meaning: &str| json!([words.say(word), words.say(meaning)]);
    let mut rows =
        vec![row("documents.user_guide.state_draft", "documents.user_guide.means_draft")];
    rows.extend(states.iter().map(|state| row(word_key(*state), meaning_key(*state))));
    json!({
        "title": words.say("documents.user_guide.states_title"),
        "text": words.say("documents.user_guide.states_text"),
        "head": [
            words.say("documents.user_guide.state_head"),
            words.say("documents.user_guide.meaning_head"),
        ],
        "rows": rows,
    })
}

/// Key of the word of a state.
pub(crate) const fn word_key(state: State) -> &'static str {
    match state {
        State::Submitted => "documents.user_guide.state_submitted",
        State::InReview => "documents.user_guide.state_in_review",
        State::InformationRequested => "documents.user_guide.state_information_requested",
        State::Confirmed => "documents.user_guide.state_confirmed",
        State::Active => "documents.user_guide.state_active",
        State::RefusalNotice => "documents.user_guide.state_refusal_notice",
        State::Rejected => "documents.user_guide.state_rejected",
        State::Withdrawn => "documents.user_guide.state_withdrawn",
        State::Suspended => "documents.user_guide.state_suspended",
        State::Ended => "documents.user_guide.state_ended",
    }
}

const fn meaning_key(state: State) -> &'static str {
    match state {
        State::Submitted => "documents.user_guide.means_submitted",
        State::InReview => "documents.user_guide.means_in_review",
        State::InformationRequested => "documents.user_guide.means_information_requested",
        State::Confirmed => "documents.user_guide.means_confirmed",
        State::Active => "documents.user_guide.means_active",
        State::RefusalNotice => "documents.user_guide.means_refusal_notice",
        State::Rejected => "documents.user_guide.means_rejected",
        State::Withdrawn => "documents.user_guide.means_withdrawn",
        State::Suspended => "documents.user_guide.means_suspended",
        State::Ended => "documents.user_guide.means_ended",
    }
}
