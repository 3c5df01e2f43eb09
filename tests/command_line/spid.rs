//! `campanella spid`: from no key to the ZIP for onboarding, and the register for who may ask for it.

use domain::Clock as _;
use simulators::identity_provider::{IdentityProviders, Options as Server, signer::SigningKey};
use std::{fs, sync::Arc};
use support::{
    app::{MORNING, TestApp},
    browser::Browser,
    clock::FixedClock,
    entropy::SeededEntropy,
    inside,
    program::Program,
};
use tempfile::TempDir;

/// The operator as aggregator, as the programs read it.
const OPERATOR: &str = r#"
entity_id = "https://aggregatore.example.test"
host = "aggregatore.example.test"
name = "Operatore di prova"
locality = "Taranto"
vat = "IT12345678903"
email = "spid@aggregatore.example.test"
telephone = "+390600000001"
"#;

struct Desk {
    program: Program,
    folder: TempDir,
}

impl Desk {
    fn beside(app: &TestApp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("operator.toml");
        fs::write(&file, OPERATOR).unwrap();
        let program = Program::beside(app);
        let program = program.with("CAMPANELLA_AGGREGATOR_FILE", file.to_str().unwrap());
        Self { program, folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// What a command says; it must succeed.
    async fn says(&self, line: &str) -> String {
        let words: Vec<&str> = line.split_whitespace().collect();
        let ran = self.program.run(&words).await;
        assert_eq!(ran.code, 0, "{line}: {}{}", ran.output, ran.errors);
        ran.output
    }

    /// What a command refuses with.
    async fn refuses(&self, line: &str) -> String {
        let words: Vec<&str> = line.split_whitespace().collect();
        let ran = self.program.run(&words).await;
        assert_ne!(ran.code, 0, "{line}: {}", ran.output);
        format!("{}{}", ran.output, ran.errors)
    }
}

#[tokio::test]
async fn from_no_key_to_the_zip_of_two_comuni() {
    let app = TestApp::start().await;
    let desk = Desk::beside(&app);
    let early = desk.refuses("spid metadata check --tenant alfa").await;
    assert!(early.contains("spid keys new"), "it says what to do: {early}");
    assert!(desk.says("spid keys list --tenant alfa").await.contains("no key yet"));
    let made = desk.says("spid keys new --tenant alfa").await;
    assert!(made.starts_with("kept as signing, until "), "{made}");
    desk.says("spid keys new --operator").await;
    let judged = desk.says("spid metadata check").await;
    assert_eq!(judged.matches(": in order").count(), 4, "SPID and CIE of both: {judged}");
    let out = desk.path("onboarding.zip");
    let export = format!("spid metadata export --tenant alfa --tenant beta --out {out}");
    assert!(desk.says(&export).await.contains("4 documents"));
    let zip = fs::read(&out).unwrap();
    for name in ["alfa/spid-metadata.xml", "beta/cie-metadata.xml", "summary.json"] {
        assert!(String::from_utf8_lossy(&zip).contains(name), "{name}");
    }
    assert!(!String::from_utf8_lossy(&zip).contains("PRIVATE KEY"));
}

#[tokio::test]
async fn a_key_is_changed_for_the_next_with_both_published_on_the_way() {
    let app = TestApp::start().await;
    let desk = Desk::beside(&app);
    desk.says("spid keys new --tenant alfa").await;
    let published = async || {
        let page = Browser::at(&app, "alfa").get("/spid/metadata").await;
        page.html().matches("<md:KeyDescriptor").count()
    };
    assert_eq!(published().await, 1);
    assert!(desk.refuses("spid keys roll --tenant alfa").await.contains("no next key"));
    desk.says("spid keys new --tenant alfa --days 100").await;
    assert!(desk.refuses("spid keys new --tenant alfa").await.contains("waits already"));
    assert_eq!(published().await, 2, "the next one is published before it signs");
    desk.says("spid keys roll --tenant alfa").await;
    assert_eq!(published().await, 2, "the previous one is published while it is still believed");
    desk.says("spid keys retire --tenant alfa").await;
    assert_eq!(published().await, 1);
    let list = desk.says("spid keys list --tenant alfa").await;
    assert!(list.contains("signing") && list.contains("retired"), "{list}");
    let kept = "SELECT count(*) FROM saml_key WHERE use = 'retired' AND private_key_enc IS NULL";
    assert_eq!(inside::value::<i64>(&app, "alfa", kept).await, 1, "the private half is erased");
    assert_eq!(inside::count(&app, "beta", "saml_key").await, 0);
}

#[tokio::test]
async fn a_request_leaves_a_private_file_and_what_comes_back_is_compared_with_it() {
    let app = TestApp::start().await;
    let desk = Desk::beside(&app);
    let out = desk.path("request");
    desk.says(&format!("spid keys request --operator --out {out}")).await;
    let about = fs::metadata(format!("{out}/private-key.pem")).unwrap();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o777, 0o600);
    let request = fs::read_to_string(format!("{out}/request.csr.pem")).unwrap();
    assert!(request.starts_with("-----BEGIN CERTIFICATE REQUEST-----"));
    // Somebody else's certificate does not belong to this key.
    let other = SigningKey::generate("Altri").unwrap();
    fs::write(desk.path("other.pem"), other.certificate_pem().unwrap()).unwrap();
    let line = format!(
        "spid keys import --operator --private-key {out}/private-key.pem --certificate {}",
        desk.path("other.pem")
    );
    desk.refuses(&line).await;
    assert!(desk.says("spid keys list --operator").await.contains("no key yet"));
}

#[tokio::test]
async fn metadata_from_elsewhere_are_judged_without_a_database() {
    let app = TestApp::start().await;
    app.give_keys().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("metadata.xml");
    let page = Browser::at(&app, "alfa").get("/spid/metadata").await;
    fs::write(&file, page.html()).unwrap();
    let path = file.to_str().unwrap();
    let bare = Program::bare();
    let judge = async |profile: &str| {
        bare.run(&["spid", "metadata", "check-file", path, "--profile", profile]).await
    };
    assert_eq!(judge("public").await.code, 0);
    assert_eq!(judge("pub-ag-full").await.code, 1, "by the rules of another kind");
    fs::write(&file, page.html().replace("Comune di Alfa", "Comune di Gamma")).unwrap();
    let ran = judge("public").await;
    assert!(ran.code == 1 && ran.output.contains("signature"), "{}", ran.output);
}

#[tokio::test]
async fn the_register_is_read_with_a_reason_that_stays() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    Browser::at(&app, "alfa").sign_in("alfa", "anna").await;
    let desk = Desk::beside(&app);
    let day = domain::enrolment_window::rome_date(app.clock.now());
    let line = |reason: &str| {
        format!("spid register --tenant alfa --from {day} --to {day} --reason {reason}")
    };
    assert!(desk.refuses(&line("x")).await.contains("say why"));
    let lines = desk.says(&line("PM-2026/0815")).await;
    // The clock stands still: both lines are of one instant.
    let mut kinds: Vec<String> = lines
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|line| format!("{} {}", line["kind"], line["outcome"]).replace('"', ""))
        .collect();
    kinds.sort();
    assert_eq!(kinds, ["request sent", "response accepted"]);
    let trail = "SELECT details->>'reason' FROM audit_event WHERE verb = 'register_read'";
    assert_eq!(inside::value::<String>(&app, "alfa", trail).await, "PM-2026/0815");
    let elsewhere = desk.says(&line("PM-2026/0815").replace("alfa", "beta")).await;
    assert_eq!(elsewhere, "");
}

