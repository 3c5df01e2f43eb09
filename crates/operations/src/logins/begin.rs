//! A person leaves for the provider: the request is remembered before it goes.

use super::{LONGEST, Purpose, register::request_place};
use crate::{Failure, Platform};
use domain::{
    Ctx,
    identity::{AssuranceLevel, IdentityScheme},
    ids::{LoginRequestId, SessionId},
};
use secrets::Token;
use storage::login_requests::{self, LoginRequest};

/// A request about to leave.
#[derive(Debug)]
pub struct NewLogin<'a> {
    /// Scheme.
    pub scheme: IdentityScheme,
    /// Provider.
    pub provider: &'a str,
    /// Level asked for.
    pub level: AssuranceLevel,
    /// What the person wanted.
    pub purpose: Purpose,
    /// Its ID.
    pub message_id: &'a str,
    /// The message as it leaves.
    pub message: &'a str,
    /// The opaque value that comes back with the answer.
    pub relay_state: &'a Token,
    /// The cookie that binds the browser.
    pub browser: &'a Token,
    /// The session that the browser has; it ends when the sign-in succeeds.
    pub previous: Option<SessionId>,
}

/// Remembers the request. The first answer takes it into the register.
pub async fn begin(ctx: &Ctx, platform: &Platform, login: NewLogin<'_>) -> Result<(), Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let id = LoginRequestId::new(ctx.now, &*platform.entropy);
    let request = LoginRequest {
        id,
        message_id: login.message_id.to_owned(),
        scheme: login.scheme.code().to_owned(),
        provider: login.provider.to_owned(),
        level: login.level.number(),
        purpose: login.purpose.code().to_owned(),
        relay_hash: login.relay_state.hash().to_vec(),
        browser_hash: login.browser.hash().to_vec(),
        previous_session: login.previous,
        message_enc: keys.seal(&*platform.entropy, request_place(id), login.message.as_bytes()),
        refusals: 0,
        issued_at: ctx.now,
        expires_at: ctx.now + LONGEST,
        used_at: None,
    };
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    login_requests::insert(&mut tx, &request).await?;
    Ok(tx.commit().await?)
}
