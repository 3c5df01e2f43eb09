//! What families say, for the office.

use super::officer_name;
use crate::{State, csv, enrol::journey::service_name, error::WebError, extract::Visit, respond};
use axum::{
    extract::{Query, State as Shared},
    http::StatusCode,
    response::Response,
};
use domain::{
    Locale,
    ids::RatingId,
    rating::{Aspect, RatedPage, Stars},
};
use jiff::civil::Date;
use operations::ratings::{self, Overview, Rating};
use pages::{
    office::{AnswerCount, RatingLine, Ratings, StarCount},
    words,
};
use serde::Deserialize;

/// Where the page begins.
#[derive(Debug, Deserialize)]
pub(crate) struct After {
    da: Option<String>,
    id: Option<RatingId>,
}

/// `GET /ufficio/valutazioni`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Query(after): Query<After>,
) -> Result<Response, WebError> {
    let (ctx, officer, _) = visit.officer()?;
    let name = officer_name(&ctx, &state, officer).await?;
    let after = after.da.and_then(|day| day.parse::<Date>().ok()).zip(after.id);
    let found = ratings::overview(&ctx, &state.platform, after).await?;
    let page = Ratings {
        total: total(&found),
        average: average(&found),
        stars: stars(&found),
        liked: answers(&found, true),
        hard: answers(&found, false),
        next: found.next.map(|(day, id)| format!("da={day}&id={id}")),
        texts: found.texts.into_iter().map(|rating| line(&visit, rating)).collect(),
    };
    respond::office_page(&state, &visit, &name, StatusCode::OK, &page)
}

/// `GET /ufficio/valutazioni/valutazioni.csv`
pub(crate) async fn file(Shared(state): Shared<State>, visit: Visit) -> Result<Response, WebError> {
    let (ctx, _, _) = visit.officer()?;
    let found = ratings::export(&ctx, &state.platform).await?;
    let word = |key| i18n::t(Locale::It, key, &[]);
    let head = [
        word("office.ratings.day"),
        word("office.ratings.page"),
        word("office.ratings.star"),
        word("office.ratings.answer"),
        word("office.ratings.text"),
    ];
    let mut table = vec![head.to_vec()];
    table.extend(found.into_iter().map(|rating| {
        let line = line(&visit, rating);
        vec![line.day.to_string(), line.page, line.stars.to_string(), line.answer, line.text]
    }));
    let name = word("office.ratings.file_name");
    Ok(respond::download(&name, "text/csv; charset=utf-8", csv::table(&table).into_bytes()))
}

fn line(visit: &Visit, rating: Rating) -> RatingLine {
    let page = match rating.page {
        Some(RatedPage::Service(service)) => service_name(&visit.tenant, Locale::It)(service),
        Some(RatedPage::Submitted) => i18n::t(Locale::It, "office.ratings.submitted", &[]),
        None => String::new(),
    };
    let praise = rating.stars.praise();
    let answer = rating.answer.map(|answer| words::rating_answer(praise, answer).text(Locale::It));
    RatingLine {
        day: rating.day,
        page,
        stars: rating.stars.number(),
        answer: answer.unwrap_or_default(),
        text: rating.text.unwrap_or_default(),
    }
}

fn total(found: &Overview) -> i64 {
    found.counts.iter().map(|row| row.count).sum()
}

/// With one decimal, rounded half up.
fn average(found: &Overview) -> String {
    let total = total(found);
    let sum: i64 = found.counts.iter().map(|row| i64::from(row.stars) * row.count).sum();
    let tenths = (20 * sum + total).checked_div(2 * total).unwrap_or_default();
    format!("{},{}", tenths / 10, tenths % 10)
}

fn stars(found: &Overview) -> Vec<StarCount> {
    let total = total(found);
    let of = |stars: Stars| {
        let same = found.counts.iter().filter(|row| row.stars == stars.number());
        let count: i64 = same.map(|row| row.count).sum();
        let percent = (200 * count + total).checked_div(2 * total).unwrap_or_default();
        StarCount { stars: stars.number(), count, percent }
    };
    Stars::ALL.into_iter().rev().map(of).collect()
}

/// What was liked or what was hard, as often as it was said; what nobody said is left out.
fn answers(found: &Overview, praise: bool) -> Vec<AnswerCount> {
    let of = |aspect: Aspect| {
        let same = found.counts.iter().filter(|row| {
            let stars = Stars::from_number(row.stars);
            row.answer == Some(aspect.number()) && stars.is_some_and(|it| it.praise() == praise)
        });
        let count: i64 = same.map(|row| row.count).sum();
        let word = words::rating_answer(praise, aspect).text(Locale::It);
        (count > 0).then_some(AnswerCount { word, count })
    };
    let mut said: Vec<AnswerCount> = Aspect::ALL.into_iter().filter_map(of).collect();
    said.sort_by_key(|answer| std::cmp::Reverse(answer.count));
    said
}