#[tokio::test]
async fn trial_providers_never_reach_a_portal_that_others_use() {
    let app = TestApp::start().await;
    let program = Program::beside(&app)
        .with("CAMPANELLA_PUBLIC_URL", "https://servizi.example.test")
        .with("CAMPANELLA_CIE_METADATA_URL", "http://127.0.0.1:8027/cie/metadata");
    let ran = program.run(&["work"]).await;
    assert_ne!(ran.code, 0);
    assert!(ran.errors.contains("CAMPANELLA_CIE_METADATA_URL"), "{}", ran.errors);
    assert!(ran.errors.contains("trials on this machine"), "{}", ran.errors);
}

#[tokio::test]
async fn the_sources_are_read_at_once_and_a_stranger_is_not_believed() {
    let clock = Arc::new(FixedClock::at_text(MORNING));
    let server = Server::new(clock, Arc::new(SeededEntropy::of_test()));
    let server = IdentityProviders::start(server).await.unwrap();
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let believed = |pem: String| {
        let file = folder.path().join("registry.pem");
        fs::write(&file, pem).unwrap();
        Program::beside(&app)
            .with("CAMPANELLA_PUBLIC_URL", "http://localhost:8080")
            .with("CAMPANELLA_SPID_REGISTRY_URL", format!("{}registry.xml", server.base_url()))
            .with("CAMPANELLA_SPID_REGISTRY_CERTIFICATE", file.to_str().unwrap())
    };
    let refresh = ["spid", "providers", "refresh"];
    let stranger = SigningKey::generate("Altri").unwrap().certificate_pem().unwrap();
    let ran = believed(stranger).run(&refresh).await;
    assert!(ran.code == 1 && ran.output.contains("last good copy"), "{}", ran.output);
    let program = believed(server.registry_certificate_pem().unwrap());
    for said in ["spid   changed, version 1", "spid   unchanged"] {
        let ran = program.run(&refresh).await;
        assert_eq!((ran.code, ran.output.trim()), (0, said), "{}", ran.errors);
    }
}
