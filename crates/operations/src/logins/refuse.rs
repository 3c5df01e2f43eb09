//! An answer that was not taken: it leaves a line in the register, and one in the audit trail.

use super::{Pending, register};
use crate::{Failure, Platform, audit};
use domain::{Ctx, identity::IdentityScheme};
use serde_json::json;
use storage::login_requests;

/// Answers of one request that are kept in full; more is somebody filling the register.
const MOST_KEPT: i16 = 5;

/// A refused answer.
#[derive(Debug)]
pub struct Refused<'a> {
    /// The request it answers, where there is one and the browser is the one that made it.
    pub pending: Option<&'a Pending>,
    /// The scheme whose door it came to.
    pub scheme: IdentityScheme,
    /// Code of the reason.
    pub code: &'a str,
    /// Number of the provider's own error, where it is one (SPID technical rules, table of anomalies).
    pub provider_error: Option<u8>,
    /// The message as received, where it could be read.
    pub message: Option<&'a str>,
    /// Network of the visitor, for the register.
    pub network: &'a str,
}

/// Records a refusal. The request itself stays open: a stranger's message must not end a family's sign-in.
pub async fn refuse(ctx: &Ctx, platform: &Platform, refused: Refused<'_>) -> Result<(), Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let mut subject = ctx.tenant.uuid();
    if let (Some(pending), Some(message)) = (refused.pending, refused.message) {
        subject = pending.id.uuid();
        if let Some(request) = login_requests::lock(&mut tx, pending.id).await? {
            register::append_request_once(ctx, platform, &mut tx, &request, refused.network)
                .await?;
        }
        if login_requests::update_refused(&mut tx, pending.id, MOST_KEPT).await? {
            let line = register::NewLine {
                login_request: pending.id,
                kind: "response",
                scheme: refused.scheme.code(),
                provider: &pending.provider,
                outcome: refused.code,
                ..register::NewLine::of(message, refused.network)
            };
            register::append(ctx, platform, &mut tx, line).await?;
        }
    }
    let details = json!({ "scheme": refused.scheme.code(), "outcome": refused.code,
        "provider": refused.pending.map(|pending| pending.provider.as_str()),
        "provider_error": refused.provider_error });
    audit::record(ctx, platform, &mut tx, "sign_in_refused", subject, details).await?;
    Ok(tx.commit().await?)
}
