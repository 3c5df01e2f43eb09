//! One line of the audit trail per act, in the act's own transaction.

use crate::{Failure, Platform};
use domain::{Actor, Ctx, ids::AuditEventId};
use serde_json::Value;
use storage::{
    TenantTx,
    audit_events::{self, NewAuditEvent},
};
use uuid::Uuid;

/// Appends a line; call it last, it holds the tenant's chain until the commit. Details: codes and ids only.
pub(crate) async fn record(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    verb: &str,
    subject: Uuid,
    details: Value,
) -> Result<(), Failure> {
    let event = NewAuditEvent {
        id: AuditEventId::new(ctx.now, &*platform.entropy),
        at: ctx.now,
        actor: &actor(&ctx.actor),
        verb,
        subject,
        details: &details,
    };
    Ok(audit_events::append(tx, &event).await?)
}

fn actor(actor: &Actor) -> String {
    match actor {
        Actor::Anonymous => "anonymous".into(),
        Actor::Family { .. } => "family".into(),
        Actor::Officer(officer) => format!("officer:{officer}"),
        Actor::Platform => "platform".into(),
    }
}
