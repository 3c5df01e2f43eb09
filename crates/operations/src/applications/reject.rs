//! The office refuses, and says why (L. 241/90 art. 3).

use super::{
    decide::{self, Decided},
    read::reason_place,
};
use crate::{Failure, Platform, audit};
use domain::{
    Ctx,
    application::{Action, State, overall},
    ids::ApplicationId,
};
use serde_json::json;
use storage::applications::{self as rows, Decision};

/// What the officer posts.
#[derive(Clone, Debug)]
pub struct Reject {
    /// The application.
    pub application: ApplicationId,
    /// The version the officer read.
    pub version: i32,
    /// The reason, in words for the family.
    pub reason: String,
}

/// Refuses every service that waits for a decision.
pub async fn reject(ctx: &Ctx, platform: &Platform, input: Reject) -> Result<Decided, Failure> {
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Ok(Decided::ReasonMissing);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let case =
        match decide::open(ctx, &mut tx, input.application, input.version, Action::Reject).await? {
            Ok(case) => case,
            Err(decided) => return Ok(decided),
        };
    let sealed = keys.seal(&*platform.entropy, reason_place(input.application), reason.as_bytes());
    for (service, edge) in &case.services {
        let decision = Decision {
            application: case.application.id,
            school_service: &service.school_service,
            state: edge.to,
            version: input.version,
            by: case.officer,
            at: ctx.now,
            reason_enc: Some(&sealed),
            identity_verified_by: None,
        };
        rows::update_decision(&mut tx, &decision).await?;
    }
    let states: Vec<State> = rows::list_services(&mut tx, case.application.id)
        .await?
        .iter()
        .map(|row| row.state)
        .collect();
    rows::update_state(&mut tx, case.application.id, overall(&states).unwrap_or(State::Rejected))
        .await?;
    decide::tell(ctx, platform, &mut tx, &case, "application_refused").await?;
    let details = json!({ "version": input.version });
    let (verb, subject) = (Action::Reject.verb(), case.application.id.uuid());
    audit::record(ctx, platform, &mut tx, verb, subject, details).await?;
    tx.commit().await?;
    Ok(Decided::Done)
}
