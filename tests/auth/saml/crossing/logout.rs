//! The provider ends a session: by form or by redirect, with its own signature, and never with another's.

use super::{assert_entered, is_signed_in, open_doors};
use axum::http::StatusCode;
use domain::Clock as _;
use simulators::identity_provider::{
    LogoutRequest, LogoutResponse, answer, names,
    signer::{Parameter, SignOptions, SigningKey, Target, redirect_query, sign_target},
};
use support::{
    app::TestApp,
    browser::Browser,
    federation::{Leaving, base64, provider},
    inside,
    page::Page,
    words::it,
};
use url::Url;

/// Somebody signs in; the request with which the provider would end it.
async fn signed_in(browser: &mut Browser<'_>) -> LogoutRequest {
    let left = Leaving::by(browser, "alfa").await;
    let said = left.answer(browser.app, "anna");
    assert_entered(&left.bring(browser, &left.signed(&said)).await);
    let name = said.assertion.unwrap().subject.unwrap().name_id.unwrap();
    LogoutRequest {
        id: answer::fresh_id(&*browser.app.platform.entropy),
        issue_instant: format!("{:.3}", browser.app.clock.now()),
        destination: format!("https://{}/spid/uscita", browser.host),
        issuer: left.provider.entity_id.clone(),
        name_id: name.value.as_xml().to_owned(),
        name_qualifier: left.provider.entity_id.clone(),
        session_index: None,
    }
}

fn signed(request: &LogoutRequest, key: &SigningKey) -> String {
    sign_target(&request.to_xml(), Target::Root, key, &SignOptions::default()).unwrap()
}

fn key(slug: &str) -> &'static SigningKey {
    provider(slug).key().unwrap()
}

async fn post(app: &TestApp, xml: &str) -> Page {
    let mut anybody = Browser::at(app, "alfa");
    let message = base64(xml);
    let fields = [("SAMLRequest", message.as_str()), ("RelayState", "back")];
    anybody.post_from_unfollowed("http://127.0.0.1:9", "/spid/uscita", &fields).await
}

async fn redirect(app: &TestApp, query: &str) -> Page {
    Browser::at(app, "alfa").get(&format!("/spid/uscita?{query}")).await
}

/// The provider gets a success, with the relay state it gave.
fn assert_success(page: &Page, request: &LogoutRequest) {
    assert_eq!(page.status, StatusCode::FOUND, "{page:?}");
    let url = Url::parse(page.location().unwrap()).unwrap();
    assert!(url.as_str().starts_with(&provider("alfa").slo()), "{url}");
    let find =
        |name: &str| url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value);
    let message = find("SAMLResponse").expect("an answer");
    let xml = simulators::identity_provider::signer::inflate(&message).unwrap();
    let answer = LogoutResponse::parse(&xml).unwrap();
    assert_eq!(answer.status, names::STATUS_SUCCESS);
    assert_eq!(answer.in_response_to, request.id);
    assert_eq!(find("RelayState").as_deref(), Some("back"));
}

async fn is_ended(browser: &mut Browser<'_>) -> bool {
    browser.open("/iscrizioni/mie").await.title() != it("identity.enrolments.title")
}

#[tokio::test]
async fn the_provider_ends_a_session_by_form() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let request = signed_in(&mut browser).await;
    let mut other = Browser::at(&app, "alfa");
    other.sign_in("alfa", "luca").await;
    assert_success(&post(&app, &signed(&request, key("alfa"))).await, &request);
    assert!(is_ended(&mut browser).await);
    assert!(is_signed_in(&other, "alfa") && !is_ended(&mut other).await, "only that one");
    let kept = "login_message WHERE kind IN ('logout_request', 'logout_response')";
    assert_eq!(inside::count(&app, "alfa", kept).await, 2);
    let heard = "audit_event WHERE verb = 'signed_out_by_provider'";
    assert_eq!(inside::count(&app, "alfa", heard).await, 1);
    // Once more: a session that is not there is as good as ended.
    let again = LogoutRequest { id: "_again".into(), ..request };
    assert_success(&post(&app, &signed(&again, key("alfa"))).await, &again);
}

#[tokio::test]
async fn the_provider_ends_a_session_by_redirect() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let request = signed_in(&mut browser).await;
    let query =
        redirect_query(&request.to_xml(), Parameter::Request, Some("back"), key("alfa")).unwrap();
    assert_success(&redirect(&app, &query).await, &request);
    assert!(is_ended(&mut browser).await);
}

#[tokio::test]
async fn a_session_ends_by_its_own_provider_s_signature_only() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let request = signed_in(&mut browser).await;
    let beta = LogoutRequest {
        destination: request.destination.replace("alfa", "beta"),
        ..request.clone()
    };
    let old = LogoutRequest { issue_instant: "2026-09-15T07:00:00Z".into(), ..request.clone() };
    let unknown = LogoutRequest { issuer: "https://x.example.test".into(), ..request.clone() };
    for (what, xml) in [
        ("unsigned", request.to_xml()),
        ("another's key", signed(&request, key("beta"))),
        (
            "changed",
            signed(&request, key("alfa")).replacen(
                "<saml:NameID",
                "<saml:NameID SPProvidedID=\"x\"",
                1,
            ),
        ),
        ("for another comune", signed(&beta, key("alfa"))),
        ("old", signed(&old, key("alfa"))),
        ("of nobody known", signed(&unknown, key("alfa"))),
        ("with a document type", format!("<!DOCTYPE r>{}", signed(&request, key("alfa")))),
    ] {
        assert_eq!(post(&app, &xml).await.status, StatusCode::BAD_REQUEST, "{what}");
    }
    let parameter = Parameter::Request;
    let query = |key| redirect_query(&request.to_xml(), parameter, Some("back"), key).unwrap();
    let other = query(key("beta"));
    let moved = query(key("alfa")).replace("RelayState=back", "RelayState=else");
    let bare = query(key("alfa")).split("&SigAlg").next().unwrap().to_owned();
    let sha1 = query(key("alfa")).replace("rsa-sha256", "rsa-sha1");
    let twice = format!("{}&SAMLRequest=x", query(key("alfa")));
    for query in [other, moved, bare, sha1, twice, String::new()] {
        assert_eq!(redirect(&app, &query).await.status, StatusCode::BAD_REQUEST);
    }
    // Another provider, honestly, about the same name: that is nobody of its own.
    let honest = LogoutRequest { issuer: provider("beta").entity_id.clone(), ..request };
    let page = post(&app, &signed(&honest, key("beta"))).await;
    assert_eq!(page.status, StatusCode::FOUND);
    assert!(!is_ended(&mut browser).await);
}

#[tokio::test]
async fn a_bomb_in_a_redirect_is_not_unpacked() {
    let app = open_doors().await;
    let bomb = simulators::identity_provider::signer::deflate(&" ".repeat(20_000_000)).unwrap();
    let encode =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let query = format!("SAMLRequest={}&SigAlg=x&Signature=eA%3D%3D", encode(&bomb));
    let page = redirect(&app, &query).await;
    assert!(page.status.is_client_error(), "{page:?}");
}
