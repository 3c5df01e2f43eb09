//! Many applications at once, as far as the office's list reads them.

use crate::app::TestApp;
use domain::{
    Clock as _,
    application::State,
    folding::fold,
    ids::{ApplicationId, DraftId},
};
use jiff::{SignedDuration, civil::date};
use secrets::{LookupKind, Place, TenantKeys};
use storage::{
    applications::{self, Application},
    drafts::{self, NewDraft},
    form_definitions,
};

/// School year of the fixtures.
const YEAR: i16 = 2026;

/// Stores an application per pupil, «Cognome Nome», each a minute older than the one before it.
pub async fn store(app: &TestApp, slug: &str, pupils: &[String]) {
    let keys = app.platform.keys(app.tenant(slug)).await.expect("the tenant has keys");
    for (minutes, pupil) in (0..).zip(pupils) {
        store_one(app, slug, &keys, minutes, pupil).await;
    }
}

async fn store_one(app: &TestApp, slug: &str, keys: &TenantKeys, minutes: i64, pupil: &str) {
    let at = app.clock.now() - SignedDuration::from_mins(minutes);
    let mut tx = app.platform.pool.tenant(app.tenant(slug)).await.expect("the database answers");
    let form =
        form_definitions::find_newest(&mut tx, YEAR).await.expect("a query").expect("a form");
    let entropy = &*app.platform.entropy;
    let (draft, id) = (DraftId::new(at, entropy), ApplicationId::new(at, entropy));
    let pupil_cf_hash = keys.lookup_hash(LookupKind::CodiceFiscale, &id.to_string());
    let new = NewDraft {
        id: draft,
        form_definition: form.id,
        identity: None,
        school_year: YEAR,
        pupil_cf_hash: &pupil_cf_hash,
        answers_enc: b"sealed",
        locale: "it",
        created_at: at,
        expires_at: at,
    };
    drafts::insert(&mut tx, &new).await.expect("a draft");
    drafts::update_kept(&mut tx, draft).await.expect("kept");
    let place = Place { table: "application", row: id.uuid(), column: "pupil_name_enc" };
    let application = Application {
        id,
        draft,
        school_year: YEAR,
        number: applications::next_number(&mut tx, YEAR).await.expect("a number"),
        pupil_cf_hash: pupil_cf_hash.to_vec(),
        pupil_name_enc: keys.seal(entropy, place, pupil.as_bytes()),
        school_code: "TAEEALFA01".to_owned(),
        state: State::Submitted,
        current_version: 1,
        submitted_at: at,
        last_submitted_at: at,
        answer_due: date(2026, 10, 15),
    };
    applications::insert(&mut tx, &application, &fold(pupil)).await.expect("an application");
    tx.commit().await.expect("committed");
}
