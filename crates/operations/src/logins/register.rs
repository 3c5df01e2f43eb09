//! The register of sign-ins, kept 24 months: written with the act, read with a reason, erased on time.

use crate::{Failure, Platform, audit, platform::open_text};
use domain::{
    Actor, Ctx,
    ids::{IdentityId, LoginMessageId, LoginRequestId},
};
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use secrets::{Place, TenantKeys};
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::{
    TenantTx,
    login_messages::{self, LoginMessage},
    login_requests::LoginRequest,
};
use uuid::Uuid;

/// Months a line is kept (DPCM 24 October 2014, art. 13 c. 2).
const MONTHS: i32 = 24;
/// Lines erased or read in one transaction.
const BATCH: i64 = 500;

/// A line about to be written.
pub(super) struct NewLine<'a> {
    pub(super) login_request: LoginRequestId,
    pub(super) kind: &'a str,
    pub(super) scheme: &'a str,
    pub(super) provider: &'a str,
    pub(super) outcome: &'a str,
    pub(super) message_id: Option<&'a str>,
    pub(super) assertion_id: Option<&'a str>,
    pub(super) level: Option<i16>,
    pub(super) certificate: Option<&'a str>,
    pub(super) identity: Option<IdentityId>,
    pub(super) subject: Option<&'a str>,
    pub(super) person_code: Option<&'a str>,
    /// Another instant than now.
    pub(super) at: Option<Timestamp>,
    pub(super) message: &'a str,
    pub(super) network: &'a str,
}

impl<'a> NewLine<'a> {
    /// A line that so far knows its message only.
    pub(super) fn of(message: &'a str, network: &'a str) -> Self {
        Self {
            login_request: Uuid::nil().into(),
            kind: "",
            scheme: "",
            provider: "",
            outcome: "",
            message_id: None,
            assertion_id: None,
            level: None,
            certificate: None,
            identity: None,
            subject: None,
            person_code: None,
            at: None,
            message,
            network,
        }
    }
}

/// What is sealed of a line.
#[derive(Debug, Serialize, Deserialize)]
struct Body {
    message: String,
    network: String,
    subject: Option<String>,
    person_code: Option<String>,
}

/// A line as read.
#[derive(Debug, Serialize)]
pub struct RegisterLine {
    /// When it was sent or received.
    pub at: Timestamp,
    /// The sign-in it belongs to.
    pub login_request: LoginRequestId,
    /// `request`, `response`, `logout_request`, `logout_response`.
    pub kind: String,
    /// Scheme.
    pub scheme: String,
    /// Provider.
    pub provider: String,
    /// `sent`, `accepted`, or the code of a refusal.
    pub outcome: String,
    /// ID of the message.
    pub message_id: Option<String>,
    /// ID of the assertion in it.
    pub assertion_id: Option<String>,
    /// Level asked for or reached.
    pub level: Option<i16>,
    /// Fingerprint of the provider's certificate.
    pub certificate: Option<String>,
    /// The subject as the provider named it.
    pub subject: Option<String>,
    /// SPID code or eIDAS person identifier.
    pub person_code: Option<String>,
    /// Network of the visitor.
    pub network: String,
    /// The message exactly as sent or received.
    pub message: String,
}

/// Appends a line in the transaction of its act.
pub(super) async fn append(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    line: NewLine<'_>,
) -> Result<(), Failure> {
    let keys = platform.keys(ctx.tenant).await?;
    let id = LoginMessageId::new(ctx.now, &*platform.entropy);
    let body = Body {
        message: line.message.to_owned(),
        network: line.network.to_owned(),
        subject: line.subject.map(str::to_owned),
        person_code: line.person_code.map(str::to_owned),
    };
    let body = serde_json::to_vec(&body).map_err(|_| Failure::Malformed("register line"))?;
    let row = LoginMessage {
        id,
        login_request: line.login_request,
        kind: line.kind.to_owned(),
        scheme: line.scheme.to_owned(),
        provider: line.provider.to_owned(),
        outcome: line.outcome.to_owned(),
        message_id: line.message_id.map(str::to_owned),
        assertion_id: line.assertion_id.map(str::to_owned),
        level: line.level,
        certificate: line.certificate.map(str::to_owned),
        identity: line.identity,
        body_enc: keys.seal(&*platform.entropy, place(id), &body),
        at: line.at.unwrap_or(ctx.now),
        expires_at: term(ctx.now),
    };
    Ok(login_messages::append(tx, &row).await?)
}

