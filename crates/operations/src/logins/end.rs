//! The provider ends a session (Single Logout).

use super::{accept::subject_hash, register};
use crate::{Failure, Platform, audit};
use domain::{Ctx, identity::IdentityScheme, ids::LoginRequestId};
use serde_json::json;
use storage::sessions;

/// A proven request of a provider to end a person's sessions, and our answer to it.
#[derive(Debug)]
pub struct Logout<'a> {
    /// Scheme.
    pub scheme: IdentityScheme,
    /// The provider.
    pub provider: &'a str,
    /// The subject as the provider named it at the sign-in.
    pub subject: &'a str,
    /// ID of the request.
    pub message_id: &'a str,
    /// The request as received.
    pub message: &'a str,
    /// The answer as it will leave, where there is one.
    pub answer: Option<&'a str>,
    /// Network of the visitor, for the register.
    pub network: &'a str,
}

/// Ends the sessions of that subject; none is as good as one. Returns how many.
pub async fn end(ctx: &Ctx, platform: &Platform, logout: Logout<'_>) -> Result<u64, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let subject = subject_hash(&keys, logout.provider, logout.subject);
    let ended = sessions::delete_by_subject(&mut tx, &subject).await?;
    let id = LoginRequestId::new(ctx.now, &*platform.entropy);
    let answer = logout.answer.map(|answer| ("logout_response", "sent", answer));
    let lines = [Some(("logout_request", "accepted", logout.message)), answer];
    for (kind, outcome, message) in lines.into_iter().flatten() {
        let line = register::NewLine {
            login_request: id,
            kind,
            scheme: logout.scheme.code(),
            provider: logout.provider,
            outcome,
            message_id: (kind == "logout_request").then_some(logout.message_id),
            subject: Some(logout.subject),
            ..register::NewLine::of(message, logout.network)
        };
        register::append(ctx, platform, &mut tx, line).await?;
    }
    let details = json!({ "provider": logout.provider, "sessions": ended });
    audit::record(ctx, platform, &mut tx, "signed_out_by_provider", id.uuid(), details).await?;
    tx.commit().await?;
    Ok(ended)
}
