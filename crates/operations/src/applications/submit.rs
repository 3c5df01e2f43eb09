//! «Invia Iscrizione»: one application with one number, however often the button is pressed.

use super::credential;
use crate::{
    Failure, Platform, audit,
    drafts::{self, Opened, seal_document},
    mails::{self, NewMail},
};
use domain::{
    Ctx, Locale,
    application::{Action, State, edge, overall},
    enrolment_window::{WindowKind, WindowState},
    folding::fold,
    form::{Answers, Binding, Journey, validate_all},
    ids::{ApplicationId, ApplicationVersionId, DraftId},
    school_service::SchoolService,
};
use jiff::Timestamp;
use secrets::{LookupKind, Place, TenantKeys};
use serde_json::json;
use storage::{
    TenantTx,
    applications::{self as rows, Application, VersionRow},
    drafts as draft_rows,
};

/// What the summary page posts.
#[derive(Clone, Copy, Debug)]
pub struct Submit {
    /// The draft.
    pub draft: DraftId,
    /// The revision that the summary showed.
    pub revision: i32,
    /// The privacy box was ticked.
    pub privacy_accepted: bool,
    /// The declarations were made (DPR 445/2000).
    pub declarations_accepted: bool,
}

/// What came of sending.
#[derive(Debug, PartialEq, Eq)]
pub enum Submitted {
    /// It is sent: now, or by an earlier press of the same button.
    Sent {
        /// Registration number.
        number: i32,
    },
    /// The privacy notice was not read yet.
    PrivacyUnread,
    /// The privacy box or the declarations are not ticked.
    BoxesMissing,
    /// Something is missing or wrong in this step.
    Incomplete {
        /// Key of the first such step.
        step: String,
    },
    /// The answers have changed since the summary was shown.
    Stale,
    /// Nothing has changed since the last sending.
    Unchanged,
    /// These services do not take applications now; what was typed is kept.
    Closed {
        /// The services.
        services: Vec<SchoolService>,
    },
}

/// What is about to be frozen.
struct Filing {
    opened: Opened,
    answers: Answers,
    services: Vec<SchoolService>,
    late: bool,
    keys: std::sync::Arc<TenantKeys>,
}

/// Sends the draft as an application, or as a new version of the one it already is.
pub async fn submit(ctx: &Ctx, platform: &Platform, input: Submit) -> Result<Submitted, Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    // The lock on the draft makes parallel presses wait for each other; the later ones find the application.
    let opened = drafts::lock(ctx, platform, &mut tx, input.draft).await?;
    if let Some(application) = &opened.application {
        let sent =
            rows::find_version_by_revision(&mut tx, application.id, opened.draft.revision).await?;
        if sent.is_some() {
            let fresh = opened.draft.revision == input.revision;
            let number = application.number;
            return Ok(if fresh { Submitted::Sent { number } } else { Submitted::Unchanged });
        }
    }
    let closed = closed_services(&opened, ctx.now);
    if !closed.is_empty() {
        return Ok(Submitted::Closed { services: closed });
    }
    if let Some(refused) = judge(ctx, &opened, input) {
        return Ok(refused);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let filing = prepare(ctx, opened, keys);
    let number = file(ctx, platform, &mut tx, filing).await?;
    tx.commit().await?;
    Ok(Submitted::Sent { number })
}

fn judge(ctx: &Ctx, opened: &Opened, input: Submit) -> Option<Submitted> {
    if !opened.is_verified() || opened.draft.privacy_version.is_none() {
        return Some(Submitted::PrivacyUnread);
    }
    if opened.draft.revision != input.revision {
        return Some(Submitted::Stale);
    }
    let wrong = validate_all(&opened.definition, &opened.answers, &opened.form_context(ctx.now));
    if let Some((step, _)) = wrong.first() {
        return Some(Submitted::Incomplete { step: (*step).to_owned() });
    }
    (!(input.privacy_accepted && input.declarations_accepted)).then_some(Submitted::BoxesMissing)
}

fn prepare(ctx: &Ctx, opened: Opened, keys: std::sync::Arc<TenantKeys>) -> Filing {
    let journey = Journey::new(&opened.definition, &opened.answers, &opened.offered);
    let (answers, services) = (journey.visible_answers(), journey.services());
    let late = is_late(&opened, &services, ctx.now);
    Filing { opened, answers, services, late, keys }
}

