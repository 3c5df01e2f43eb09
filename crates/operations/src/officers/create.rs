//! An officer's account, made on the operator's command line.

use crate::{Failure, Platform, audit};
use domain::{Ctx, EmailAddress, entropy::random_bytes, ids::OfficerId, password};
use secrets::{LookupKind, Place, TotpSecret};
use serde_json::json;
use storage::{
    Constraint, StorageError,
    officers::{self, OfficerRow},
};

/// Who gets an account.
#[derive(Debug)]
pub struct NewOfficer {
    /// Address to sign in with.
    pub email: EmailAddress,
    /// Name shown in the history.
    pub name: String,
}

/// What the operator hands over, once.
pub struct Created {
    /// First password.
    pub password: String,
    /// Secret for the authenticator app.
    pub totp: TotpSecret,
}

/// Creates the account; none when the address already has one.
pub async fn create(
    ctx: &Ctx,
    platform: &Platform,
    new: &NewOfficer,
) -> Result<Option<Created>, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let password = password::TemporaryPassword::from_random(random_bytes(&*platform.entropy));
    let hash = platform
        .hasher
        .hash(&password::normalised(password.as_str()), &*platform.entropy)
        .await
        .map_err(|_| Failure::Secrets)?;
    let totp = TotpSecret::new(&*platform.entropy);
    let id = OfficerId::new(ctx.now, &*platform.entropy);
    let place = |column| Place { table: "officer", row: id.uuid(), column };
    let seal = |column, plain: &[u8]| keys.seal(&*platform.entropy, place(column), plain);
    let row = OfficerRow {
        id,
        email_hash: keys.lookup_hash(LookupKind::Email, &new.email.normalised()).to_vec(),
        email_enc: seal("email_enc", new.email.as_str().as_bytes()),
        name_enc: seal("name_enc", new.name.as_bytes()),
        password_hash: hash,
        totp_enc: seal("totp_enc", totp.as_bytes()),
        last_totp_step: 0,
    };
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    match officers::insert(&mut tx, &row, ctx.now).await {
        Err(StorageError::Constraint(Constraint::OfficerEmail)) => return Ok(None),
        done => done?,
    }
    audit::record(ctx, platform, &mut tx, "officer_created", id.uuid(), json!({})).await?;
    tx.commit().await?;
    Ok(Some(Created { password: password.as_str().to_owned(), totp }))
}
