//! Key pairs for SPID and CIE: made before they are needed, published side by side while one replaces the other.

use crate::{Failure, Platform, audit};
use domain::{Ctx, ids::SamlKeyId};
use jiff::Timestamp;
use secrecy::SecretString;
use secrets::Place;
use serde_json::json;
use storage::{
    Constraint, StorageError,
    saml_keys::{self as rows, SamlKey},
};

/// Whose key signs for a comune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOwner {
    /// The comune's own.
    Tenant,
    /// The operator's, for the comuni it aggregates.
    Operator,
}

/// A key pair, opened.
#[derive(Debug)]
pub struct KeyPair {
    /// Key.
    pub id: SamlKeyId,
    /// `next`, `signing`, `previous` or `retired`.
    pub usage: String,
    /// The private key (PEM); none once retired.
    pub private_key: Option<SecretString>,
    /// The certificate (DER).
    pub certificate: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
    /// End of the certificate.
    pub expires_at: Timestamp,
}

/// A pair made elsewhere, about to be kept.
#[derive(Debug)]
pub struct NewPair<'a> {
    /// The private key (PEM).
    pub private_key: &'a str,
    /// The certificate (DER).
    pub certificate: &'a [u8],
    /// End of the certificate.
    pub expires_at: Timestamp,
}

/// Why keys stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeysRefused {
    /// A next one waits already.
    #[error("a next key waits already; roll over to it, or discard it, before making another")]
    NextExists,
    /// There is no next one to roll over to.
    #[error("there is no next key; make one first")]
    NoNext,
    /// The one before is still published.
    #[error("the previous key is still published; retire it first")]
    PreviousExists,
    /// There is no previous one to retire.
    #[error("there is no previous key to retire")]
    NoPrevious,
}

/// All pairs of the owner, newest first.
pub async fn list(
    ctx: &Ctx,
    platform: &Platform,
    owner: KeyOwner,
) -> Result<Vec<KeyPair>, Failure> {
    let pairs = match owner {
        KeyOwner::Tenant => {
            let mut tx = platform.pool.tenant(ctx.tenant).await?;
            let pairs = rows::list(&mut tx).await?;
            tx.commit().await?;
            pairs
        }
        KeyOwner::Operator => {
            let mut tx = platform.pool.system().await?;
            let pairs = rows::list_of_operator(&mut tx).await?;
            tx.commit().await?;
            pairs
        }
    };
    let mut opened = Vec::with_capacity(pairs.len());
    for pair in pairs {
        opened.push(open(ctx, platform, owner, pair).await?);
    }
    Ok(opened)
}

/// The pairs that metadata publish: the one that signs first.
pub async fn published(
    ctx: &Ctx,
    platform: &Platform,
    owner: KeyOwner,
) -> Result<Vec<KeyPair>, Failure> {
    let mut pairs = list(ctx, platform, owner).await?;
    pairs.retain(|pair| pair.usage != "retired");
    pairs.sort_by_key(|pair| pair.usage != "signing");
    if pairs.first().is_none_or(|first| first.usage != "signing") {
        pairs.clear();
    }
    Ok(pairs)
}

/// Keeps a new pair: the first one signs at once, a later one waits as `next`. Returns its use.
pub async fn add(
    ctx: &Ctx,
    platform: &Platform,
    owner: KeyOwner,
    pair: NewPair<'_>,
) -> Result<Result<&'static str, KeysRefused>, Failure> {
    let known = list(ctx, platform, owner).await?;
    let has_signing = known.iter().any(|pair| pair.usage == "signing");
    let usage = if has_signing { "next" } else { "signing" };
    let id = SamlKeyId::new(ctx.now, &*platform.entropy);
    let row = SamlKey {
        id,
        usage: usage.to_owned(),
        private_key_enc: Some(seal(ctx, platform, owner, id, pair.private_key).await?),
        certificate: pair.certificate.to_vec(),
        created_at: ctx.now,
        expires_at: pair.expires_at,
    };
    let inserted = match owner {
        KeyOwner::Tenant => {
            let mut tx = platform.pool.tenant(ctx.tenant).await?;
            let inserted = rows::insert(&mut tx, &row).await;
            if inserted.is_ok() {
                let details = json!({ "use": usage });
                audit::record(ctx, platform, &mut tx, "saml_key_added", id.uuid(), details).await?;
                tx.commit().await?;
            }
            inserted
        }
        KeyOwner::Operator => {
            let mut tx = platform.pool.system().await?;
            let inserted = rows::insert_of_operator(&mut tx, &row).await;
            if inserted.is_ok() {
                tx.commit().await?;
            }
            inserted
        }
    };
    match inserted {
        Ok(()) => Ok(Ok(usage)),
        Err(StorageError::Constraint(Constraint::SamlKeyUse)) => Ok(Err(KeysRefused::NextExists)),
        Err(other) => Err(other.into()),
    }
}

