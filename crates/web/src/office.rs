//! The office's pages.

pub(crate) mod application;
pub(crate) mod applications;
pub(crate) mod confirm;
pub(crate) mod ratings;
pub(crate) mod refuse;
pub(crate) mod sign_in;

use crate::{State, enrol::journey::service_name, error::WebError, extract::Visit};
use domain::{
    Ctx, Locale,
    ids::{ApplicationId, OfficerId},
};

/// The officer's name; an account that was disabled meanwhile must sign in again.
async fn officer_name(ctx: &Ctx, state: &State, officer: OfficerId) -> Result<String, WebError> {
    let name = operations::officers::name(ctx, &state.platform, officer).await?;
    name.ok_or(WebError::SignedOut { office: true })
}

/// What a decision is about.
struct Case {
    number: String,
    version: i32,
    services: Vec<String>,
    /// Who sent it came with SPID or CIE.
    is_identified: bool,
}

/// The services of an application that wait for a decision.
async fn load(
    ctx: &Ctx,
    state: &State,
    visit: &Visit,
    id: ApplicationId,
) -> Result<Case, WebError> {
    let detail = operations::applications::detail(ctx, &state.platform, id).await?;
    let name = service_name(&visit.tenant, Locale::It);
    let open = detail.services.iter().filter(|row| row.state.is_open());
    Ok(Case {
        number: detail.submission.registration(),
        version: detail.submission.version,
        is_identified: detail
            .submission
            .identity
            .as_ref()
            .is_some_and(|proof| proof.scheme.gives_codice_fiscale()),
        services: open.filter_map(|row| row.school_service.parse().ok().map(&name)).collect(),
    })
}
