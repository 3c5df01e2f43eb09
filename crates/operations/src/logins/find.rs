//! The request that an answer belongs to: same comune, same browser, same relay state, in time.

use super::{LoginRefusal, Purpose};
use crate::{Failure, Platform};
use domain::{
    Ctx,
    identity::{AssuranceLevel, IdentityScheme},
    ids::LoginRequestId,
};
use jiff::Timestamp;
use secrets::{Token, same};
use storage::login_requests::{self, LoginRequest};

/// A request that waits for its answer.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Key.
    pub id: LoginRequestId,
    /// ID of the request as sent.
    pub message_id: String,
    /// Scheme.
    pub scheme: IdentityScheme,
    /// Provider asked.
    pub provider: String,
    /// Level asked for.
    pub level: AssuranceLevel,
    /// What the person wanted.
    pub purpose: Purpose,
    /// Instant in the request.
    pub issued_at: Timestamp,
}

/// Finds the request by its ID; one that is over comes with the refusal. Reading consumes nothing; [`super::accept`] does.
pub async fn find(
    ctx: &Ctx,
    platform: &Platform,
    message_id: &str,
    relay_state: Option<&Token>,
    browser: Option<&Token>,
) -> Result<Result<Pending, (LoginRefusal, Option<Pending>)>, Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let found = login_requests::find_by_message(&mut tx, message_id).await?;
    tx.commit().await?;
    let Some(request) = found else { return Ok(Err((LoginRefusal::UnknownRequest, None))) };
    match refusal(ctx, &request, relay_state, browser) {
        None => pending(request).map(Ok),
        // Only who made it hears of it, and leaves a line in its register.
        Some(refusal @ (LoginRefusal::RequestUsed | LoginRefusal::RequestExpired)) => {
            Ok(Err((refusal, Some(pending(request)?))))
        }
        Some(refusal) => Ok(Err((refusal, None))),
    }
}

fn refusal(
    ctx: &Ctx,
    request: &LoginRequest,
    relay_state: Option<&Token>,
    browser: Option<&Token>,
) -> Option<LoginRefusal> {
    let matches =
        |token: Option<&Token>, hash: &[u8]| token.is_some_and(|token| same(&token.hash(), hash));
    if !matches(browser, &request.browser_hash) {
        return Some(LoginRefusal::OtherBrowser);
    }
    if !matches(relay_state, &request.relay_hash) {
        return Some(LoginRefusal::OtherRelayState);
    }
    if request.used_at.is_some() {
        return Some(LoginRefusal::RequestUsed);
    }
    (request.expires_at <= ctx.now).then_some(LoginRefusal::RequestExpired)
}

fn pending(request: LoginRequest) -> Result<Pending, Failure> {
    let malformed = || Failure::Malformed("login request");
    Ok(Pending {
        id: request.id,
        message_id: request.message_id,
        scheme: IdentityScheme::from_code(&request.scheme).ok_or_else(malformed)?,
        provider: request.provider,
        level: AssuranceLevel::from_number(request.level).ok_or_else(malformed)?,
        purpose: Purpose::from_code(&request.purpose),
        issued_at: request.issued_at,
    })
}
