//! Reading what was sent: for the family's pages and documents, and for the office.

use super::filing::locale_of;
use crate::{
    Failure, Platform, audit,
    drafts::{unseal_document, version_place},
    identities::find_person,
    platform::open_text,
};
use domain::{
    Actor, Ctx, SchoolYear,
    application::State,
    identity::IdentityProof,
    ids::{ApplicationId, ApplicationVersionId, DraftId},
    school_service::SchoolService,
    submission::{Letter, LetterPassword, Submission, registration},
};
use secrets::{LookupKind, Place, TenantKeys};
use serde_json::json;
use storage::{
    TenantTx,
    applications::{self as rows, Application, ServiceRow, VersionRow},
    audit_events::{self, AuditEvent},
    credentials, drafts, form_definitions, mails,
};

/// A sent version. The family opens its own, the platform any for mails, an officer through [`detail`].
pub async fn submission(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
    version: Option<ApplicationVersionId>,
) -> Result<Submission, Failure> {
    if !(ctx.may_open(draft) || ctx.actor == Actor::Platform) {
        return Err(Failure::NotFound);
    }
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let application = rows::find_by_draft(&mut tx, draft).await?.ok_or(Failure::NotFound)?;
    let version = match version {
        None => rows::get_version(&mut tx, application.id, application.current_version).await?,
        Some(id) => rows::find_version(&mut tx, id).await?.ok_or(Failure::NotFound)?,
    };
    let submission = assemble(ctx, platform, &mut tx, &application, version).await?;
    tx.commit().await?;
    Ok(submission)
}

