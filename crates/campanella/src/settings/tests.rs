//! What the environment may say, and what it hears back.

use super::{LogFormat, Settings, VARIABLES};
use std::collections::BTreeMap;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn read(pairs: &[(&str, &str)]) -> anyhow::Result<Settings> {
    let named = |(name, value): &(&str, &str)| (format!("CAMPANELLA_{name}"), (*value).to_owned());
    Settings::read(pairs.iter().map(named).collect())
}

fn refusal(pairs: &[(&str, &str)]) -> String {
    read(pairs).unwrap_err().to_string()
}

#[test]
fn an_empty_environment_has_defaults_and_asks_for_the_rest_by_name() {
    let settings = read(&[("REDIS_URL", "")]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert_eq!((settings.log_format, settings.work_slots), (LogFormat::Text, 4));
    let missing = [
        settings.storage().unwrap_err(),
        settings.owner_url().unwrap_err(),
        settings.limits().unwrap_err(),
        settings.secrets().unwrap_err(),
        settings.mail().unwrap_err(),
        settings.public_url().unwrap_err(),
    ];
    let names = [
        "DATABASE_URL",
        "MIGRATE_DATABASE_URL",
        "REDIS_URL",
        "OPERATOR_KEY",
        "SMTP_URL",
        "PUBLIC_URL",
    ];
    for (error, name) in missing.iter().zip(names) {
        let text = error.to_string();
        assert!(text.starts_with(&format!("CAMPANELLA_{name} is not set; it takes ")), "{text}");
    }
}

#[test]
fn a_complete_environment_is_read() {
    let settings = read(&[
        ("DATABASE_URL", "postgres://app@127.0.0.1/campanella"),
        ("REDIS_URL", "redis://:parola@127.0.0.1:6379"),
        ("OPERATOR_KEY", KEY),
        ("OLD_OPERATOR_KEYS", &format!("{KEY}, {KEY}")),
        ("PUBLIC_URL", "https://servizi.example.it/"),
        ("SMTP_URL", "smtp://127.0.0.1:2525"),
        ("LOG", "info,web=debug"),
        ("LOG_FORMAT", "json"),
        ("DB_MAX_CONNECTIONS", "30"),
    ])
    .unwrap();
    assert_eq!(settings.public_url().unwrap(), "https://servizi.example.it");
    assert_eq!(settings.shared_host().as_deref(), Some("servizi.example.it"));
    assert_eq!(settings.storage().unwrap().max_connections, 30);
    assert_eq!(settings.secrets().unwrap().old_operator_keys.len(), 2);
    assert!(!format!("{settings:?}").contains("parola"), "secrets are not shown");
}

#[test]
fn bad_values_are_refused_all_at_once_with_name_and_allowed_values_but_not_repeated() {
    let bad = [
        ("DATABASE_URL", "mysql://u:parola@h/d"),
        ("REDIS_URL", "127.0.0.1:6379"),
        ("OPERATOR_KEY", "AAAA"),
        ("SMTP_URL", "smtp://mail.example.it"),
        ("LISTEN", "porta"),
        ("PUBLIC_URL", "http://servizi.example.it"),
        ("LOG", "info,,=="),
        ("LOG_FORMAT", "xml"),
        ("TRUSTED_PROXIES", "-1"),
        ("OTLP_ENDPOINT", "collector:4317"),
        ("DB_MAX_CONNECTIONS", "5000"),
        ("SMTP_CA_FILE", "/does/not/exist"),
    ];
    let text = refusal(&bad);
    for (name, value) in bad {
        assert!(text.contains(&format!("CAMPANELLA_{name}: it takes ")), "{name}: {text}");
        assert!(!text.contains(value), "{name}: {text}");
    }
    assert!(!text.contains("parola"));
}

#[test]
fn unknown_names_are_refused_and_those_of_the_harness_ignored() {
    let text = refusal(&[("SMTP_ULR", "smtp://127.0.0.1")]);
    assert!(text.contains("CAMPANELLA_SMTP_ULR: unknown; known are"), "{text}");
    assert!(text.contains("SMTP_URL"), "{text}");
    assert!(read(&[("TEST_PG_PORT", "1")]).is_ok());
}

#[test]
fn plain_http_is_for_this_machine_and_an_address_has_no_path() {
    for good in ["http://localhost:8080", "http://127.0.0.1", "https://a.example.it:8443"] {
        assert!(read(&[("PUBLIC_URL", good)]).is_ok(), "{good}");
    }
    for bad in ["ftp://localhost", "https://", "https://a.example.it/x", "https://a@b.it", "a.it"] {
        assert!(read(&[("PUBLIC_URL", bad)]).is_err(), "{bad}");
    }
}

#[test]
fn every_variable_of_the_table_is_read() {
    let nonsense: BTreeMap<String, String> =
        VARIABLES.iter().map(|variable| (variable.full_name(), "\u{1}".to_owned())).collect();
    let text = Settings::read(nonsense).unwrap_err().to_string();
    assert!(!text.contains("unknown"), "{text}");
}

/// What is said of an aggregator's file in which a text was replaced.
fn aggregator(from: &str, to: &str) -> Option<String> {
    const FILE: &str = "entity_id = \"https://aggregatore.example.it\"\nhost = \"aggregatore.example.it\"\n\
        name = \"Operatore di prova\"\nlocality = \"Taranto\"\nvat = \"IT00000000000\"\n\
        email = \"spid@aggregatore.example.it\"\ntelephone = \"+390600000000\"\n";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("operator.toml");
    assert!(FILE.contains(from), "{from}");
    std::fs::write(&path, FILE.replacen(from, to, 1)).unwrap();
    let settings = read(&[("AGGREGATOR_FILE", path.to_str().unwrap())]).unwrap();
    settings.operator().err().map(|error| format!("{error:#}"))
}

#[test]
fn the_aggregators_file_is_judged_before_anything_is_signed_with_it() {
    assert_eq!(aggregator("Operatore", "Operatore"), None);
    for (from, to, expected) in [
        (
            "\"https://aggregatore.example.it\"",
            "\"http://aggregatore.example.it\"",
            "entity_id is an address",
        ),
        (
            "host = \"aggregatore.example.it\"",
            "host = \"https://a.example.it/\"",
            "aggregator host",
        ),
        ("\"Operatore di prova\"", "\" \"", "aggregator name"),
        ("\"Taranto\"", "\"\"", "locality is needed"),
        ("vat = \"IT00000000000\"", "", "aggregator identifier"),
        ("\"IT00000000000\"", "\"00000000000\"", "aggregator vat"),
        ("vat = \"IT00000000000\"", "fiscal_code = \"1\"", "aggregator fiscal_code"),
        ("vat = \"IT00000000000\"", "codice_ipa = \"a b\"", "aggregator codice_ipa"),
        ("spid@aggregatore", "spid+1@aggregatore", "email"),
        ("+390600000000", "+39 06 0", "telephone"),
        ("locality", "town", "unknown field `town`"),
    ] {
        let told = aggregator(from, to).unwrap_or_default();
        assert!(told.contains(expected) && told.contains("CAMPANELLA_AGGREGATOR_FILE"), "{told}");
    }
}

#[test]
fn providers_that_sign_their_whole_answer_are_named_by_their_identifier() {
    let ids = "https://idp.example.it, https://altro.example.it/idp";
    let settings = read(&[("SIGNED_RESPONSES", ids)]).unwrap();
    let signed = settings.provider_trust().unwrap().signed_responses;
    assert!(signed.len() == 2 && signed.contains("https://altro.example.it/idp"), "{signed:?}");
    assert!(refusal(&[("SIGNED_RESPONSES", "idp.example.it")]).contains("entityIDs"));
}
