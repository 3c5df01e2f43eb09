//! What the person decides, and the answer that carries it to the service provider.

use super::{
    routes::{At, UNSIGNED, field, page},
    shared::{Pending, Session, Shared},
};
use crate::identity_provider::{
    answer::{Answer, ErrorCode, Ground},
    html,
    person::Person,
    provider::Provider,
    request::AuthnRequest,
    signer::{Parameter, SignError, SignOptions},
};
use axum::{extract::State, http::StatusCode, response::Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::identity::AssuranceLevel;
use url::Url;

/// The form of the page.
struct Decision {
    token: String,
    person: String,
    level: String,
    anomaly: String,
    action: String,
}

impl Decision {
    fn read(form: &str) -> Self {
        Self {
            token: field(form, "richiesta"),
            person: field(form, "persona"),
            level: field(form, "livello"),
            anomaly: field(form, "anomalia"),
            action: field(form, "azione"),
        }
    }
}

pub(super) async fn decide(State(at): State<At>, body: String) -> Result<Response, StatusCode> {
    let provider = at.provider()?;
    let decision = Decision::read(&body);
    let Some(pending) = at.shared.take(&decision.token, &provider.slug) else {
        let title = "Questa richiesta non c'è più";
        let gone = html::notice(&provider, title, "Torna al servizio e ricomincia.");
        return Ok(page(StatusCode::FORBIDDEN, "'none'", gone));
    };
    let answer = answer(&at.shared, &provider, &pending, &decision)?;
    let message = sign(&at.shared, &provider, &answer).map_err(|_| UNSIGNED)?;
    open_session(&at.shared, &provider, &pending, &decision, &answer);
    let carried = html::Carried {
        action: &pending.checked.acs,
        parameter: Parameter::Response,
        message: &message,
        relay_state: pending.relay_state.as_deref(),
    };
    let targets = origin(&pending.checked.acs);
    Ok(page(StatusCode::OK, &targets, html::carry(&provider, &carried)))
}

/// Other values than the page offers.
const BAD: StatusCode = StatusCode::BAD_REQUEST;

fn answer(
    shared: &Shared,
    provider: &Provider,
    pending: &Pending,
    decision: &Decision,
) -> Result<Answer, StatusCode> {
    let ground = ground(shared, provider, &pending.request, &pending.checked.acs);
    let code = match decision.action.as_str() {
        "acconsento" => {
            let person = person(provider, &decision.person).ok_or(BAD)?;
            let level = decision.level.parse().ok().and_then(AssuranceLevel::from_number);
            let wanted = &pending.checked.attributes.attributes;
            return Ok(Answer::success(&ground, person, level.ok_or(BAD)?, wanted));
        }
        "non-acconsento" => ErrorCode::NO_CONSENT,
        "annulla" => ErrorCode::CANCELLED,
        "anomalia" => decision.anomaly.parse().ok().and_then(ErrorCode::new).ok_or(BAD)?,
        _ => return Err(BAD),
    };
    Ok(Answer::error(&ground, code))
}

fn person(provider: &Provider, key: &str) -> Option<&'static Person> {
    Person::of_scheme(provider.scheme).find(|person| person.key == key)
}

/// A login of the lowest level opens one; no other answer has an index.
fn open_session(
    shared: &Shared,
    provider: &Provider,
    pending: &Pending,
    decision: &Decision,
    answer: &Answer,
) {
    let assertion = answer.assertion.as_ref();
    let index = assertion.and_then(|it| it.authn_statement.as_ref()?.session_index.clone());
    let name = assertion.and_then(|it| Some(it.subject.as_ref()?.name_id.as_ref()?.value.clone()));
    let (Some(index), Some(name)) = (index, name) else { return };
    let Some(person) = person(provider, &decision.person) else { return };
    shared.open_session(Session {
        token: shared.fresh_id(),
        provider: provider.slug.clone(),
        sender: pending.sender.entity_id.clone(),
        sender_name: pending.sender.display_name.clone(),
        person,
        name_id: name.as_xml().to_owned(),
        index: index.as_xml().to_owned(),
    });
}

/// What an answer of this server is made from.
pub(super) fn ground<'a>(
    shared: &'a Shared,
    provider: &'a Provider,
    request: &'a AuthnRequest,
    acs: &'a str,
) -> Ground<'a> {
    Ground { provider, request, acs, now: shared.now(), entropy: &*shared.options.entropy }
}

/// The answer as the form carries it.
pub(super) fn sign(
    shared: &Shared,
    provider: &Provider,
    answer: &Answer,
) -> Result<String, SignError> {
    let key = provider.key().ok_or(SignError::NoSuchElement)?;
    let xml = answer.signed(key, shared.signing(), &SignOptions::default())?;
    Ok(STANDARD.encode(xml))
}

/// Where a form leads, for the content policy.
pub(super) fn origin(address: &str) -> String {
    Url::parse(address).map_or("'none'".to_owned(), |url| url.origin().ascii_serialization())
}
