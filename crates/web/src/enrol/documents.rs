//! Downloads: the three PDFs, and the family's own files.

use crate::{
    State,
    error::WebError,
    extract::{Path, Visit},
    respond,
};
use axum::{extract::State as Shared, response::Response};
use documents::{
    Audience, Document,
    compose::{self, Sources},
};
use domain::{
    Ctx,
    ids::{AttachmentId, DraftId},
    submission::Submission,
};
use operations::{applications, drafts};
use pages::errors::Problem;
use routes::{
    Route as _,
    enrol::{DocumentFile, DocumentKind},
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
    if !visit.tenant.locales().contains(&file.locale) {
        return Err(Problem::NotFound.into());
    }
    let (ctx, _) = visit.family(draft)?;
    let submission = applications::submission(&ctx, &state.platform, draft, None).await?;
    let document = compose(&ctx, &state, &visit, &submission, file).await?;
    let bytes = render(&state, document).await?;
    Ok(respond::download(&file.to_string(), "application/pdf", bytes))
}

async fn compose(
    ctx: &Ctx,
    state: &State,
    visit: &Visit,
    submission: &Submission,
    file: DocumentFile,
) -> Result<Document, WebError> {
    // Addresses for paper are built from the settings, never from the request.
    let public_url = &state.settings.public_url;
    let sources = Sources {
        tenant: &visit.tenant,
        locale: file.locale,
        issued_at: visit.now,
        portal_url: &visit.tenant.address(public_url, &Start {}.path()),
        check_url: &visit.tenant.address(public_url, &DocumentCheck {}.path()),
    };
    Ok(match file.kind {
        DocumentKind::Summary => {
            let (tenant, version) = (visit.tenant.id(), submission.tenant_version);
            let accepted = operations::tenants::as_of(&state.platform, tenant, version).await?;
            compose::summary(&sources, submission, &accepted, Audience::Family)
        }
        DocumentKind::Manual => compose::guide(&sources, submission.school_year),
        DocumentKind::Letter => {
            let letter = applications::letter(ctx, &state.platform, submission.draft).await?;
            compose::letter(&sources, submission, &letter)
        }
    })
}

/// Renders off the async threads, a few at a time.
async fn render(state: &State, document: Document) -> Result<Vec<u8>, WebError> {
    let permit =
        Arc::clone(&state.document_permits).acquire_owned().await.map_err(|_| Problem::Internal)?;
    let renderer = Arc::clone(&state.documents);
    let task = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        renderer.render(&document)
    });
    match task.await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) => {
            tracing::error!(error = crate::error::error_chain(&error), "document not rendered");
            Err(Problem::Internal.into())
        }
        Err(_) => Err(Problem::Internal.into()),
    }
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
