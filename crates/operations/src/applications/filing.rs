//! Storing what sending means: the application, its services, the frozen version, the mail, the audit event.

use super::{credential, sending::Sending};
use crate::{
    Failure, Platform, audit,
    drafts::{Opened, seal_document, version_place},
    mails::{self, NewMail},
};
use domain::{
    Ctx, Locale,
    application::{Action, Party, State, edge, overall},
    folding::fold,
    form::{Answers, Binding},
    identity::IdentityProof,
    ids::{ApplicationId, ApplicationVersionId},
};
use secrets::{LookupKind, Place, TenantKeys};
use serde_json::{Value, json};
use std::sync::Arc;
use storage::{
    TenantTx,
    applications::{self as rows, Application, ServiceRow, VersionRow},
    drafts as draft_rows, enrolments,
};

/// What is about to be frozen.
pub(super) struct Filing {
    pub(super) opened: Opened,
    pub(super) answers: Answers,
    pub(super) sending: Sending,
    pub(super) keys: Arc<TenantKeys>,
}

/// Stores everything that sending means, in one transaction.
pub(super) async fn file(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    filing: Filing,
) -> Result<i32, Failure> {
    credential::ensure(ctx, platform, tx, &filing.opened, &filing.answers, &filing.keys).await?;
    let (application, verb) = match &filing.opened.application {
        None => (insert(ctx, platform, tx, &filing).await?, "application_submitted"),
        Some(existing) => {
            (update(ctx, platform, tx, &filing, existing).await?, Action::Resubmit.verb())
        }
    };
    let version = insert_version(ctx, platform, tx, &filing, &application).await?;
    let details = json!({ "version": application.current_version, "late": filing.sending.late });
    let to = filing.opened.email.as_deref().ok_or(Failure::Malformed("draft without address"))?;
    let locale = ctx.locale;
    let mail = NewMail {
        stem: "application_submitted",
        urgent: false,
        to,
        locale,
        draft: Some(filing.opened.draft.id),
        subject: version.uuid(),
    };
    mails::queue(ctx, platform, tx, &filing.keys, mail).await?;
    audit::record(ctx, platform, tx, verb, application.id.uuid(), details).await?;
    for service in &filing.sending.withdrawn {
        let (verb, details) = (Action::Withdraw.verb(), json!({ "school_service": service.tag() }));
        audit::record(ctx, platform, tx, verb, application.id.uuid(), details).await?;
    }
    Ok(application.number)
}

async fn insert(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    filing: &Filing,
) -> Result<Application, Failure> {
    let draft = &filing.opened.draft;
    draft_rows::update_kept(tx, draft.id).await?;
    let id = ApplicationId::new(ctx.now, &*platform.entropy);
    let (name, norm) = pupil_name(filing);
    let application = Application {
        id,
        draft: draft.id,
        school_year: draft.school_year,
        number: rows::next_number(tx, draft.school_year).await?,
        pupil_cf_hash: pupil_hash(filing),
        pupil_name_enc: filing.keys.seal(&*platform.entropy, name_place(id), name.as_bytes()),
        school_code: bound(filing, Binding::SchoolCode).to_owned(),
        state: State::Submitted,
        current_version: 1,
        submitted_at: ctx.now,
        last_submitted_at: ctx.now,
        answer_due: filing.opened.tenant.answer_by(ctx.now),
    };
    rows::insert(tx, &application, &norm).await?;
    for service in &filing.sending.sent {
        rows::insert_service(tx, id, service.tag()).await?;
    }
    Ok(application)
}

async fn update(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    filing: &Filing,
    existing: &Application,
) -> Result<Application, Failure> {
    let (name, norm) = pupil_name(filing);
    let states = update_services(ctx, tx, filing, existing).await?;
    let application = Application {
        pupil_name_enc: filing.keys.seal(
            &*platform.entropy,
            name_place(existing.id),
            name.as_bytes(),
        ),
        school_code: bound(filing, Binding::SchoolCode).to_owned(),
        state: overall(&states).unwrap_or(State::Submitted),
        current_version: existing.current_version + 1,
        last_submitted_at: ctx.now,
        answer_due: filing.opened.tenant.answer_by(ctx.now),
        ..existing.clone()
    };
    rows::update_version(tx, &application, &norm).await?;
    Ok(application)
}

