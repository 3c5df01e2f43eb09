//! What visitors say about pages, and what the office reads of it.

use crate::{Failure, Platform, audit};
use domain::{
    Actor, Ctx,
    enrolment_window::rome_date,
    ids::RatingId,
    rating::{Aspect, RatedPage, Stars},
};
use jiff::{ToSpan as _, civil::Date};
use serde_json::json;
use storage::ratings::{self as rows, RatingCount, RatingRow};

/// Free texts on a page.
const PAGE: usize = 20;
/// Most lines of a table for a spreadsheet.
const MOST_LINES: i64 = 100_000;

/// One rating.
#[derive(Clone, Debug)]
pub struct Rating {
    /// Key.
    pub id: RatingId,
    /// The page; none when it is no longer known.
    pub page: Option<RatedPage>,
    /// From one to five.
    pub stars: Stars,
    /// What the stars are for.
    pub answer: Option<Aspect>,
    /// Free text.
    pub text: Option<String>,
    /// When.
    pub day: Date,
}

/// What the office sees.
#[derive(Debug)]
pub struct Overview {
    /// How many there are of each kind.
    pub counts: Vec<RatingCount>,
    /// Ratings with a free text, newest first.
    pub texts: Vec<Rating>,
    /// Where the next page begins, if there is one.
    pub next: Option<(Date, RatingId)>,
}

/// Anybody gives stars to a page.
pub async fn give(
    ctx: &Ctx,
    platform: &Platform,
    page: RatedPage,
    stars: Stars,
) -> Result<RatingId, Failure> {
    // A key that told the instant would tell which application was sent just before it.
    let id = RatingId::without_instant(&*platform.entropy);
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    rows::insert(&mut tx, id, &page.to_string(), stars, rome_date(ctx.now)).await?;
    tx.commit().await?;
    Ok(id)
}

/// A rating that may still be explained: whoever gave the stars knows its key, until the next day.
pub async fn find(ctx: &Ctx, platform: &Platform, id: RatingId) -> Result<Rating, Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let row = rows::find(&mut tx, id).await?.filter(|row| is_fresh(ctx, row.day));
    tx.commit().await?;
    rating(row.ok_or(Failure::NotFound)?)
}

/// Says what the stars are for.
pub async fn explain(
    ctx: &Ctx,
    platform: &Platform,
    id: RatingId,
    answer: Option<Aspect>,
    text: Option<&str>,
) -> Result<(), Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let row = rows::find(&mut tx, id).await?.filter(|row| is_fresh(ctx, row.day));
    let row = row.ok_or(Failure::NotFound)?;
    // What the office may have read already is not written over; a press that is repeated is thanked as well.
    if row.answer.is_none() && row.text.is_none() {
        rows::update_reason(&mut tx, id, answer, text).await?;
    }
    Ok(tx.commit().await?)
}

fn is_fresh(ctx: &Ctx, day: Date) -> bool {
    day.checked_add(1.day()).is_ok_and(|next| rome_date(ctx.now) <= next)
}

/// Sums and free texts for an officer.
pub async fn overview(
    ctx: &Ctx,
    platform: &Platform,
    after: Option<(Date, RatingId)>,
) -> Result<Overview, Failure> {
    let Actor::Officer(_) = ctx.actor else { return Err(Failure::NotFound) };
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let counts = rows::count_by_answer(&mut tx).await?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let found = rows::list(&mut tx, after.unwrap_or_else(newest), true, limit).await?;
    tx.commit().await?;
    let is_cut = found.len() > PAGE;
    let texts =
        found.into_iter().take(PAGE).map(rating).collect::<Result<Vec<Rating>, Failure>>()?;
    let next = texts.last().filter(|_| is_cut).map(|last| (last.day, last.id));
    Ok(Overview { counts, texts, next })
}

/// Everything for a spreadsheet, newest first; the taking is recorded.
pub async fn export(ctx: &Ctx, platform: &Platform) -> Result<Vec<Rating>, Failure> {
    let Actor::Officer(_) = ctx.actor else { return Err(Failure::NotFound) };
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let found = rows::list(&mut tx, newest(), false, MOST_LINES).await?;
    let details = json!({ "ratings": found.len() });
    audit::record(ctx, platform, &mut tx, "ratings_exported", ctx.tenant.uuid(), details).await?;
    tx.commit().await?;
    found.into_iter().map(rating).collect()
}

/// Before the newest of all.
fn newest() -> (Date, RatingId) {
    (Date::constant(9999, 12, 31), uuid::Uuid::max().into())
}

fn rating(row: RatingRow) -> Result<Rating, Failure> {
    Ok(Rating {
        id: row.id,
        page: row.page.parse().ok(),
        stars: Stars::from_number(row.stars).ok_or(Failure::Malformed("stars"))?,
        answer: row.answer.and_then(Aspect::from_number),
        text: row.text,
        day: row.day,
    })
}
