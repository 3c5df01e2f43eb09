//! «Inserimento Codice sicurezza».

use crate::{
    State,
    budgets::Budgets,
    error::WebError,
    extract::{FormInput, Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{Ctx, EmailAddress as Address, email_code::EmailCode as Code, ids::DraftId};
use operations::email_codes::{self, Confirmed, Requested};
use pages::{
    FormField as _, FormState,
    action::Action,
    enrol::{EmailCode as Page, EmailCodeField as Field},
};
use routes::enrol::{EmailAddress, Privacy, Status};

/// `GET /iscrizioni/{draft}/codice`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
) -> Result<Response, WebError> {
    let (ctx, _) = visit.family(draft)?;
    render(&state, &visit, &ctx, draft, (StatusCode::OK, true), FormState::default()).await
}

/// `POST /iscrizioni/{draft}/codice`: «Conferma», or another code.
pub(crate) async fn post(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(draft): Path<DraftId>,
    form: FormInput,
) -> Result<Response, WebError> {
    let (ctx, session) = visit.family(draft)?;
    if let Some(visit) = visit.switched(&form) {
        let fresh = (StatusCode::OK, false);
        let typed = FormState::default().value(Field::Code, form.raw(Field::Code.name()));
        let page = render(&state, &visit, &ctx, draft, fresh, typed).await?;
        return Ok(respond::in_chosen_language(&visit, page));
    }
    if form.action()? == Action::Resend {
        return resend(&state, &visit, &ctx, draft).await;
    }
    let refuse = (StatusCode::UNPROCESSABLE_ENTITY, false);
    let wrong = |message| FormState::default().error(Field::Code, message);
    let Ok(code) = Code::parse(form.raw(Field::Code.name())) else {
        return render(&state, &visit, &ctx, draft, refuse, wrong(Page::NOT_SIX_DIGITS)).await;
    };
    let message = match email_codes::confirm(&ctx, &state.platform, draft, &code, session).await? {
        Confirmed::Right { draft, resumed: true } => {
            return Ok(respond::to(&visit, &Status { draft }));
        }
        Confirmed::Right { draft, resumed: false } => {
            return Ok(respond::to(&visit, &Privacy { draft }));
        }
        Confirmed::Wrong { left } => Page::wrong(u8::try_from(left).unwrap_or(u8::MAX)),
        Confirmed::Expired => Page::EXPIRED,
        Confirmed::Spent => Page::SPENT,
    };
    render(&state, &visit, &ctx, draft, refuse, wrong(message)).await
}

/// A new code to the same address.
async fn resend(
    state: &State,
    visit: &Visit,
    ctx: &Ctx,
    draft: DraftId,
) -> Result<Response, WebError> {
    let Some(typed) = email_codes::address(ctx, &state.platform, draft).await? else {
        return Ok(respond::to(visit, &EmailAddress { draft }));
    };
    let Ok(email) = Address::parse(&typed) else {
        return Ok(respond::to(visit, &EmailAddress { draft }));
    };
    let refuse = (StatusCode::UNPROCESSABLE_ENTITY, false);
    if let Some(wait) = email_codes::wait(ctx, &state.platform, draft, &email).await? {
        let message = Page::too_early(wait.unsigned_abs());
        return render(state, visit, ctx, draft, refuse, FormState::default().general(message))
            .await;
    }
    Budgets::of(state, visit).await?.code(&email).await?;
    match email_codes::request(ctx, &state.platform, draft, &email).await? {
        Requested::Sent => Ok(respond::to(visit, &routes::enrol::EmailCode { draft })),
        Requested::TooSoon { wait } => {
            let message = Page::too_early(wait.unsigned_abs());
            render(state, visit, ctx, draft, refuse, FormState::default().general(message)).await
        }
        Requested::AlreadyVerified => Ok(respond::to(visit, &Privacy { draft })),
    }
}

async fn render(
    state: &State,
    visit: &Visit,
    ctx: &Ctx,
    draft: DraftId,
    (status, sent): (StatusCode, bool),
    form: FormState<Field>,
) -> Result<Response, WebError> {
    let Some(address) = email_codes::address(ctx, &state.platform, draft).await? else {
        return Ok(respond::to(visit, &EmailAddress { draft }));
    };
    respond::page(state, visit, status, &Page { draft, address, sent, form })
}
