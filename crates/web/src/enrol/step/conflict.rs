//! Two tabs: the later one sees both versions and can still send its own.

use crate::{State, enrol::journey, error::WebError, extract::Visit, respond};
use axum::{http::StatusCode, response::Response};
use domain::form::Question;
use operations::drafts::Conflict;
use pages::{
    action,
    enrol::{Conflict as Page, ConflictRow},
    errors::{Resend, ResendField},
};
use routes::{Route as _, enrol::Step};

/// Answers 409 with both versions side by side.
pub(super) fn page(
    state: &State,
    visit: &Visit,
    key: &str,
    conflict: Conflict,
) -> Result<Response, WebError> {
    let opened = &conflict.opened;
    let words = |answers| {
        journey::sections(
            &opened.tenant,
            &opened.definition,
            answers,
            &opened.offered,
            visit.locale,
        )
        .into_iter()
        .filter(|section| section.step == key)
        .flat_map(|section| section.rows)
        .collect::<Vec<_>>()
    };
    let (saved, mine) = (words(&opened.answers), words(&conflict.mine));
    let rows = mine
        .into_iter()
        .map(|row| {
            let other = saved.iter().find(|other| other.label == row.label);
            ConflictRow {
                label: row.label,
                saved: other.map(|other| other.lines.clone()).unwrap_or_default(),
                mine: row.lines,
            }
        })
        .filter(|row| row.mine != row.saved)
        .collect();
    let step = opened.definition.step(key);
    let page = Page {
        draft: opened.draft.id,
        step: key.to_owned(),
        title: step.map(|step| step.title.get(visit.locale).to_owned()).unwrap_or_default(),
        saved_at: opened.draft.last_changed_at,
        rows,
        mine: resend(visit, key, &conflict),
        with_files: conflict.with_files,
    };
    respond::page(state, visit, StatusCode::CONFLICT, &page)
}

/// What was typed here, with the revision that is saved now.
fn resend(visit: &Visit, key: &str, conflict: &Conflict) -> Resend {
    let opened = &conflict.opened;
    let mut fields = vec![ResendField {
        name: action::REVISION.to_owned(),
        value: opened.draft.revision.to_string(),
    }];
    let asked: Vec<String> = opened
        .definition
        .step(key)
        .into_iter()
        .flat_map(|step| &step.questions)
        .flat_map(Question::fields)
        .collect();
    for (name, values) in
        conflict.mine.iter().filter(|(name, _)| asked.iter().any(|field| field == name))
    {
        fields.extend(
            values.iter().map(|value| ResendField { name: name.to_owned(), value: value.clone() }),
        );
    }
    let href = Step { draft: opened.draft.id, step: key.to_owned() }.href(&visit.mount);
    Resend { href, multipart: false, fields }
}