/// The next pair signs from now on; the one before stays published until it is retired.
pub async fn roll(
    ctx: &Ctx,
    platform: &Platform,
    owner: KeyOwner,
) -> Result<Result<(), KeysRefused>, Failure> {
    let known = list(ctx, platform, owner).await?;
    let has = |usage: &str| known.iter().any(|pair| pair.usage == usage);
    if !has("next") {
        return Ok(Err(KeysRefused::NoNext));
    }
    if has("previous") {
        return Ok(Err(KeysRefused::PreviousExists));
    }
    change(ctx, platform, owner, &[("signing", "previous"), ("next", "signing")]).await?;
    Ok(Ok(()))
}

/// The next pair is given up before it has signed anything, and its private half is erased.
pub async fn discard(
    ctx: &Ctx,
    platform: &Platform,
    owner: KeyOwner,
) -> Result<Result<(), KeysRefused>, Failure> {
    let changed = change(ctx, platform, owner, &[("next", "retired")]).await?;
    Ok(if changed == 0 { Err(KeysRefused::NoNext) } else { Ok(()) })
}

/// The previous pair is published no longer, and its private half is erased.
pub async fn retire(
    ctx: &Ctx,
    platform: &Platform,
    owner: KeyOwner,
) -> Result<Result<(), KeysRefused>, Failure> {
    let changed = change(ctx, platform, owner, &[("previous", "retired")]).await?;
    Ok(if changed == 0 { Err(KeysRefused::NoPrevious) } else { Ok(()) })
}

async fn change(
    ctx: &Ctx,
    platform: &Platform,
    owner: KeyOwner,
    steps: &[(&str, &str)],
) -> Result<u64, Failure> {
    let mut changed = 0;
    match owner {
        KeyOwner::Tenant => {
            let mut tx = platform.pool.tenant(ctx.tenant).await?;
            for (from, to) in steps {
                changed += rows::update_use(&mut tx, from, to).await?;
            }
            let details = json!({ "steps": steps });
            let subject = ctx.tenant.uuid();
            audit::record(ctx, platform, &mut tx, "saml_keys_changed", subject, details).await?;
            tx.commit().await?;
        }
        KeyOwner::Operator => {
            let mut tx = platform.pool.system().await?;
            for (from, to) in steps {
                changed += rows::update_use_of_operator(&mut tx, from, to).await?;
            }
            tx.commit().await?;
        }
    }
    Ok(changed)
}

async fn seal(
    ctx: &Ctx,
    platform: &Platform,
    owner: KeyOwner,
    id: SamlKeyId,
    private_key: &str,
) -> Result<Vec<u8>, Failure> {
    let (entropy, plain) = (&*platform.entropy, private_key.as_bytes());
    Ok(match owner {
        KeyOwner::Tenant => platform.keys(ctx.tenant).await?.seal(entropy, place(owner, id), plain),
        KeyOwner::Operator => platform.keyring.operator().seal(entropy, place(owner, id), plain),
    })
}

async fn open(
    ctx: &Ctx,
    platform: &Platform,
    owner: KeyOwner,
    row: SamlKey,
) -> Result<KeyPair, Failure> {
    let place = place(owner, row.id);
    let private_key = match &row.private_key_enc {
        None => None,
        Some(sealed) => {
            let plain = match owner {
                KeyOwner::Tenant => platform.keys(ctx.tenant).await?.open(place, sealed),
                KeyOwner::Operator => platform.keyring.operator().open(place, sealed),
            };
            let plain = plain.map_err(|_| Failure::Secrets)?;
            let text = str::from_utf8(&plain).map_err(|_| Failure::Malformed("private key"))?;
            Some(SecretString::from(text))
        }
    };
    Ok(KeyPair {
        id: row.id,
        usage: row.usage,
        private_key,
        certificate: row.certificate,
        created_at: row.created_at,
        expires_at: row.expires_at,
    })
}

fn place(owner: KeyOwner, id: SamlKeyId) -> Place {
    let table = match owner {
        KeyOwner::Tenant => "saml_key",
        KeyOwner::Operator => "operator_saml_key",
    };
    Place { table, row: id.uuid(), column: "private_key_enc" }
}
