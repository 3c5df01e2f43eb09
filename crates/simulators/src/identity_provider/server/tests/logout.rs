//! Single logout, from either side.

use super::visit::{get, post};
use super::{ask, decide, response, start};
use crate::identity_provider::{
    IdentityProviders, LogoutRequest, LogoutResponse, Provider,
    fixture::{INSTANT, LOGOUT, SENDER, key, metadata, request, xmlsec1_verifies},
    names,
    server::Source,
    signer::{
        Parameter, SignOptions, Target, inflate, redirect_query, sign_target, verify_redirect,
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use roxmltree::Document;
use url::Url;

/// Logs somebody in on the lowest level, which opens a session; its name.
async fn log_in(provider: &Provider) -> String {
    let xml = request(provider).replace("SpidL2", "SpidL1");
    let page = ask(provider, &xml, &key("service")).await;
    let xml = response(&decide(&page, "luca", "1", ("acconsento", "19")).await);
    let document = Document::parse(&xml).unwrap();
    let name = document.descendants().find(|node| node.tag_name().name() == "NameID").unwrap();
    name.text().unwrap().to_owned()
}

async fn sessions(provider: &Provider) -> usize {
    let page = get(&format!("{}/sessioni", provider.address)).await;
    page.text.matches("Esci dal gestore").count()
}

fn logout(provider: &Provider, name_id: &str) -> LogoutRequest {
    LogoutRequest {
        id: "_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".into(),
        issue_instant: INSTANT.into(),
        destination: provider.slo(),
        issuer: SENDER.into(),
        name_id: name_id.into(),
        name_qualifier: provider.entity_id.clone(),
        session_index: None,
    }
}

#[tokio::test]
async fn the_service_ends_a_session() {
    let running = start().await;
    let provider = running.provider("alfa").unwrap();
    let name = log_in(&provider).await;
    assert_eq!(sessions(&provider).await, 1);
    let xml = logout(&provider, &name).to_xml();
    let forged = redirect_query(&xml, Parameter::Request, None, &key("forger")).unwrap();
    assert_eq!(get(&format!("{}?{forged}", provider.slo())).await.status, 403);
    assert_eq!(sessions(&provider).await, 1);

    let query = redirect_query(&xml, Parameter::Request, Some("s"), &key("service")).unwrap();
    let page = get(&format!("{}?{query}", provider.slo())).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert_eq!(sessions(&provider).await, 0);
    let form = page.form();
    assert_eq!(form.action, format!("{LOGOUT}/fine"));
    assert_eq!(form.fields["RelayState"], "s");
    let xml = String::from_utf8(STANDARD.decode(&form.fields["SAMLResponse"]).unwrap()).unwrap();
    let answer = LogoutResponse::parse(&xml).unwrap();
    assert_eq!(answer.in_response_to, "_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_eq!(answer.status, names::STATUS_SUCCESS);
    assert!(!xmlsec1_verifies(&xml, "Response", provider.key().unwrap()), "it is no Response");
    let certificates = [provider.key().unwrap().certificate_der().unwrap()];
    let held = crate::identity_provider::signer::verify_enveloped(&xml, &answer.id, &certificates);
    assert_eq!(held, Ok(()));
}

/// The person leaves at the provider; what the service is asked.
async fn leave(running: &IdentityProviders, provider: &Provider) -> super::Page {
    log_in(provider).await;
    let page = get(&format!("{}/sessioni", provider.address)).await;
    let token = page.text.split("name=\"sessione\" value=\"").nth(1).unwrap();
    let token = token.split('"').next().unwrap();
    let told = post(&page.form().action, &[("sessione", token)]).await;
    assert_eq!(sessions(provider).await, 0);
    assert!(running.provider(&provider.slug).is_some());
    told
}

#[tokio::test]
async fn the_person_leaves_the_provider_by_form_and_the_service_confirms() {
    let running = start().await;
    let provider = running.provider("beta").unwrap();
    let form = leave(&running, &provider).await.form();
    assert_eq!(form.action, LOGOUT);
    let xml = String::from_utf8(STANDARD.decode(&form.fields["SAMLRequest"]).unwrap()).unwrap();
    let asked = LogoutRequest::parse(&xml).unwrap();
    assert_eq!(asked.name_qualifier, provider.entity_id);
    assert!(asked.session_index.is_some());

    let answer = LogoutResponse {
        id: "_bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb".into(),
        issue_instant: INSTANT.into(),
        destination: provider.slo(),
        issuer: SENDER.into(),
        in_response_to: asked.id,
        status: names::STATUS_SUCCESS.into(),
    };
    let signed =
        sign_target(&answer.to_xml(), Target::Root, &key("service"), &SignOptions::default());
    let message = STANDARD.encode(signed.unwrap());
    let page = post(&provider.slo(), &[("SAMLResponse", &message)]).await;
    assert!(page.status == 200 && page.text.contains("Uscita completata"), "{}", page.text);
    let unsigned = STANDARD.encode(answer.to_xml());
    assert_eq!(post(&provider.slo(), &[("SAMLResponse", &unsigned)]).await.status, 403);
}

#[tokio::test]
async fn the_person_leaves_the_provider_by_redirect() {
    let running = start().await;
    let provider = running.provider("gamma").unwrap();
    let text = metadata(&key("service"), names::BINDING_REDIRECT);
    running.service_providers().register(SENDER, Source::Text(text));
    let told = leave(&running, &provider).await;
    assert_eq!(told.status, 302);
    let target = Url::parse(told.headers["location"].to_str().unwrap()).unwrap();
    assert!(target.as_str().starts_with(LOGOUT));
    let certificates = [provider.key().unwrap().certificate_der().unwrap()];
    let query = target.query().unwrap();
    assert_eq!(verify_redirect(query, Parameter::Request, &certificates), Ok(()));
    let message = target.query_pairs().next().unwrap().1.into_owned();
    let asked = LogoutRequest::parse(&inflate(&message).unwrap()).unwrap();
    assert_eq!(asked.destination, LOGOUT);
}

#[tokio::test]
async fn cie_shows_its_own_page_whatever_comes() {
    let running = start().await;
    let page = get(&running.provider("cie").unwrap().slo()).await;
    assert!(page.status == 200 && page.text.contains("Sei uscito"));
}
