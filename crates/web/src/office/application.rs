//! One application for the office.

use super::officer_name;
use crate::{
    State,
    enrol::journey::{sections, service_name},
    error::WebError,
    extract::{Path, Visit},
    respond,
};
use axum::{
    extract::{Query, State as Shared},
    http::StatusCode,
    response::Response,
};
use domain::{
    Locale,
    application::{IdentityVerification, State as Decision},
    form::{Binding, QuestionKind},
    ids::{ApplicationId, AttachmentId},
    school_service::SchoolService,
    submission::Submission,
};
use operations::{
    applications::{self, Detail},
    drafts,
};
use pages::{
    office::{Application, DuplicateRow, FileRow, HistoryRow, ServiceDecision},
    words,
};
use serde::Deserialize;

/// `?esito=…` after a decision.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    esito: Option<String>,
}

/// `GET /ufficio/domande/{application}`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(id): Path<ApplicationId>,
    Query(done): Query<Done>,
) -> Result<Response, WebError> {
    let (ctx, officer, _) = visit.officer()?;
    let name = officer_name(&ctx, &state, officer).await?;
    let detail = applications::detail(&ctx, &state.platform, id).await?;
    let mut page = view(&visit, &detail);
    page.done = match done.esito.as_deref() {
        Some("confermata") => Some("office.application.confirmed"),
        Some("respinta") => Some("office.application.refused"),
        _ => None,
    };
    respond::office_page(&state, &visit, &name, StatusCode::OK, &page)
}

fn view(visit: &Visit, detail: &Detail) -> Application {
    let sent = &detail.submission;
    let tenant = &visit.tenant;
    Application {
        application: sent.application,
        number: sent.registration(),
        pupil: person(sent, Binding::PupilSurname, Binding::PupilName),
        word: words::state(Locale::It, sent.state),
        tone: words::state_tone(sent.state),
        version: sent.version,
        first_submitted_at: sent.first_submitted_at,
        submitted_at: sent.submitted_at,
        late: sent.late,
        answer_by: sent.answer_due,
        identity: sent.identity.as_ref().map(Into::into),
        email: detail.email.clone().unwrap_or_default(),
        language: sent.locale.own_name().to_owned(),
        mail_failure: detail.mail_failure.clone(),
        services: decisions(visit, detail),
        duplicates: duplicates(visit, detail),
        sections: sections(
            tenant,
            &sent.definition,
            &sent.answers,
            &SchoolService::ALL,
            Locale::It,
        ),
        files: files(sent),
        history: history(detail),
        open: detail.services.iter().any(|row| row.state.is_open()),
        done: None,
    }
}

/// «Cognome Nome», as offices list people.
fn person(sent: &Submission, surname: Binding, name: Binding) -> String {
    let answer = |binding| sent.answers.bound(&sent.definition, binding).unwrap_or_default();
    format!("{} {}", answer(surname), answer(name))
}

/// This application beside the others for its pupil.
fn duplicates(visit: &Visit, detail: &Detail) -> Vec<DuplicateRow> {
    if detail.duplicates.is_empty() {
        return Vec::new();
    }
    let name = service_name(&visit.tenant, Locale::It);
    let row = |sent: &Submission| DuplicateRow {
        application: sent.application,
        number: sent.registration(),
        guardian: person(sent, Binding::GuardianSurname, Binding::GuardianName),
        submitted_at: sent.submitted_at,
        services: sent
            .services
            .iter()
            .map(|(service, state)| (name(*service), words::state(Locale::It, *state)))
            .collect(),
        here: sent.application == detail.submission.application,
    };
    std::iter::once(&detail.submission).chain(&detail.duplicates).map(row).collect()
}

fn decisions(visit: &Visit, detail: &Detail) -> Vec<ServiceDecision> {
    let name = service_name(&visit.tenant, Locale::It);
    let decision = |row: &storage::applications::ServiceRow| {
        let identity =
            row.identity_verified_by.as_deref().and_then(IdentityVerification::from_code);
        let reason = detail.reasons.iter().find(|(service, _)| *service == row.school_service);
        ServiceDecision {
            service: row.school_service.parse().map(&name).unwrap_or_default(),
            word: words::state(Locale::It, row.state),
            tone: words::state_tone(row.state),
            decided_at: row.decided_at.filter(|_| !row.state.is_open()),
            identity: identity.map(words::identity_verification).unwrap_or_default(),
            reason: reason
                .filter(|_| row.state == Decision::Rejected)
                .map(|(_, reason)| reason.clone())
                .unwrap_or_default(),
        }
    };
    detail.services.iter().map(decision).collect()
}

fn files(sent: &Submission) -> Vec<FileRow> {
    let questions = sent.definition.questions().map(|(_, question)| question);
    questions
        .filter(|question| question.kind == QuestionKind::File)
        .flat_map(|question| {
            let label = question.label.get(Locale::It).to_owned();
            sent.answers.files(&question.key).into_iter().map(move |file| FileRow {
                attachment: file.id,
                name: file.name,
                question: label.clone(),
            })
        })
        .collect()
}

fn history(detail: &Detail) -> Vec<HistoryRow> {
    let word = |key: String| i18n::t(Locale::It, &key, &[]);
    let line = |event: &storage::audit_events::AuditEvent| HistoryRow {
        at: event.at,
        what: word(format!("office.verb.{}", event.verb)),
        who: word(format!("office.actor.{}", event.actor.split(':').next().unwrap_or_default())),
    };
    detail.history.iter().rev().map(line).collect()
}

/// `GET /ufficio/domande/{application}/allegati/{attachment}`
pub(crate) async fn attachment(
    Shared(state): Shared<State>,
    visit: Visit,
    Path((application, id)): Path<(ApplicationId, AttachmentId)>,
) -> Result<Response, WebError> {
    let (ctx, _, _) = visit.officer()?;
    let draft = applications::draft_of(&ctx, &state.platform, application).await?;
    let file = drafts::file(&ctx, &state.platform, draft, id).await?;
    Ok(respond::download(&file.name, &file.media_type, file.bytes))
}
