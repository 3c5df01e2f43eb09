//! A step as a page.

use crate::{
    State,
    enrol::journey::{self, Here},
    error::WebError,
    extract::Visit,
    respond,
};
use axum::{http::StatusCode, response::Response};
use domain::form::{FieldError, Journey, warnings};
use operations::drafts::{Opened, UploadProblem};
use pages::{Message, enrol::Step as Page, form::ErrorLine, question::StepInput};
use routes::enrol::Status;

/// What is shown beside the answers.
#[derive(Default)]
pub(super) struct Shown<'a> {
    /// What must be mended.
    pub(super) errors: &'a [FieldError],
    /// Files that were not taken.
    pub(super) uploads: &'a [(String, UploadProblem)],
    /// The family came from the summary.
    pub(super) from_summary: bool,
    /// The page answers a press of the button.
    pub(super) judged: bool,
}

/// Renders a step; one that is not part of the journey leads to the status page.
pub(super) fn page(
    state: &State,
    visit: &Visit,
    opened: &Opened,
    key: &str,
    shown: &Shown<'_>,
) -> Result<Response, WebError> {
    let journey = Journey::new(&opened.definition, &opened.answers, &opened.offered);
    let Some(step) = journey.step(key) else {
        return Ok(respond::to(visit, &Status { draft: opened.draft.id }));
    };
    let doubts = warnings(&opened.definition, &opened.answers, &opened.form_context(visit.now));
    let name = journey::service_name(&opened.tenant, visit.locale);
    let input = StepInput {
        definition: &opened.definition,
        step,
        answers: &opened.answers,
        schools: opened.tenant.schools(),
        offered: &opened.offered,
        errors: shown.errors,
        doubts: &doubts,
        fixed: &opened.fixed,
        locale: visit.locale,
        service_name: &name,
    };
    let mut errors = input.error_lines();
    let mut questions = input.questions();
    for (field, problem) in shown.uploads {
        let message = Message::coded("errors.upload.", problem.code());
        let question = questions.iter_mut().find(|question| question.field == *field);
        let label = question.as_ref().map(|question| question.label.clone());
        if let Some(question) = question {
            question.error = Some(message.clone());
        }
        errors.push(ErrorLine { field: Some(field.clone()), label, message });
    }
    let page = Page {
        draft: opened.draft.id,
        step: key.to_owned(),
        title: step.title.get(visit.locale).to_owned(),
        intro: step
            .intro
            .as_ref()
            .map(|intro| intro.get(visit.locale).to_owned())
            .unwrap_or_default(),
        progress: journey::progress(visit, opened, &Here::Step(key)),
        has_files: input.has_files(),
        questions,
        errors,
        revision: opened.draft.revision.into(),
        from_summary: shown.from_summary,
        last: journey.next_after(key).is_none(),
        first_save: opened.needs_password(),
        changing: opened.application.is_some(),
    };
    let status = if shown.judged { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    respond::page(state, visit, status, &page)
}
