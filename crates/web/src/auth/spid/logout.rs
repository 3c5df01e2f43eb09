//! A provider ends a session: the request is proven, the session goes, and the answer is always a success.

mod answer;
mod message;

use super::{Federation, off_thread, require_door, service_provider::signing_keys};
use crate::{
    State,
    budgets::Budgets,
    error::WebError,
    extract::{FormInput, Visit},
};
use answer::Answer;
use axum::{
    extract::{RawQuery, State as Shared},
    response::Response,
};
use message::Message;
use operations::logins::{self, Logout};
use pages::errors::Problem;
use spid::{IdentityProvider, LogoutExpected};

/// `POST /spid/uscita`
pub(crate) async fn spid_post(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    end(&state, &visit, Federation::Spid, Message::of_form(&form)).await
}

/// `GET /spid/uscita`
pub(crate) async fn spid_get(
    Shared(state): Shared<State>,
    visit: Visit,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    end(&state, &visit, Federation::Spid, Message::of_query(query)).await
}

/// `POST /cie/uscita`
pub(crate) async fn cie_post(
    Shared(state): Shared<State>,
    visit: Visit,
    form: FormInput,
) -> Result<Response, WebError> {
    end(&state, &visit, Federation::Cie, Message::of_form(&form)).await
}

/// `GET /cie/uscita`
pub(crate) async fn cie_get(
    Shared(state): Shared<State>,
    visit: Visit,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    end(&state, &visit, Federation::Cie, Message::of_query(query)).await
}

async fn end(
    state: &State,
    visit: &Visit,
    federation: Federation,
    message: Message,
) -> Result<Response, WebError> {
    require_door(visit, federation)?;
    Budgets::of(state, visit).await?.login_answer().await?;
    let provider = sender(state, federation, &message).await?;
    let destination = federation.slo_url(&visit.tenant, &state.settings.public_url);
    let (reading, asked, now) = (message.clone(), provider.clone(), visit.now);
    let request = off_thread(move || {
        reading.open(&asked, &LogoutExpected { destination: &destination, now })
    });
    let request = request.await?.map_err(|refusal| refused(refusal.code()))?;
    // What is proven is done, also where it cannot be answered.
    let keys = signing_keys(&visit.ctx(), &state.platform, &visit.tenant).await;
    let keys = keys.unwrap_or_else(|error| {
        tracing::error!(tenant = %visit.tenant.id(), %error, "a logout cannot be answered");
        Vec::new()
    });
    let entity_id = federation.entity_id(&visit.tenant).unwrap_or_default();
    let unsigned = answer::Unsigned::new(state, visit, entity_id, (&request, &message));
    let asked = provider.clone();
    let answer = off_thread(move || unsigned.sign(&asked, &keys)).await?;
    let logout = Logout {
        scheme: provider.scheme,
        provider: &provider.entity_id,
        subject: &request.name_id,
        message_id: &request.id,
        message: message.text(),
        answer: answer.as_ref().map(Answer::xml),
        network: &visit.network,
    };
    logins::end(&visit.ctx(), &state.platform, logout).await?;
    answer.ok_or(Problem::Internal)?.respond(state, visit, &provider)
}

/// The provider it says it is from; nothing is proven yet.
async fn sender(
    state: &State,
    federation: Federation,
    message: &Message,
) -> Result<IdentityProvider, WebError> {
    let reading = message.clone();
    let issuer = off_thread(move || reading.issuer()).await?;
    let issuer = issuer.map_err(|refusal| refused(refusal.code()))?;
    let mut schemes = federation.schemes().iter();
    let known = schemes.find_map(|scheme| state.providers.find(*scheme, &issuer));
    known.ok_or_else(|| refused("unknown_provider"))
}

fn refused(code: &str) -> WebError {
    tracing::info!(code, "a logout request was refused");
    Problem::BadRequest.into()
}
