//! The office accepts: from now on the pupil is enrolled.

use super::decide::{self, Decided};
use crate::{Failure, Platform, audit};
use domain::{
    Ctx,
    application::{Action, IdentityVerification, State, overall},
    identity::IdentityProof,
    ids::{ApplicationId, EnrolmentId},
};
use serde_json::json;
use storage::{
    Constraint, StorageError,
    applications::{self as rows, Decision},
    enrolments::{self, NewEnrolment},
};

/// What the officer posts.
#[derive(Clone, Copy, Debug)]
pub struct Confirm {
    /// The application.
    pub application: ApplicationId,
    /// The version the officer read.
    pub version: i32,
    /// How the applicant's identity was verified (CAD art. 65).
    pub identity: Option<IdentityVerification>,
}

/// What is recorded of how the applicant was identified: SPID and CIE say so themselves; in all other cases the officer
/// does (eIDAS leaves the codice fiscale to be confirmed), and may not put words into a provider's mouth.
fn identification(
    proof: Option<serde_json::Value>,
    said: Option<IdentityVerification>,
) -> Result<Option<IdentityVerification>, Failure> {
    let proof: Option<IdentityProof> = proof
        .map(serde_json::from_value)
        .transpose()
        .map_err(|_| Failure::Malformed("identity proof"))?;
    match proof {
        Some(proof) if proof.scheme.gives_codice_fiscale() => {
            Ok(Some(IdentityVerification::DigitalIdentity))
        }
        _ => Ok(said.filter(|said| *said != IdentityVerification::DigitalIdentity)),
    }
}

/// Confirms every service that waits for a decision.
pub async fn confirm(ctx: &Ctx, platform: &Platform, input: Confirm) -> Result<Decided, Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let case = match decide::open(ctx, &mut tx, input.application, input.version, Action::Confirm)
        .await?
    {
        Ok(case) => case,
        Err(decided) => return Ok(decided),
    };
    let Some(identity) = identification(case.version.identity_proof.clone(), input.identity)?
    else {
        return Ok(Decided::IdentityMissing);
    };
    for (service, edge) in &case.services {
        let enrolment = NewEnrolment {
            id: EnrolmentId::new(ctx.now, &*platform.entropy),
            slot: case.application.slot(&service.school_service),
            application: case.application.id,
            version: case.version.id,
            created_at: ctx.now,
        };
        match enrolments::insert(&mut tx, &enrolment).await {
            Err(StorageError::Constraint(Constraint::EnrolmentLive)) => {
                return Ok(Decided::AlreadyEnrolled);
            }
            done => done?,
        }
        let decision = Decision {
            application: case.application.id,
            school_service: &service.school_service,
            state: edge.to,
            version: input.version,
            by: case.officer,
            at: ctx.now,
            reason_enc: None,
            identity_verified_by: Some(identity.code()),
        };
        rows::update_decision(&mut tx, &decision).await?;
    }
    let services = rows::list_services(&mut tx, case.application.id).await?;
    let states: Vec<State> = services.iter().map(|service| service.state).collect();
    let state = overall(&states).unwrap_or(State::Confirmed);
    rows::update_state(&mut tx, case.application.id, state).await?;
    decide::tell(ctx, platform, &mut tx, &case, "application_confirmed").await?;
    let details = json!({ "version": input.version, "identity": identity.code() });
    let (verb, subject) = (Action::Confirm.verb(), case.application.id.uuid());
    audit::record(ctx, platform, &mut tx, verb, subject, details).await?;
    tx.commit().await?;
    Ok(Decided::Done)
}
