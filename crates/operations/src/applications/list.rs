//! The office's list: search by name or codice fiscale, filter by state, page by page.

use super::filing::name_place;
use crate::{Failure, Platform, platform::open_text};
use domain::{
    Actor, CodiceFiscale, Ctx, SchoolYear, application::State, folding::fold, ids::ApplicationId,
    submission::registration,
};
use jiff::Timestamp;
use secrets::LookupKind;
use storage::applications::{self as rows, Filter};

/// Rows on a page.
const PAGE: usize = 50;

/// What the officer looks for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// A pupil's codice fiscale, or the beginning of surname and name; empty for all.
    pub text: String,
    /// One state only.
    pub state: Option<State>,
    /// Continue after this row.
    pub after: Option<(Timestamp, ApplicationId)>,
}

/// One line.
pub struct ListedApplication {
    /// Key.
    pub id: ApplicationId,
    /// Registration number.
    pub registration: String,
    /// «Cognome Nome» of the pupil.
    pub pupil: String,
    /// School code.
    pub school_code: String,
    /// Overall state.
    pub state: State,
    /// Last sending.
    pub submitted_at: Timestamp,
}

/// A page of the list.
pub struct Found {
    /// The lines.
    pub applications: Vec<ListedApplication>,
    /// How many there are in each state, whatever is searched for.
    pub counts: Vec<(State, i64)>,
    /// Where the next page begins, if there is one.
    pub next: Option<(Timestamp, ApplicationId)>,
    /// A search found more than a page; it has no next one, more letters find the rest.
    pub cut: bool,
}

/// Lists applications for an officer.
pub async fn list(ctx: &Ctx, platform: &Platform, search: &Search) -> Result<Found, Failure> {
    let Actor::Officer(_) = ctx.actor else { return Err(Failure::NotFound) };
    let keys = platform.keys(ctx.tenant).await?;
    let hash = CodiceFiscale::parse(&search.text)
        .ok()
        .map(|code| keys.lookup_hash(LookupKind::CodiceFiscale, code.as_str()));
    let prefix = fold(&search.text);
    let filter = Filter {
        state: search.state,
        name_prefix: (!prefix.is_empty()).then_some(prefix.as_str()),
        pupil_cf_hash: hash.as_ref().map(<[u8; 32]>::as_slice),
        after: search.after,
    };
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut found = rows::list(&mut tx, &filter, limit).await?;
    let counts = rows::count_by_state(&mut tx).await?;
    tx.commit().await?;
    let (more, searching) =
        (found.len() > PAGE, filter.pupil_cf_hash.is_some() || filter.name_prefix.is_some());
    found.truncate(PAGE);
    let last = found.last().filter(|_| more && !searching);
    let next = last.map(|row| (row.last_submitted_at, row.id));
    let applications = found
        .into_iter()
        .map(|row| {
            let year = SchoolYear::starting(row.school_year)
                .map_err(|_| Failure::Malformed("school year"))?;
            Ok(ListedApplication {
                id: row.id,
                registration: registration(year, row.number),
                pupil: open_text(&keys, name_place(row.id), &row.pupil_name_enc)?,
                school_code: row.school_code,
                state: row.state,
                submitted_at: row.last_submitted_at,
            })
        })
        .collect::<Result<_, Failure>>()?;
    Ok(Found { applications, counts, next, cut: more && searching })
}
