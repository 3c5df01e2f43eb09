//! The person behind a session: sealed names and codes, found again by a keyed hash.

use crate::{Failure, Platform};
use domain::{
    CodiceFiscale, Ctx,
    identity::{AssuranceLevel, Identity, IdentityScheme},
    ids::IdentityId,
};
use jiff::{Timestamp, civil::Date};
use secrets::{LookupKind, Place, TenantKeys};
use serde::{Deserialize, Serialize};
use storage::{
    TenantTx,
    identities::{self, IdentityRow},
    sessions::Session,
};

/// A person as last asserted.
#[derive(Clone, Debug)]
pub struct Person {
    /// Key.
    pub id: IdentityId,
    /// What the provider said.
    pub identity: Identity,
    /// When it said so.
    pub signed_in_at: Timestamp,
}

/// What is sealed as one document.
#[derive(Serialize, Deserialize)]
struct Sealed {
    codice_fiscale: Option<String>,
    person_code: Option<String>,
    name: String,
    surname: String,
    birth_date: Option<Date>,
    email: Option<String>,
}

/// The person whose session this is.
pub async fn person(ctx: &Ctx, platform: &Platform, session: &Session) -> Result<Person, Failure> {
    let id = session.identity.ok_or(Failure::NotFound)?;
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let person = find_person(&mut tx, &keys, id).await?;
    tx.commit().await?;
    Ok(person)
}

/// The person with that key.
pub(crate) async fn find_person(
    tx: &mut TenantTx,
    keys: &TenantKeys,
    id: IdentityId,
) -> Result<Person, Failure> {
    opened(keys, &identities::find(tx, id).await?.ok_or(Failure::NotFound)?)
}

/// By what a person is found again: the codice fiscale, which SPID and CIE share; where there is none, scheme and
/// person code.
fn key_hash(keys: &TenantKeys, identity: &Identity) -> Result<Vec<u8>, Failure> {
    let hash = match (&identity.codice_fiscale, &identity.person_code) {
        (Some(code), _) => keys.lookup_hash(LookupKind::CodiceFiscale, code.as_str()),
        (None, Some(code)) => {
            keys.lookup_hash(LookupKind::Identity, &format!("{} {code}", identity.scheme.code()))
        }
        (None, None) => return Err(Failure::Malformed("identity without a key")),
    };
    Ok(hash.to_vec())
}

/// Inserts the person, or brings up to date what is known of them. Two sign-ins at once wait for each other.
pub(crate) async fn remember(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    identity: &Identity,
) -> Result<IdentityId, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let key_hash = key_hash(&keys, identity)?;
    tx.hold(&key_hash).await?;
    let known = identities::lock_by_key(tx, &key_hash).await?;
    let id =
        known.as_ref().map_or_else(|| IdentityId::new(ctx.now, &*platform.entropy), |row| row.id);
    let row = IdentityRow {
        id,
        key_hash,
        body_enc: seal(platform, &keys, id, identity)?,
        scheme: identity.scheme.code().to_owned(),
        provider: identity.provider.clone(),
        level: identity.level.number(),
        created_at: known.as_ref().map_or(ctx.now, |row| row.created_at),
        signed_in_at: ctx.now,
    };
    if known.is_some() {
        identities::update_signed_in(tx, &row).await?;
    } else {
        identities::insert(tx, &row).await?;
    }
    Ok(id)
}

fn seal(
    platform: &Platform,
    keys: &TenantKeys,
    id: IdentityId,
    identity: &Identity,
) -> Result<Vec<u8>, Failure> {
    let body = Sealed {
        codice_fiscale: identity.codice_fiscale.as_ref().map(|code| code.as_str().to_owned()),
        person_code: identity.person_code.clone(),
        name: identity.name.clone(),
        surname: identity.surname.clone(),
        birth_date: identity.birth_date,
        email: identity.email.clone(),
    };
    let bytes = serde_json::to_vec(&body).map_err(|_| Failure::Malformed("identity"))?;
    Ok(keys.seal(&*platform.entropy, place(id), &bytes))
}

fn opened(keys: &TenantKeys, row: &IdentityRow) -> Result<Person, Failure> {
    let malformed = || Failure::Malformed("identity");
    let bytes = keys.open(place(row.id), &row.body_enc).map_err(|_| Failure::Secrets)?;
    let body: Sealed = serde_json::from_slice(&bytes).map_err(|_| malformed())?;
    let code = body.codice_fiscale.as_deref().map(CodiceFiscale::parse);
    let identity = Identity {
        scheme: IdentityScheme::from_code(&row.scheme).ok_or_else(malformed)?,
        provider: row.provider.clone(),
        level: AssuranceLevel::from_number(row.level).ok_or_else(malformed)?,
        codice_fiscale: code.transpose().map_err(|_| malformed())?,
        person_code: body.person_code,
        name: body.name,
        surname: body.surname,
        birth_date: body.birth_date,
        email: body.email,
    };
    Ok(Person { id: row.id, identity, signed_in_at: row.signed_in_at })
}

fn place(id: IdentityId) -> Place {
    Place { table: "identity", row: id.uuid(), column: "body_enc" }
}
