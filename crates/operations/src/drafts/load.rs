//! Opening a draft: its answers, its form, what has been made of it.

use super::sealed_answers::{unseal_answers, unseal_document, version_place};
use crate::{
    Failure, Platform,
    identities::{Person, find_person},
    platform::open_text,
};
use domain::{
    CodiceFiscale, Ctx, SchoolYear,
    enrolment_window::rome_date,
    form::{Answers, FormContext, FormDefinition, Journey, take_asserted},
    ids::DraftId,
    school_service::SchoolService,
};
use secrets::{Place, TenantKeys};
use std::sync::Arc;
use storage::{
    TenantTx,
    applications::{self, Application, ServiceRow},
    drafts::{self, Draft},
    form_definitions,
};
use tenants::Tenant;

/// A draft, opened for reading or changing.
#[derive(Clone)]
pub struct Opened {
    /// The row.
    pub draft: Draft,
    /// The school year it enrols for.
    pub school_year: SchoolYear,
    /// The codice fiscale given at the door.
    pub pupil: CodiceFiscale,
    /// The person who began it, where a digital identity was the door.
    pub person: Option<Person>,
    /// Questions that the identity provider has answered: shown, not asked.
    pub fixed: Vec<String>,
    /// The verified address.
    pub email: Option<String>,
    /// The frozen form.
    pub definition: FormDefinition,
    /// What was typed so far.
    pub answers: Answers,
    /// Services that take applications now, and those already asked for.
    pub offered: Vec<SchoolService>,
    /// The application made from it.
    pub application: Option<Application>,
    /// Its services with their decisions.
    pub services: Vec<ServiceRow>,
    /// What its newest version answered.
    pub sent: Option<Answers>,
    /// The tenant.
    pub tenant: Arc<Tenant>,
}

/// Holds answers and an address: only its key may reach a log.
impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opened({})", self.draft.id)
    }
}

impl Opened {
    /// What judging the answers needs to know.
    pub fn form_context(&self, now: jiff::Timestamp) -> FormContext<'_> {
        FormContext {
            today: rome_date(now),
            schools: self.tenant.schools(),
            offered: &self.offered,
            pupil: Some(&self.pupil),
        }
    }

    /// Whether the first «Salva Bozza» mails a password: without digital identity that is the only way back.
    pub const fn needs_password(&self) -> bool {
        self.draft.credential.is_none() && self.person.is_none()
    }

    /// Whether the form may be shown: the address is proven.
    pub const fn is_verified(&self) -> bool {
        self.draft.verified_at.is_some()
    }

    /// Whether something visible differs from what was sent.
    pub fn has_unsent_changes(&self) -> bool {
        let journey = Journey::new(&self.definition, &self.answers, &self.offered);
        self.sent.as_ref().is_some_and(|sent| *sent != journey.visible_answers())
    }

    /// Whether the privacy notice was read in the version that is in force.
    pub fn has_read_privacy(&self) -> bool {
        self.draft.privacy_version.as_deref() == Some(self.tenant.privacy_version())
    }
}

/// Opens a draft that the actor's session covers. Any other draft does not exist.
pub async fn load(ctx: &Ctx, platform: &Platform, id: DraftId) -> Result<Opened, Failure> {
    if !ctx.may_open(id) {
        return Err(Failure::NotFound);
    }
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let draft = drafts::find(&mut tx, id).await?.ok_or(Failure::NotFound)?;
    let opened = open(ctx, platform, &mut tx, draft).await?;
    tx.commit().await?;
    Ok(opened)
}

/// The same, locked for a change.
pub(crate) async fn lock(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    id: DraftId,
) -> Result<Opened, Failure> {
    if !ctx.may_open(id) {
        return Err(Failure::NotFound);
    }
    let draft = drafts::lock(tx, id).await?.ok_or(Failure::NotFound)?;
    open(ctx, platform, tx, draft).await
}

async fn open(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    draft: Draft,
) -> Result<Opened, Failure> {
    let tenant = platform.tenant(ctx.tenant)?;
    let keys = platform.keys(ctx.tenant).await?;
    let form = form_definitions::get(tx, draft.form_definition).await?;
    let definition =
        serde_json::from_value(form.body).map_err(|_| Failure::Malformed("form definition"))?;
    let (pupil, mut answers) = unseal_answers(&keys, draft.id, &draft.answers_enc)?;
    let person = match draft.identity {
        Some(identity) => Some(find_person(tx, &keys, identity).await?),
        None => None,
    };
    let fixed = person
        .as_ref()
        .map_or_else(Vec::new, |person| take_asserted(&definition, &mut answers, &person.identity));
    let email = match &draft.email_enc {
        Some(sealed) => {
            let place = Place { table: "draft", row: draft.id.uuid(), column: "email_enc" };
            Some(open_text(&keys, place, sealed)?)
        }
        None => None,
    };
    let school_year =
        SchoolYear::starting(draft.school_year).map_err(|_| Failure::Malformed("school year"))?;
    let application = applications::find_by_draft(tx, draft.id).await?;
    let (services, sent) = match &application {
        Some(application) => (
            applications::list_services(tx, application.id).await?,
            Some(sent(tx, &keys, application).await?),
        ),
        None => (Vec::new(), None),
    };
    let offered = offered(&tenant, school_year, &services, ctx.now);
    Ok(Opened {
        draft,
        school_year,
        pupil,
        person,
        fixed,
        email,
        definition,
        answers,
        offered,
        application,
        services,
        sent,
        tenant,
    })
}

/// What the newest version answered.
async fn sent(
    tx: &mut TenantTx,
    keys: &TenantKeys,
    application: &Application,
) -> Result<Answers, Failure> {
    let version =
        applications::get_version(tx, application.id, application.current_version).await?;
    let (_, answers) = unseal_document(keys, version_place(version.id), &version.answers_enc)?;
    Ok(answers)
}

/// Services open now, and those an application already asked for: changing it must not lose them.
fn offered(
    tenant: &Tenant,
    year: SchoolYear,
    asked: &[ServiceRow],
    now: jiff::Timestamp,
) -> Vec<SchoolService> {
    let open = tenant.open_services(year, now);
    let asked_for =
        |service: &SchoolService| asked.iter().any(|row| row.school_service == service.tag());
    SchoolService::ALL
        .into_iter()
        .filter(|service| open.contains(service) || asked_for(service))
        .collect()
}
