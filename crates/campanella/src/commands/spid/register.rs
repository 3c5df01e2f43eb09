//! `campanella spid register`: a stretch of the register of sign-ins, for who may ask for it. The reading itself is
//! written into the audit trail.

use super::{super::say, Desk, ctx};
use crate::cli::Register;
use anyhow::{Context as _, Result, bail};
use domain::enrolment_window::rome_instant;
use operations::logins;
use std::process::ExitCode;

/// Prints one line of JSON per message.
pub(super) async fn print(desk: &Desk<'_>, asked: &Register) -> Result<ExitCode> {
    if asked.reason.trim().len() < 5 {
        bail!("say why the register is read, such as the number of the request");
    }
    let tenant = desk.tenant(&asked.tenant)?;
    let midnight = |day: jiff::civil::Date| {
        rome_instant(day.at(0, 0, 0, 0)).context("no such instant in Europe/Rome")
    };
    let (from, to) = (midnight(asked.from)?, midnight(asked.to.tomorrow()?)?);
    let ctx = ctx(tenant.id());
    let lines = logins::register(&ctx, &desk.platform, (from, to), asked.reason.trim()).await?;
    for line in lines {
        say(&serde_json::to_string(&line)?)?;
    }
    Ok(ExitCode::SUCCESS)
}