/// Where a request waits sealed until it is answered.
pub(super) fn request_place(id: LoginRequestId) -> Place {
    Place { table: "login_request", row: id.uuid(), column: "message_enc" }
}

/// Takes the request into the register before the line of its first answer; later answers find it there.
/// Invariant: the request is locked, so no two answers are the first.
pub(super) async fn append_request_once(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    request: &LoginRequest,
    network: &str,
) -> Result<(), Failure> {
    if request.refusals > 0 || request.used_at.is_some() {
        return Ok(());
    }
    let keys = platform.keys(ctx.tenant).await?;
    let message = open_text(&keys, request_place(request.id), &request.message_enc)?;
    let line = NewLine {
        login_request: request.id,
        kind: "request",
        scheme: &request.scheme,
        provider: &request.provider,
        outcome: "sent",
        message_id: Some(&request.message_id),
        level: Some(request.level),
        at: Some(request.issued_at),
        ..NewLine::of(&message, network)
    };
    append(ctx, platform, tx, line).await
}

/// Two years later, by the calendar.
fn term(at: Timestamp) -> Timestamp {
    let end = at.to_zoned(TimeZone::UTC).checked_add(MONTHS.months());
    end.map_or(Timestamp::MAX, |end| end.timestamp())
}

/// Reads a stretch of the register. Who reads, why and how much is written into the audit trail before anything is
/// shown.
pub async fn register(
    ctx: &Ctx,
    platform: &Platform,
    (from, to): (Timestamp, Timestamp),
    reason: &str,
) -> Result<Vec<RegisterLine>, Failure> {
    if ctx.actor != Actor::Platform {
        return Err(Failure::Forbidden);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let mut lines = Vec::new();
    let mut after = (from, Uuid::nil());
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    loop {
        let rows = login_messages::list(&mut tx, after, to, BATCH).await?;
        let Some(last) = rows.last() else { break };
        after = (last.at, last.id.uuid());
        for row in rows {
            lines.push(opened(&keys, row)?);
        }
    }
    let details = json!({ "from": from, "to": to, "reason": reason, "lines": lines.len() });
    audit::record(ctx, platform, &mut tx, "register_read", ctx.tenant.uuid(), details).await?;
    tx.commit().await?;
    Ok(lines)
}

fn opened(keys: &TenantKeys, row: LoginMessage) -> Result<RegisterLine, Failure> {
    let bytes = keys.open(place(row.id), &row.body_enc).map_err(|_| Failure::Secrets)?;
    let body: Body =
        serde_json::from_slice(&bytes).map_err(|_| Failure::Malformed("register line"))?;
    Ok(RegisterLine {
        at: row.at,
        login_request: row.login_request,
        kind: row.kind,
        scheme: row.scheme,
        provider: row.provider,
        outcome: row.outcome,
        message_id: row.message_id,
        assertion_id: row.assertion_id,
        level: row.level,
        certificate: row.certificate,
        subject: body.subject,
        person_code: body.person_code,
        network: body.network,
        message: body.message,
    })
}

/// Erases lines whose term is over; returns how many.
pub(crate) async fn erase(ctx: &Ctx, platform: &Platform) -> Result<u64, Failure> {
    let mut erased = 0;
    loop {
        let mut tx = platform.pool.tenant(ctx.tenant).await?;
        let gone = login_messages::delete_expired(&mut tx, ctx.now, BATCH).await?;
        if gone == 0 {
            return Ok(erased);
        }
        let details = json!({ "lines": gone });
        audit::record(ctx, platform, &mut tx, "register_erased", ctx.tenant.uuid(), details)
            .await?;
        tx.commit().await?;
        erased += gone;
    }
}

fn place(id: LoginMessageId) -> Place {
    Place { table: "login_message", row: id.uuid(), column: "body_enc" }
}
