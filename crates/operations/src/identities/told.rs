//! What a person has told the comune before.

use crate::{
    Failure,
    drafts::{unseal_document, version_place},
};
use domain::{enrolment_window::rome_date, form::Told, ids::IdentityId};
use secrets::TenantKeys;
use storage::{TenantTx, applications, drafts, form_definitions};

/// What the person said when sending last, whatever became of it; none where nothing was sent yet.
pub(super) async fn told_before(
    tx: &mut TenantTx,
    keys: &TenantKeys,
    identity: IdentityId,
) -> Result<Option<Told>, Failure> {
    let mut last = None;
    for draft in drafts::list_by_identity(tx, identity).await? {
        let Some(application) = applications::find_by_draft(tx, draft).await? else { continue };
        let current = application.current_version;
        let version = applications::get_version(tx, application.id, current).await?;
        let newer = |known: &applications::VersionRow| known.submitted_at < version.submitted_at;
        if last.as_ref().is_none_or(newer) {
            last = Some(version);
        }
    }
    let Some(version) = last else { return Ok(None) };
    let form = form_definitions::get(tx, version.form_definition).await?;
    let definition =
        serde_json::from_value(form.body).map_err(|_| Failure::Malformed("form definition"))?;
    let (_, answers) = unseal_document(keys, version_place(version.id), &version.answers_enc)?;
    Ok(Some(Told { definition, answers, day: rome_date(version.submitted_at) }))
}