/// Takes the edge of each service that is sent or taken back; what is kept stays as it was decided.
async fn update_services(
    ctx: &Ctx,
    tx: &mut TenantTx,
    filing: &Filing,
    existing: &Application,
) -> Result<Vec<State>, Failure> {
    let Sending { sent, withdrawn, .. } = &filing.sending;
    for service in sent {
        match filing.opened.services.iter().find(|known| known.school_service == service.tag()) {
            None => rows::insert_service(tx, existing.id, service.tag()).await?,
            Some(known) => take(tx, existing.id, Action::Resubmit, known).await?,
        }
    }
    for known in &filing.opened.services {
        if withdrawn.iter().any(|service| service.tag() == known.school_service) {
            take(tx, existing.id, Action::Withdraw, known).await?;
        }
    }
    for service in withdrawn {
        let slot = existing.slot(service.tag());
        enrolments::update_ended(tx, slot, existing.id, ctx.now).await?;
    }
    let services = rows::list_services(tx, existing.id).await?;
    Ok(services.iter().map(|service| service.state).collect())
}

/// Takes an edge of the family, where there is one.
async fn take(
    tx: &mut TenantTx,
    id: ApplicationId,
    action: Action,
    known: &ServiceRow,
) -> Result<(), Failure> {
    if let Some(edge) = edge(Party::Family, action, known.state) {
        rows::update_resubmitted(tx, id, &known.school_service, edge.to).await?;
    }
    Ok(())
}

async fn insert_version(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    filing: &Filing,
    application: &Application,
) -> Result<ApplicationVersionId, Failure> {
    let id = ApplicationVersionId::new(ctx.now, &*platform.entropy);
    let (opened, keys) = (&filing.opened, &filing.keys);
    let version = VersionRow {
        id,
        application: application.id,
        version: application.current_version,
        form_definition: opened.draft.form_definition,
        answers_enc: seal_document(
            platform,
            keys,
            version_place(id),
            &opened.pupil,
            &filing.answers,
        )?,
        draft_revision: opened.draft.revision,
        privacy_version: opened.tenant.privacy_version().to_owned(),
        declarations_version: opened.tenant.declarations_version().to_owned(),
        tenant_version: opened.tenant.version(),
        late: filing.sending.late,
        locale: ctx.locale.tag().to_owned(),
        identity_proof: proof(opened)?,
        submitted_at: ctx.now,
    };
    let verification =
        keys.lookup_hash(LookupKind::VerificationCode, &keys.verification_code(id.uuid()));
    rows::insert_version(tx, &version, &verification).await?;
    Ok(id)
}

fn proof(opened: &Opened) -> Result<Option<Value>, Failure> {
    let Some(person) = &opened.person else { return Ok(None) };
    let proof = IdentityProof {
        scheme: person.identity.scheme,
        provider: person.identity.provider.clone(),
        level: person.identity.level,
        signed_in_at: person.signed_in_at,
    };
    serde_json::to_value(proof).map(Some).map_err(|_| Failure::Malformed("identity proof"))
}

/// Where an application's pupil name is sealed for.
pub(super) fn name_place(id: ApplicationId) -> Place {
    Place { table: "application", row: id.uuid(), column: "pupil_name_enc" }
}

fn bound(filing: &Filing, binding: Binding) -> &str {
    filing.answers.bound(&filing.opened.definition, binding).unwrap_or_default()
}

/// «Cognome Nome», and its normalised form for searching.
fn pupil_name(filing: &Filing) -> (String, String) {
    let name =
        format!("{} {}", bound(filing, Binding::PupilSurname), bound(filing, Binding::PupilName));
    let norm = fold(&name);
    (name, norm)
}

fn pupil_hash(filing: &Filing) -> Vec<u8> {
    filing.keys.lookup_hash(LookupKind::CodiceFiscale, filing.opened.pupil.as_str()).to_vec()
}

/// The family's language, from a stored tag.
pub(super) fn locale_of(tag: &str) -> Locale {
    tag.parse().unwrap_or_default()
}
