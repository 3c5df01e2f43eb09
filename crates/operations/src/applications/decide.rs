//! What confirming and refusing share: lock, look at the version the officer saw, take the edge, tell the family.

use super::read::email_place;
use crate::{
    Failure, Platform,
    mails::{self, NewMail},
    platform::open_text,
};
use domain::{
    Actor, Ctx,
    application::{Action, Edge, Party, edge},
    ids::{ApplicationId, OfficerId},
};
use storage::{
    TenantTx,
    applications::{self as rows, Application, ServiceRow, VersionRow},
    drafts,
};

/// What came of a decision.
#[derive(Debug, PartialEq, Eq)]
pub enum Decided {
    /// Nobody said how the applicant was identified.
    IdentityMissing,
    /// It is done; the mail is on its way.
    Done,
    /// The family sent a newer version meanwhile: read it first.
    Stale,
    /// Nothing of it is waiting for a decision.
    NotOpen,
    /// The pupil already has this service from another application.
    AlreadyEnrolled,
    /// A reason is needed.
    ReasonMissing,
}

/// An application locked for a decision.
pub(super) struct Case {
    pub(super) officer: OfficerId,
    pub(super) application: Application,
    pub(super) version: VersionRow,
    /// Services the decision applies to, with the edge each takes.
    pub(super) services: Vec<(ServiceRow, &'static Edge)>,
}

/// Locks the application for an officer who saw that version.
pub(super) async fn open(
    ctx: &Ctx,
    tx: &mut TenantTx,
    id: ApplicationId,
    seen_version: i32,
    action: Action,
) -> Result<Result<Case, Decided>, Failure> {
    let Actor::Officer(officer) = ctx.actor else { return Err(Failure::NotFound) };
    let application = rows::lock(tx, id).await?.ok_or(Failure::NotFound)?;
    if application.current_version != seen_version {
        return Ok(Err(Decided::Stale));
    }
    let version = rows::get_version(tx, id, seen_version).await?;
    let services: Vec<_> = rows::list_services(tx, id)
        .await?
        .into_iter()
        .filter_map(|row| edge(Party::Office, action, row.state).map(|edge| (row, edge)))
        .collect();
    if services.is_empty() {
        return Ok(Err(Decided::NotOpen));
    }
    Ok(Ok(Case { officer, application, version, services }))
}

/// Tells the family, in the language it sent the application in.
pub(super) async fn tell(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    case: &Case,
    stem: &str,
) -> Result<(), Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let draft = drafts::find(tx, case.application.draft).await?.ok_or(Failure::NotFound)?;
    let sealed = draft.email_enc.as_deref().ok_or(Failure::Malformed("draft without address"))?;
    let to = open_text(&keys, email_place(draft.id), sealed)?;
    let locale = super::filing::locale_of(&case.version.locale);
    let mail = NewMail {
        stem,
        urgent: false,
        to: &to,
        locale,
        draft: Some(draft.id),
        subject: case.version.id.uuid(),
    };
    mails::queue(ctx, platform, tx, &keys, mail).await
}
