//! An answer that was proven: taken once, then a session.

use super::{LoginRefusal, Pending, register};
use crate::{
    Failure, Platform, audit,
    identities::remember,
    sessions::{self, Opened},
};
use domain::{Ctx, enrolment_window::rome_date, identity::Identity};
use jiff::Timestamp;
use secrets::{LookupKind, TenantKeys};
use serde_json::json;
use storage::login_requests;

/// What proves the sign-in.
#[derive(Debug)]
pub struct Evidence<'a> {
    /// The message as received.
    pub message: &'a str,
    /// Its ID.
    pub message_id: &'a str,
    /// ID of the assertion.
    pub assertion_id: &'a str,
    /// Until when the assertion could be presented again.
    pub assertion_expires_at: Timestamp,
    /// The subject as the provider names it for this sign-in.
    pub subject: &'a str,
    /// Fingerprint of the provider's certificate.
    pub certificate: &'a str,
    /// Network of the visitor, for the register.
    pub network: &'a str,
}

/// Uses up request and assertion, remembers the person, opens a session with a new token. A refusal leaves its trace in
/// the register and in the audit trail.
pub async fn accept(
    ctx: &Ctx,
    platform: &Platform,
    pending: &Pending,
    identity: &Identity,
    evidence: Evidence<'_>,
) -> Result<Result<Opened, LoginRefusal>, Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    // Another comune's request is not there.
    let Some(request) = login_requests::lock(&mut tx, pending.id).await? else {
        return Ok(Err(LoginRefusal::UnknownRequest));
    };
    register::append_request_once(ctx, platform, &mut tx, &request, evidence.network).await?;
    let refused = if !login_requests::update_used(&mut tx, pending.id, ctx.now).await? {
        Some(LoginRefusal::RequestUsed)
    } else if !use_assertion(&mut tx, &keys, pending, &evidence).await? {
        Some(LoginRefusal::AssertionUsed)
    } else {
        // Without a date of birth nobody is taken for an adult.
        (identity.is_adult(rome_date(ctx.now)) != Some(true)).then_some(LoginRefusal::Minor)
    };
    let outcome = refused.map_or("accepted", LoginRefusal::code);
    let mut line = register::NewLine {
        login_request: pending.id,
        kind: "response",
        scheme: pending.scheme.code(),
        provider: &pending.provider,
        outcome,
        message_id: Some(evidence.message_id),
        assertion_id: Some(evidence.assertion_id),
        level: Some(identity.level.number()),
        certificate: Some(evidence.certificate),
        subject: Some(evidence.subject),
        person_code: identity.person_code.as_deref(),
        ..register::NewLine::of(evidence.message, evidence.network)
    };
    let details = json!({ "scheme": pending.scheme.code(), "provider": pending.provider,
        "level": identity.level.number(), "outcome": outcome });
    if let Some(refusal) = refused {
        register::append(ctx, platform, &mut tx, line).await?;
        audit::record(ctx, platform, &mut tx, "sign_in_refused", pending.id.uuid(), details)
            .await?;
        tx.commit().await?;
        return Ok(Err(refusal));
    }
    let id = remember(ctx, platform, &mut tx, identity).await?;
    line.identity = Some(id);
    let subject = subject_hash(&keys, &pending.provider, evidence.subject);
    let previous = request.previous_session;
    let opened =
        sessions::open_person(ctx, platform, &mut tx, previous, (id, subject.to_vec())).await?;
    register::append(ctx, platform, &mut tx, line).await?;
    audit::record(ctx, platform, &mut tx, "signed_in", id.uuid(), details).await?;
    tx.commit().await?;
    Ok(Ok(opened))
}

async fn use_assertion(
    tx: &mut storage::TenantTx,
    keys: &TenantKeys,
    pending: &Pending,
    evidence: &Evidence<'_>,
) -> Result<bool, Failure> {
    let name = format!("assertion {} {}", pending.provider, evidence.assertion_id);
    let hash = keys.lookup_hash(LookupKind::Identity, &name);
    Ok(login_requests::insert_assertion(tx, &hash, evidence.assertion_expires_at).await?)
}

/// By what a session is found again when the provider ends it.
pub(super) fn subject_hash(keys: &TenantKeys, provider: &str, subject: &str) -> [u8; 32] {
    keys.lookup_hash(LookupKind::Identity, &format!("subject {provider} {subject}"))
}