async fn assemble(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    application: &Application,
    version: VersionRow,
) -> Result<Submission, Failure> {
    if version.application != application.id {
        return Err(Failure::NotFound);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let form = form_definitions::get(tx, version.form_definition).await?;
    let definition =
        serde_json::from_value(form.body).map_err(|_| Failure::Malformed("form definition"))?;
    let (pupil, answers) = unseal_document(&keys, version_place(version.id), &version.answers_enc)?;
    let services = rows::list_services(tx, application.id).await?;
    let school_year = SchoolYear::starting(application.school_year)
        .map_err(|_| Failure::Malformed("school year"))?;
    Ok(Submission {
        application: application.id,
        draft: application.draft,
        version_id: version.id,
        version: version.version,
        number: application.number,
        school_year,
        first_submitted_at: application.submitted_at,
        submitted_at: version.submitted_at,
        late: version.late,
        answer_due: application.answer_due,
        state: application.state,
        services: services.iter().filter_map(known_service).collect(),
        pupil,
        definition,
        answers,
        locale: locale_of(&version.locale),
        privacy_version: version.privacy_version,
        declarations_version: version.declarations_version,
        tenant_version: version.tenant_version,
        identity: proof(version.identity_proof)?,
        verification_code: keys.verification_code(version.id.uuid()),
    })
}

fn proof(stored: Option<serde_json::Value>) -> Result<Option<IdentityProof>, Failure> {
    let proof = stored.map(serde_json::from_value).transpose();
    proof.map_err(|_| Failure::Malformed("identity proof"))
}

fn known_service(row: &ServiceRow) -> Option<(SchoolService, domain::application::State)> {
    Some((row.school_service.parse().ok()?, row.state))
}

/// What the credentials letter of a draft's guardian says now.
pub async fn letter(ctx: &Ctx, platform: &Platform, draft: DraftId) -> Result<Letter, Failure> {
    if !(ctx.may_open(draft) || ctx.actor == Actor::Platform) {
        return Err(Failure::NotFound);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let row = drafts::find(&mut tx, draft).await?.ok_or(Failure::NotFound)?;
    let credential = credentials::get(&mut tx, row.credential.ok_or(Failure::NotFound)?).await?;
    let application = rows::find_by_draft(&mut tx, draft).await?.ok_or(Failure::NotFound)?;
    let code_kept = rows::exists_earlier(&mut tx, credential.id, application.submitted_at).await?;
    let password = match row.identity {
        Some(identity) => {
            let person = find_person(&mut tx, &keys, identity).await?;
            LetterPassword::DigitalIdentity(person.identity.scheme)
        }
        None => letter_password(ctx, &keys, &credential),
    };
    tx.commit().await?;
    let login_code = credential.login_code.clone().ok_or(Failure::NotFound)?;
    Ok(Letter { login_code, code_kept, password })
}

fn letter_password(
    ctx: &Ctx,
    keys: &TenantKeys,
    credential: &credentials::Credential,
) -> LetterPassword {
    if credential.password_hash.is_some() {
        return LetterPassword::Chosen;
    }
    match (credential.temp_nonce.as_deref(), credential.temp_expires_at) {
        (Some(nonce), Some(expires_at)) if ctx.now < expires_at => LetterPassword::Temporary {
            password: keys.temporary_password(credential.id.uuid(), nonce),
            expires_at,
        },
        _ => LetterPassword::Expired,
    }
}

/// Everything the office sees of one application.
pub struct Detail {
    /// The newest version.
    pub submission: Submission,
    /// The services with their decisions.
    pub services: Vec<ServiceRow>,
    /// Reasons of refusals, opened, by service code.
    pub reasons: Vec<(String, String)>,
    /// What happened to it, oldest first.
    pub history: Vec<AuditEvent>,
    /// Other applications for the same pupil and school year, in their newest version.
    pub duplicates: Vec<Submission>,
    /// The family's address.
    pub email: Option<String>,
    /// Error code of the last mail that could not be delivered.
    pub mail_failure: Option<String>,
}

/// Opens an application for an officer; the reading is recorded.
pub async fn detail(ctx: &Ctx, platform: &Platform, id: ApplicationId) -> Result<Detail, Failure> {
    let Actor::Officer(_) = ctx.actor else { return Err(Failure::NotFound) };
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let application = rows::find(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    let version = rows::get_version(&mut tx, id, application.current_version).await?;
    let submission = assemble(ctx, platform, &mut tx, &application, version).await?;
    let services = rows::list_services(&mut tx, id).await?;
    let draft = drafts::find(&mut tx, application.draft).await?.ok_or(Failure::NotFound)?;
    let email = match &draft.email_enc {
        Some(sealed) => Some(open_text(&keys, email_place(draft.id), sealed)?),
        None => None,
    };
    let mail_failure = mails::find_failure(&mut tx, application.draft).await?;
    let duplicates = duplicates(ctx, platform, &mut tx, &application).await?;
    let history = audit_events::list_by_subject(&mut tx, id.uuid()).await?;
    audit::record(ctx, platform, &mut tx, "application_read", id.uuid(), json!({})).await?;
    tx.commit().await?;
    let reasons = open_reasons(&keys, id, &services)?;
    Ok(Detail { submission, services, reasons, history, duplicates, email, mail_failure })
}

/// The other applications for the pupil; what is shown of them counts as read.
async fn duplicates(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    application: &Application,
) -> Result<Vec<Submission>, Failure> {
    let mut found = Vec::new();
    for id in rows::list_duplicates(tx, application).await? {
        let other = rows::find(tx, id).await?.ok_or(Failure::NotFound)?;
        let version = rows::get_version(tx, id, other.current_version).await?;
        found.push(assemble(ctx, platform, tx, &other, version).await?);
        audit::record(ctx, platform, tx, "application_read", id.uuid(), json!({})).await?;
    }
    Ok(found)
}

fn open_reasons(
    keys: &TenantKeys,
    id: ApplicationId,
    services: &[ServiceRow],
) -> Result<Vec<(String, String)>, Failure> {
    let sealed = services
        .iter()
        .filter_map(|row| Some((row.school_service.clone(), row.reason_enc.as_ref()?)));
    sealed
        .map(|(service, sealed)| Ok((service, open_text(keys, reason_place(id), sealed)?)))
        .collect()
}

/// Where the reason of a refusal is sealed for.
pub(super) fn reason_place(id: ApplicationId) -> Place {
    Place { table: "application_service", row: id.uuid(), column: "reason_enc" }
}

/// Where a draft's verified address is sealed for.
pub(super) fn email_place(id: DraftId) -> Place {
    Place { table: "draft", row: id.uuid(), column: "email_enc" }
}

/// The reasons of refusals, for the family, by service code; of services refused now, not of earlier decisions.
pub async fn refusal_reasons(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
) -> Result<Vec<(String, String)>, Failure> {
    if !ctx.may_open(draft) {
        return Err(Failure::NotFound);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let draft = drafts::find(&mut tx, draft).await?.ok_or(Failure::NotFound)?;
    let Some(application) = rows::find_by_draft(&mut tx, draft.id).await? else {
        return Ok(Vec::new());
    };
    let mut services = rows::list_services(&mut tx, application.id).await?;
    tx.commit().await?;
    services.retain(|service| service.state == State::Rejected);
    open_reasons(&keys, application.id, &services)
}

/// What the public check page says of a verification code: registration number, day of sending, whether it is the
/// newest version. Nothing personal.
pub async fn check_document(
    ctx: &Ctx,
    platform: &Platform,
    typed: &str,
) -> Result<Option<CheckedDocument>, Failure> {
    let Some(code) = TenantKeys::read_verification_code(typed) else { return Ok(None) };
    let keys = platform.keys(ctx.tenant).await?;
    let hash = keys.lookup_hash(LookupKind::VerificationCode, &code);
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let Some(version) = rows::find_version_by_verification(&mut tx, &hash).await? else {
        return Ok(None);
    };
    let application = rows::find(&mut tx, version.application).await?.ok_or(Failure::NotFound)?;
    tx.commit().await?;
    let school_year = SchoolYear::starting(application.school_year)
        .map_err(|_| Failure::Malformed("school year"))?;
    Ok(Some(CheckedDocument {
        registration: registration(school_year, application.number),
        submitted_at: version.submitted_at,
        is_current: version.version == application.current_version,
    }))
}

/// A document that the tenant really made.
#[derive(Debug)]
pub struct CheckedDocument {
    /// Registration number.
    pub registration: String,
    /// Instant of sending of the version it shows.
    pub submitted_at: jiff::Timestamp,
    /// No newer version was sent since.
    pub is_current: bool,
}

/// The draft behind an application, for an officer.
pub async fn draft_of(
    ctx: &Ctx,
    platform: &Platform,
    id: ApplicationId,
) -> Result<DraftId, Failure> {
    let Actor::Officer(_) = ctx.actor else { return Err(Failure::NotFound) };
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let application = rows::find(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    tx.commit().await?;
    Ok(application.draft)
}
