//! Downloads: the three PDFs, and the family's own files.

use crate::{State, error::WebError, extract::Visit, respond};
use axum::{
    extract::{Path, State as Shared},
    response::Response,
};
use documents::{
    ApplicationSummary, Audience, Body, CredentialsLetter, Document, GuideDoor, Letterhead,
    UserGuide, Verification,
};
use domain::{
    Ctx,
    ids::{AttachmentId, DraftId},
    password::TEMPORARY_LIFE,
    submission::Submission,
};
use operations::{applications, drafts};
use pages::errors::Problem;
use routes::{
    Route as _,
    enrol::DocumentFile,
    tenant::{DocumentCheck, Start},
};
use std::sync::Arc;

/// `GET /iscrizioni/{draft}/documenti/{document}`
pub(crate) async fn document(
    Shared(state): Shared<State>,
    visit: Visit,
    Path((draft, name)): Path<(DraftId, String)>,
) -> Result<Response, WebError> {
    let file: DocumentFile = name.parse().map_err(|_| Problem::NotFound)?;
    let (ctx, _) = visit.family(draft)?;
    let submission = applications::submission(&ctx, &state.platform, draft, None).await?;
    let body = body(&ctx, &state, &visit, &submission, file).await?;
    let document = Document {
        locale: visit.locale,
        letterhead: Letterhead::of(&visit.tenant, visit.locale),
        issued_at: visit.now,
        verification: (file != DocumentFile::Manual).then(|| {
            Verification::of(&submission, &absolute(&state, &visit, &DocumentCheck {}.path()))
        }),
        body,
    };
    let bytes = render(&state, document).await?;
    Ok(respond::download(file.file_name(), "application/pdf", bytes))
}

async fn body(
    ctx: &Ctx,
    state: &State,
    visit: &Visit,
    submission: &Submission,
    file: DocumentFile,
) -> Result<Body, WebError> {
    let portal = absolute(state, visit, &Start {}.path());
    let (tenant, locale) = (&visit.tenant, visit.locale);
    Ok(match file {
        DocumentFile::Summary => {
            let tenant =
                operations::tenants::as_of(&state.platform, tenant.id(), submission.tenant_version)
                    .await?;
            Body::ApplicationSummary(ApplicationSummary::of(
                submission,
                &tenant,
                locale,
                Audience::Family,
                None,
            ))
        }
        DocumentFile::Manual => {
            let doors =
                if tenant.doors().password_access { vec![GuideDoor::Password] } else { Vec::new() };
            let days = u32::try_from(TEMPORARY_LIFE.as_hours() / 24).unwrap_or(0);
            Body::UserGuide(UserGuide::of(
                tenant,
                submission.school_year,
                locale,
                &doors,
                &portal,
                days,
            ))
        }
        DocumentFile::Letter => {
            let letter = applications::letter(ctx, &state.platform, submission.draft).await?;
            Body::CredentialsLetter(CredentialsLetter::of(submission, &letter, &portal, visit.now))
        }
    })
}

/// Renders off the async threads, a few at a time.
async fn render(state: &State, document: Document) -> Result<Vec<u8>, WebError> {
    let permit =
        Arc::clone(&state.document_permits).acquire_owned().await.map_err(|_| Problem::Internal)?;
    let renderer = Arc::clone(&state.documents);
    let rendered = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        renderer.render(&document)
    });
    match rendered.await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => {
            tracing::error!(error = crate::error::error_chain(&error), "document not rendered");
            Err(Problem::Internal.into())
        }
        Err(_) => Err(Problem::Internal.into()),
    }
}

/// An address for paper: never built from the request.
fn absolute(state: &State, visit: &Visit, path: &str) -> String {
    visit.tenant.address(&state.settings.public_url, path)
}

/// `GET /iscrizioni/{draft}/allegati/{attachment}`
pub(crate) async fn attachment(
    Shared(state): Shared<State>,
    visit: Visit,
    Path((draft, id)): Path<(DraftId, AttachmentId)>,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    let file = drafts::file(&ctx, &state.platform, draft, id).await?;
    Ok(respond::download(&file.name, &file.media_type, file.bytes))
}
