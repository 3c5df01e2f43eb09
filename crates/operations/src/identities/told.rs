//! What a person has told the comune before.

use crate::{
    Failure,
    drafts::{unseal_document, version_place},
};
use domain::{
    form::{Answers, FormDefinition},
    ids::IdentityId,
};
use secrets::TenantKeys;
use storage::{TenantTx, applications, drafts, form_definitions};

/// The answers of the person's newest application, with the form that asked for them; none where nothing was sent yet.
pub(super) async fn told_before(
    tx: &mut TenantTx,
    keys: &TenantKeys,
    identity: IdentityId,
) -> Result<Option<(FormDefinition, Answers)>, Failure> {
    for draft in drafts::list_by_identity(tx, identity).await? {
        let Some(application) = applications::find_by_draft(tx, draft).await? else { continue };
        let current = application.current_version;
        let version = applications::get_version(tx, application.id, current).await?;
        let form = form_definitions::get(tx, version.form_definition).await?;
        let definition =
            serde_json::from_value(form.body).map_err(|_| Failure::Malformed("form definition"))?;
        let (_, answers) = unseal_document(keys, version_place(version.id), &version.answers_enc)?;
        return Ok(Some((definition, answers)));
    }
    Ok(None)
}
