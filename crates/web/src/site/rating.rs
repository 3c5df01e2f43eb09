//! The rating box: stars, then what they are for, then thanks. Works without scripts and without a session.

use crate::{
    State,
    budgets::Budgets,
    error::WebError,
    extract::{FormInput, Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{
    ids::RatingId,
    rating::{self, Aspect, LONGEST_TEXT, RatedPage, Stars},
};
use operations::ratings;
use pages::{
    FormField as _, FormState,
    errors::Problem,
    site::{Rating, RatingField as Field, RatingQuestion, RatingThanks},
};
use routes::tenant::{RatingReason, RatingThanks as Thanks, Start};

/// Hidden field: which page has the box.
const RATED: &str = "rated";

/// `GET /valutazione`: where a refused rating was shown, there is nothing to open again.
pub(crate) async fn none(visit: Visit) -> Response {
    respond::to(&visit, &Start {})
}

/// `POST /valutazione`: the stars.
pub(crate) async fn give(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    let rated = form.text(RATED).parse::<RatedPage>().ok().filter(|page| has_box(&visit, *page));
    let rated = rated.ok_or(Problem::Unprocessable)?;
    let Ok(stars) = form.text(Field::Stars.name()).parse::<Stars>() else {
        let form = FormState::default().error(Field::Stars, Rating::NO_STARS);
        return render(&state, &visit, Some(rated), None, form);
    };
    Budgets::of(&state, &visit).await?.rating().await?;
    let rating = ratings::give(&visit.ctx(), &state.platform, rated, stars).await?;
    Ok(respond::to(&visit, &RatingReason { rating }))
}

/// `GET /valutazione/{rating}`: what the stars are for.
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(rating): Path<RatingId>,
) -> Result<Response, WebError> {
    let found = ratings::find(&visit.ctx(), &state.platform, rating).await?;
    let question = RatingQuestion::of(rating, found.stars);
    render(&state, &visit, found.page, Some(question), FormState::default())
}

/// `POST /valutazione/{rating}`
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(rating): Path<RatingId>,
    form: FormInput,
) -> Result<Response, WebError> {
    let answer = form.text(Field::Answer.name());
    let typed = FormState::default()
        .value(Field::Answer, answer)
        .value(Field::Text, form.raw(Field::Text.name()));
    if let Some(visit) = visit.switched(&form) {
        let found = ratings::find(&visit.ctx(), &state.platform, rating).await?;
        let question = RatingQuestion::of(rating, found.stars);
        let page = render(&state, &visit, found.page, Some(question), typed)?;
        return Ok(respond::in_chosen_language(&visit, page));
    }
    Budgets::of(&state, &visit).await?.rating().await?;
    let Ok(text) = rating::text(form.raw(Field::Text.name())) else {
        let found = ratings::find(&visit.ctx(), &state.platform, rating).await?;
        let typed = typed.error(Field::Text, Rating::too_long());
        let question = RatingQuestion::of(rating, found.stars);
        return render(&state, &visit, found.page, Some(question), typed);
    };
    let answer = Aspect::from_code(answer);
    ratings::explain(&visit.ctx(), &state.platform, rating, answer, text.as_deref()).await?;
    Ok(respond::to(&visit, &Thanks {}))
}

/// `GET /valutazione/grazie`
pub(crate) async fn thanks(
    Shared(state): Shared<State>,
    visit: Visit,
) -> Result<Response, WebError> {
    let session = visit.session_if_known();
    let drafts = session.map(|session| session.drafts.as_slice()).unwrap_or_default();
    let draft = match drafts {
        [only] => Some(only.draft),
        _ => None,
    };
    respond::page(&state, &visit, StatusCode::OK, &RatingThanks { draft })
}

fn has_box(visit: &Visit, page: RatedPage) -> bool {
    match page {
        RatedPage::Submitted => true,
        RatedPage::Service(service) => visit.tenant.service(service).is_some(),
    }
}

/// A page with something wrong on it is not fine.
fn render(
    state: &State,
    visit: &Visit,
    rated: Option<RatedPage>,
    question: Option<RatingQuestion>,
    form: FormState<Field>,
) -> Result<Response, WebError> {
    let status = if form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = Rating {
        rated: rated.map(|page| page.to_string()).unwrap_or_default(),
        information: matches!(rated, Some(RatedPage::Service(_))),
        question,
        form,
        longest: LONGEST_TEXT,
    };
    respond::page(state, visit, status, &page)
}
