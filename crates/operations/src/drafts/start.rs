//! «Sono un nuovo iscritto» with the codice fiscale alone: a new draft, whether or not the code is known.

use crate::{Failure, Platform, audit, drafts::seal_answers, sessions};
use domain::{
    CodiceFiscale, Ctx, SchoolYear,
    enrolment_window::WindowKind,
    form::{Answers, PrefillSource, Told, carry_over, prefill},
    ids::{DraftId, IdentityId},
};
use jiff::SignedDuration;
use secrets::LookupKind;
use serde_json::json;
use storage::{
    TenantTx,
    drafts::{self, NewDraft},
    form_definitions,
    sessions::{Grant, Session},
};

/// A draft whose address was never verified is erased after this long.
const UNVERIFIED: SignedDuration = SignedDuration::from_hours(24);

/// What came of it.
#[derive(Debug)]
pub enum Started {
    /// A draft was begun; the next page verifies the e-mail address.
    Draft {
        /// The draft.
        draft: DraftId,
        /// The session that opens it.
        session: sessions::Opened,
    },
    /// No service takes new enrolments now.
    NotOpen,
}

/// Begins a draft. The answer is the same for a codice fiscale that is known and for one that is not.
pub async fn start(
    ctx: &Ctx,
    platform: &Platform,
    codice_fiscale: &CodiceFiscale,
    session: Option<&Session>,
) -> Result<Started, Failure> {
    let tenant = platform.tenant(ctx.tenant)?;
    let Some(school_year) = tenant.enrolling_year(WindowKind::New, ctx.now) else {
        return Ok(Started::NotOpen);
    };
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let start = NewStart { codice_fiscale, school_year, identity: None, told: None };
    let id = insert_new(ctx, platform, &mut tx, start).await?;
    let grant = Grant { draft: id, must_change_password: false };
    let opened = sessions::open_family(ctx, platform, &mut tx, session, grant).await?;
    audit::record(ctx, platform, &mut tx, "draft_started", id.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(Started::Draft { draft: id, session: opened })
}

/// What a draft is begun with.
pub(crate) struct NewStart<'a> {
    /// The pupil's codice fiscale, as given at the door.
    pub(crate) codice_fiscale: &'a CodiceFiscale,
    /// The school year that takes new enrolments.
    pub(crate) school_year: SchoolYear,
    /// The person, where a digital identity is the door.
    pub(crate) identity: Option<IdentityId>,
    /// What the person told for another child.
    pub(crate) told: Option<Told>,
}

/// Inserts a draft with what is known already; the caller opens it to somebody.
pub(crate) async fn insert_new(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    start: NewStart<'_>,
) -> Result<DraftId, Failure> {
    let NewStart { codice_fiscale, school_year, identity, told } = start;
    let keys = platform.keys(ctx.tenant).await?;
    let form =
        form_definitions::find_newest(tx, school_year.first()).await?.ok_or(Failure::NotFound)?;
    let definition =
        serde_json::from_value(form.body).map_err(|_| Failure::Malformed("form definition"))?;
    let mut answers = Answers::new();
    let today = domain::enrolment_window::rome_date(ctx.now);
    prefill(
        &definition,
        &mut answers,
        &PrefillSource { pupil: codice_fiscale, verified_email: None, today },
    );
    if let Some(told) = &told {
        carry_over(told, &definition, &mut answers, today);
    }
    let id = DraftId::new(ctx.now, &*platform.entropy);
    let hash = keys.lookup_hash(LookupKind::CodiceFiscale, codice_fiscale.as_str());
    let answers_enc = seal_answers(platform, &keys, id, codice_fiscale, &answers)?;
    drafts::insert(
        tx,
        &NewDraft {
            id,
            form_definition: form.id,
            identity,
            school_year: school_year.first(),
            pupil_cf_hash: &hash,
            answers_enc: &answers_enc,
            locale: ctx.locale.tag(),
            created_at: ctx.now,
            expires_at: ctx.now + UNVERIFIED,
        },
    )
    .await?;
    Ok(id)
}
