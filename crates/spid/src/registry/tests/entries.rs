//! Which entries of a believed file are used, and what is read of them.

use super::{bare, certificate, entity, good, key_descriptor, pinned, service, signed};
use crate::{
    RegistryTrust, read_registry,
    samples::{keys, now},
};
use domain::identity::IdentityScheme;

#[test]
fn everything_of_a_provider_is_read() {
    let (one, two) = (certificate(&keys()[0]), certificate(&keys()[1]));
    let broken = format!("\n {}<!-- c -->{} ", &one[..60], &one[60..]);
    let role = [
        key_descriptor("", &broken),
        key_descriptor(" use=\"signing\"", &two),
        key_descriptor(" use=\"signing\"", &two),
        key_descriptor(" use=\"encryption\"", &one),
        key_descriptor(" use=\"signing\"", "AAAA"),
        service(
            "SingleLogoutService",
            "HTTP-POST",
            "https://a.example/p",
            " ResponseLocation=\"https://a.example/r\"",
        ),
        service(
            "SingleLogoutService",
            "HTTP-Redirect",
            "https://a.example/l",
            " ResponseLocation=\"http://a.example/r\"",
        ),
        service("SingleSignOnService", "SOAP", "https://a.example/soap", ""),
        service("SingleSignOnService", "HTTP-POST", "http://a.example/sso", ""),
        service("SingleSignOnService", "HTTP-POST", "https://a.example/sso", ""),
    ]
    .concat();
    let organisation = "<md:Organization><md:OrganizationName xml:lang=\"it\">N</md:OrganizationName>\
        <md:OrganizationDisplayName xml:lang=\"en\">E</md:OrganizationDisplayName>\
        <md:OrganizationDisplayName xml:lang=\"it\"> Identità\n &amp; Prova </md:OrganizationDisplayName>\
        </md:Organization>";
    let registry = pinned(&signed(&entity("https://a.example", &role, organisation))).unwrap();
    let provider = &registry.providers[0];
    assert_eq!(provider.display_name, "Identità & Prova");
    let certificates = [keys()[0].certificate().clone(), keys()[1].certificate().clone()];
    assert_eq!(provider.signing_certificates, certificates);
    assert_eq!(provider.sso_post.as_deref(), Some("https://a.example/sso"));
    assert_eq!(provider.sso_redirect, None);
    assert_eq!(provider.slo_post.as_deref(), Some("https://a.example/p"));
    assert_eq!(provider.slo_post_response.as_deref(), Some("https://a.example/r"));
    assert_eq!(provider.slo_redirect.as_deref(), Some("https://a.example/l"));
    assert_eq!(provider.slo_redirect_response, None);
}

#[test]
fn an_address_is_no_name() {
    let named = "<md:Organization><md:OrganizationName xml:lang=\"it\">Gestore di Prova</md:OrganizationName>\
        <md:OrganizationDisplayName xml:lang=\"it\">http://a.example</md:OrganizationDisplayName>\
        </md:Organization></md:EntityDescriptor>";
    let entity = good("https://a.example").replace("</md:EntityDescriptor>", named);
    let registry = pinned(&signed(&entity)).unwrap();
    assert_eq!(registry.providers[0].display_name, "Gestore di Prova");
}

#[test]
fn unusable_entries_are_left_out_with_a_reason() {
    let key = key_descriptor("", &certificate(&keys()[0]));
    let sso = |location| service("SingleSignOnService", "HTTP-POST", location, "");
    let expired = good("https://old.example").replacen(
        " entityID",
        " validUntil=\"2026-09-01T10:20:30Z\" entityID",
        1,
    );
    let quoted = format!("<md:Extensions>{}</md:Extensions>", good("https://quoted.example"));
    let content = [
        good("https://a.example"),
        good("https://a.example"),
        good(""),
        entity("https://keyless.example", &sso("https://b.example/"), &quoted),
        entity("https://plain.example", &(key.clone() + &sso("http://b.example/")), ""),
        entity("https://script.example", &(key.clone() + &sso("javascript:x")), ""),
        entity("https://user.example", &(key + &sso("https://a@b.example/")), ""),
        expired,
        "<md:EntityDescriptor entityID=\"https://sp.example\"><md:SPSSODescriptor/></md:EntityDescriptor>".into(),
        format!("<md:EntitiesDescriptor>{}</md:EntitiesDescriptor>", good("https://nested.example")),
    ]
    .concat();
    let registry = pinned(&signed(&content)).unwrap();
    let ids: Vec<_> = registry.providers.iter().map(|p| p.entity_id.as_str()).collect();
    assert_eq!(ids, ["https://a.example", "https://nested.example"]);
    let left_out: Vec<_> =
        registry.left_out.iter().map(|(id, reason)| (id.as_str(), *reason)).collect();
    let expected = [
        ("https://a.example", "duplicate"),
        ("", "no_entity_id"),
        ("https://keyless.example", "no_signing_key"),
        ("https://plain.example", "no_sso_location"),
        ("https://script.example", "no_sso_location"),
        ("https://user.example", "no_sso_location"),
        ("https://old.example", "expired"),
        ("https://sp.example", "no_provider_role"),
    ];
    assert_eq!(left_out, expected);
}

#[test]
fn plain_http_only_on_this_machine_and_only_in_trials() {
    let read = |id: &str, allow| {
        let xml = bare(&good(id));
        let scheme = IdentityScheme::Spid;
        read_registry(&xml, scheme, RegistryTrust::Transport, now(), allow).unwrap().providers.len()
    };
    assert_eq!(read("http://localhost:8027/spid", true), 1);
    assert_eq!(read("http://127.0.0.1:8027/spid", true), 1);
    assert_eq!(read("http://127.0.0.1:8027/spid", false), 0);
    assert_eq!(read("http://idp.example/spid", true), 0);
    assert_eq!(read("http://localhost.evil.example/", true), 0);
}