/// Whether sending these services now is late, where late applications are taken.
pub fn is_late(opened: &Opened, services: &[SchoolService], now: Timestamp) -> bool {
    let late = |service| window_state(opened, service, now).is_some_and(WindowState::is_late);
    services.iter().copied().any(late)
}

/// Where the window of a service for new families stands at the instant of arrival.
fn window_state(opened: &Opened, service: SchoolService, now: Timestamp) -> Option<WindowState> {
    let mut windows = opened.tenant.windows();
    windows
        .find(|window| {
            window.school_year == opened.school_year
                && window.school_service == service
                && window.kind == WindowKind::New
        })
        .map(|window| window.state(now))
}

/// Services asked for whose window does not take this now; all of the year's when none is open. While the office asks
/// for something, sending is always possible.
pub fn closed_services(opened: &Opened, now: Timestamp) -> Vec<SchoolService> {
    if opened.services.iter().any(|service| service.state == State::InformationRequested) {
        return Vec::new();
    }
    let asked = Journey::new(&opened.definition, &opened.answers, &opened.offered).services();
    if asked.is_empty() && opened.tenant.open_services(opened.school_year, now).is_empty() {
        let offers = opened.tenant.offers(opened.school_year, WindowKind::New, now);
        return offers.iter().map(|offer| offer.service.school_service).collect();
    }
    let accepts = |service| window_state(opened, service, now).is_some_and(WindowState::accepts);
    asked.into_iter().filter(|service| !accepts(*service)).collect()
}

/// Stores everything that sending means, in one transaction.
async fn file(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    filing: Filing,
) -> Result<i32, Failure> {
    credential::ensure(ctx, platform, tx, &filing.opened, &filing.answers, &filing.keys).await?;
    let (application, verb) = match &filing.opened.application {
        None => (insert(ctx, platform, tx, &filing).await?, "application_submitted"),
        Some(existing) => {
            (update(ctx, platform, tx, &filing, existing).await?, "application_resubmitted")
        }
    };
    let version = insert_version(ctx, platform, tx, &filing, &application).await?;
    let details = json!({ "version": application.current_version, "late": filing.late });
    let to = filing.opened.email.as_deref().ok_or(Failure::Malformed("draft without address"))?;
    let locale = ctx.locale;
    let mail = NewMail {
        stem: "application_submitted",
        to,
        locale,
        draft: Some(filing.opened.draft.id),
        subject: version.uuid(),
    };
    mails::queue(ctx, platform, tx, &filing.keys, mail).await?;
    audit::record(ctx, platform, tx, verb, application.id.uuid(), details).await?;
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
    for service in &filing.services {
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
    let mut states = Vec::new();
    for known in &filing.opened.services {
        let wanted = filing.services.iter().any(|service| service.tag() == known.school_service);
        let action = if wanted { Action::Resubmit } else { Action::Withdraw };
        let to = edge(action, known.state).map_or(known.state, |edge| edge.to);
        rows::update_resubmitted(tx, existing.id, &known.school_service, to).await?;
        states.push(to);
    }
    for service in &filing.services {
        if !filing.opened.services.iter().any(|known| known.school_service == service.tag()) {
            rows::insert_service(tx, existing.id, service.tag()).await?;
            states.push(State::Submitted);
        }
    }
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
            answers_place(id),
            &opened.pupil,
            &filing.answers,
        )?,
        draft_revision: opened.draft.revision,
        privacy_version: opened.tenant.privacy_version().to_owned(),
        declarations_version: opened.tenant.declarations_version().to_owned(),
        tenant_version: opened.tenant.version(),
        late: filing.late,
        locale: ctx.locale.tag().to_owned(),
        submitted_at: ctx.now,
    };
    let verification =
        keys.lookup_hash(LookupKind::VerificationCode, &keys.verification_code(id.uuid()));
    rows::insert_version(tx, &version, &verification).await?;
    Ok(id)
}

/// Where a version's answers are sealed for.
pub(super) fn answers_place(id: ApplicationVersionId) -> Place {
    Place { table: "application_version", row: id.uuid(), column: "answers_enc" }
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
