//! The whole walk over HTTP, with requests made and signed by hand.

mod logout;
mod visit;

use self::visit::{Page, get, get_if_changed, post};
use super::{Binding, IdentityProviders, Options, Source, StartError};
use crate::identity_provider::{
    Provider,
    answer::{ErrorCode, Signing},
    fixture::{ACS, Counting, SENDER, Standing, key, metadata, request, xmlsec1_verifies},
    names,
    signer::{
        Parameter, SignOptions, SigningKey, Target, redirect_query, sign_target, verify_enveloped,
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::identity::IdentityScheme;
use roxmltree::Document;
use std::{net::SocketAddr, sync::Arc};

async fn start() -> IdentityProviders {
    let options = Options::new(Arc::new(Standing), Arc::new(Counting::default()));
    let text = metadata(&key("service"), names::BINDING_POST);
    options.service_providers.register(SENDER, Source::Text(text));
    IdentityProviders::start(options).await.unwrap()
}

/// Opens the provider's page with a request signed by this key.
async fn ask(provider: &Provider, xml: &str, key: &SigningKey) -> Page {
    let query = redirect_query(xml, Parameter::Request, Some("stato&1"), key).unwrap();
    get(&format!("{}?{query}", provider.sso())).await
}

/// Fills the provider's page in and gives the answer that goes to the service.
async fn decide(page: &Page, person: &str, level: &str, action: (&str, &str)) -> Page {
    let form = page.form();
    let token = form.fields.get("richiesta").unwrap();
    let fields = [
        ("richiesta", token.as_str()),
        ("persona", person),
        ("livello", level),
        ("anomalia", action.1),
        ("azione", action.0),
    ];
    post(&form.action, &fields).await
}

fn response(page: &Page) -> String {
    assert_eq!(page.status, 200, "{}", page.text);
    let form = page.form();
    assert_eq!(form.action, ACS);
    assert_eq!(form.fields.get("RelayState").unwrap(), "stato&1");
    String::from_utf8(STANDARD.decode(form.fields.get("SAMLResponse").unwrap()).unwrap()).unwrap()
}

#[tokio::test]
async fn only_the_loopback_is_bound() {
    let mut options = Options::new(Arc::new(Standing), Arc::new(Counting::default()));
    options.addr = SocketAddr::from(([0, 0, 0, 0], 0));
    let refused = IdentityProviders::start(options).await;
    assert!(matches!(refused.err(), Some(StartError::NotLoopback(_))));
}

#[tokio::test]
async fn every_provider_recognises_a_person() {
    let running = start().await;
    for provider in running.providers() {
        let page = ask(&provider, &request(&provider), &key("service")).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.text.contains("Comune d&#39;Alfa") && page.text.contains("fiscalNumber"));
        let person = if provider.slug == "eidas" { "eidas" } else { "accenti" };
        let xml = response(&decide(&page, person, "2", ("acconsento", "19")).await);
        let key = provider.key().unwrap();
        assert!(xmlsec1_verifies(&xml, "Response", key), "{}", provider.slug);
        assert!(xmlsec1_verifies(&xml, "Assertion", key), "{}", provider.slug);
        assert_eq!(xml.contains("TINIT-"), provider.slug != "eidas");
        // The same page cannot be sent twice.
        assert_eq!(decide(&page, person, "2", ("acconsento", "19")).await.status, 403);
    }
    assert_eq!(running.recorded().len(), running.providers().len());
    assert!(running.recorded().iter().all(|it| it.anomaly.is_none() && it.xml.contains(SENDER)));
}

#[tokio::test]
async fn a_request_by_form_is_taken_and_the_assertion_alone_signed() {
    let running = start().await;
    running.set_signing(Signing::ASSERTION);
    let provider = running.provider("beta").unwrap();
    let xml =
        sign_target(&request(&provider), Target::Root, &key("service"), &SignOptions::default());
    let message = STANDARD.encode(xml.unwrap());
    let page = post(&provider.sso(), &[("SAMLRequest", &message), ("RelayState", "stato&1")]).await;
    let xml = response(&decide(&page, "anna", "3", ("acconsento", "19")).await);
    assert!(xml.contains("SpidL3<"));
    assert!(!xmlsec1_verifies(&xml, "Response", provider.key().unwrap()));
    assert!(xmlsec1_verifies(&xml, "Assertion", provider.key().unwrap()));
    assert_eq!(running.recorded()[0].binding, Binding::Post);
}

#[tokio::test]
async fn every_anomaly_of_the_person_can_be_answered() {
    let running = start().await;
    let provider = running.provider("gamma").unwrap();
    let mut actions = vec![("non-acconsento", "19", 22), ("annulla", "19", 25)];
    for number in ["19", "20", "21", "22", "23", "24", "25", "30"] {
        actions.push(("anomalia", number, number.parse().unwrap()));
    }
    for (action, chosen, number) in actions {
        let page = ask(&provider, &request(&provider), &key("service")).await;
        let xml = response(&decide(&page, "anna", "2", (action, chosen)).await);
        let code = ErrorCode::new(number).unwrap();
        assert!(xml.contains(&format!(">{}<", code.message())), "{number}");
        assert!(xmlsec1_verifies(&xml, "Response", provider.key().unwrap()), "{number}");
        assert!(!xml.contains("<saml:Assertion"), "{number}");
    }
    let page = ask(&provider, &request(&provider), &key("service")).await;
    assert_eq!(decide(&page, "anna", "9", ("acconsento", "19")).await.status, 400);
}

#[tokio::test]
async fn a_wrong_request_gets_the_providers_own_page() {
    let running = start().await;
    let provider = running.provider("alfa").unwrap();
    let right = request(&provider);
    let service = key("service");
    let by_query = |xml: String, key: SigningKey| {
        let provider = provider.clone();
        async move { ask(&provider, &xml, &key).await }
    };
    let sso = provider.sso();
    let form = STANDARD.encode(&right);
    let deflated = crate::identity_provider::signer::deflate(&right).unwrap();
    let plain_query: String = url::form_urlencoded::byte_serialize(form.as_bytes()).collect();
    let mut numbers = Vec::new();
    for (page, number, tells) in [
        (get(&sso).await, 4, false),
        (get(&format!("{sso}?SAMLRequest=%3F&SigAlg=a&Signature=b")).await, 4, false),
        (get(&format!("{sso}?SAMLRequest={plain_query}&SigAlg=a&Signature=b")).await, 6, false),
        (post(&sso, &[("SAMLRequest", &deflated)]).await, 6, false),
        (post(&sso, &[("SAMLRequest", &form)]).await, 7, false),
        (by_query(right.clone(), key("forger")).await, 5, false),
        (
            by_query(right.replace(SENDER, "https://altro.example"), service.clone()).await,
            10,
            false,
        ),
        (by_query("<a/>".into(), service.clone()).await, 8, false),
        (by_query(right.replace("/alfa/sso", "/beta/sso"), service.clone()).await, 14, true),
        (by_query(right.replace("Version=\"2.0\"", ""), service.clone()).await, 9, true),
    ] {
        assert_eq!(page.status, 403, "{number}");
        assert!(page.text.contains(&format!("Anomalia {number}<")), "{number}: {}", page.text);
        assert_eq!(page.text.contains("name=\"SAMLResponse\""), tells, "{number}");
        numbers.push(Some(number));
        if tells {
            let code = ErrorCode::new(number).unwrap();
            assert!(response(&Page { status: 200, ..page }).contains(&code.message()));
        }
    }
    let recorded = running.recorded();
    let seen = recorded.iter().map(|it| it.anomaly.as_ref().map(|anomaly| anomaly.number));
    assert_eq!(seen.collect::<Vec<_>>(), numbers);
}

#[tokio::test]
async fn metadata_are_fetched_from_where_they_are_registered() {
    let text = metadata(&key("service"), names::BINDING_POST);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let connect = listener.local_addr().unwrap();
    let served = axum::Router::new().route("/spid/metadata", axum::routing::get(async || text));
    let serving = tokio::spawn(async { axum::serve(listener, served).await });

    let running = start().await;
    let provider = running.provider("delta").unwrap();
    let register = |path: &str| {
        let url = format!("http://comune.example{path}").parse().unwrap();
        let source = Source::Address { url, connect: Some(connect) };
        running.service_providers().register(SENDER, source);
    };
    register("/spid/metadata");
    assert_eq!(ask(&provider, &request(&provider), &key("service")).await.status, 200);
    register("/altrove");
    assert_eq!(ask(&provider, &request(&provider), &key("service")).await.status, 500);
    let url = "http://192.0.2.1/".parse().unwrap();
    running.service_providers().register(SENDER, Source::Address { url, connect: None });
    let page = ask(&provider, &request(&provider), &key("service")).await;
    assert!(page.text.contains("only http on the loopback"), "{}", page.text);
    running.service_providers().forget(SENDER);
    assert_eq!(ask(&provider, &request(&provider), &key("service")).await.status, 403);
    serving.abort();
}

#[tokio::test]
async fn the_registry_lists_those_of_spid_and_follows_keys() {
    let running = start().await;
    let address = format!("{}registry.xml", running.base_url());
    let page = get(&address).await;
    let tag = page.headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(get_if_changed(&address, &tag).await.status, 304);
    assert!(xmlsec1_verifies(&page.text, "EntitiesDescriptor", running.registry_key()));
    let document = Document::parse(&page.text).unwrap();
    let entities: Vec<_> =
        document.descendants().filter_map(|it| it.attribute("entityID")).collect();
    let listed = running.providers().into_iter().filter(|it| it.scheme == IdentityScheme::Spid);
    assert_eq!(entities, listed.map(|it| it.entity_id).collect::<Vec<_>>());

    running.roll_key("alfa").unwrap();
    running.set_foreign(vec![
        "<?xml version=\"1.0\"?>\n<e entityID=\"https://tool.example\"/>".into(),
    ]);
    let page = get_if_changed(&address, &tag).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("https://tool.example"));
    assert!(xmlsec1_verifies(&page.text, "EntitiesDescriptor", running.registry_key()));
    let alfa = running.provider("alfa").unwrap();
    let own = get(&alfa.metadata_url()).await.text;
    assert_eq!(own.matches("use=\"signing\"").count(), 2);
    let certificates = [alfa.key().unwrap().certificate_der().unwrap()];
    assert_eq!(verify_enveloped(&own, "_metadata-alfa", &certificates), Ok(()));
    running.forget_old_keys("alfa");
    let own = get(&alfa.metadata_url()).await.text;
    assert_eq!(own.matches("use=\"signing\"").count(), 1);
    let cie = get(&format!("{}cie/metadata", running.base_url())).await.text;
    assert!(xmlsec1_verifies(
        &cie,
        "EntityDescriptor",
        running.provider("cie").unwrap().key().unwrap()
    ));
    let pem = get(&format!("{}registry-certificate.pem", running.base_url())).await.text;
    assert_eq!(pem, running.registry_certificate_pem().unwrap());
}
