//! The two roles as processes: they follow the tenants' files without a restart, serve a family, and stop when told.

use crate::command_line::folder::Folder;
use simulators::{
    families::{Family, Portal, Reached, walk},
    smtp::{Encryption, SinkOptions, SmtpSink},
};
use std::{net::SocketAddr, sync::Arc};
use support::{
    app::TestApp,
    environment,
    program::{Program, free_port, get},
};
use tracing::{instrument::WithSubscriber as _, subscriber::NoSubscriber};

async fn shows(port: u16, path: &str, words: &str) -> bool {
    get(port, path).await.is_some_and(|answer| answer.contains(words))
}

/// The program beside a test's product, on a port of its own.
fn portal(app: &TestApp, port: u16) -> Program {
    Program::beside(app)
        .with("CAMPANELLA_LISTEN", format!("127.0.0.1:{port}"))
        .with("CAMPANELLA_PUBLIC_URL", format!("http://localhost:{port}"))
}

#[tokio::test]
async fn a_running_replica_follows_the_tenants_files_without_a_restart() {
    let app = TestApp::start().await;
    let port = free_port();
    let program = portal(&app, port);
    let mut serve = program.start("serve");
    serve.until("it is ready", async || shows(port, "/readyz", "200 OK").await).await;
    serve.until("alfa is served", async || shows(port, "/alfa/", "Mensa di Alfa").await).await;
    let folder = Folder::copy();
    folder.change("alfa/tenant.toml", "Mensa di Alfa", "Mensa nuova di Alfa");
    let applied = program.run(&["tenants", "apply", folder.path()]).await;
    assert_eq!(applied.code, 0, "{applied:?}");
    let new = async || shows(port, "/alfa/", "Mensa nuova di Alfa").await;
    serve.until("the change is shown", new).await;
    assert_eq!(serve.stop().await, Some(0), "stopped when told");
}

#[tokio::test]
async fn a_running_worker_learns_of_new_tenants() {
    let app = TestApp::start().await;
    let mut worker = app.worker.clone();
    worker.platform.tenants = Arc::new(tenants::Registry::new());
    let registry = Arc::clone(&worker.platform.tenants);
    let (stopper, stop) = tokio::sync::watch::channel(false);
    let working = tokio::spawn(worker::run(worker, stop));
    let known = |number: i32| {
        let registry = Arc::clone(&registry);
        async move {
            while registry.by_slug("alfa").is_none_or(|alfa| alfa.version() != number) {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        }
    };
    let patience = std::time::Duration::from_secs(20);
    tokio::time::timeout(patience, known(1)).await.expect("it learns of them at its start");
    let mut bundle = TestApp::bundle("alfa");
    "Alfa Nuova".clone_into(&mut bundle.settings.identity.short_name);
    app.apply("alfa", &bundle).await;
    tokio::time::timeout(patience, known(2)).await.expect("and of what changes while it runs");
    stopper.send_replace(true);
    working.await.unwrap();
}

#[tokio::test]
async fn a_family_enrols_at_the_running_program_and_nobody_is_named_in_its_log() {
    let app = TestApp::start().await;
    let page = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
    let options =
        SinkOptions { http: page, encryption: Encryption::None, ..SinkOptions::default() };
    let sink = SmtpSink::start(options).await.unwrap();
    let port = free_port();
    let program = portal(&app, port).with("CAMPANELLA_SMTP_URL", format!("smtp://{}", sink.addr()));
    let tenants = environment::root().join("tenants");
    let apply = ["tenants", "apply", "--demo-windows", tenants.to_str().unwrap()];
    let applied = program.run(&apply).await;
    assert_eq!(applied.code, 0, "{applied:?}");
    let (mut serve, work) = (program.start("serve"), program.start("work"));
    serve.until("it is served", async || shows(port, "/taranto/", "Taranto").await).await;
    let url = |text: String| text.parse().unwrap();
    let mailbox = url(format!("http://{}/", sink.http_addr().unwrap()));
    let portal =
        Portal::of_tenant(&url(format!("http://localhost:{port}/")), &mailbox, "taranto").unwrap();
    let family = Family { downloads: false, ..Family::invented(1, 1) };
    app.logs.watch_words([
        family.email.clone(),
        family.pupil.codice_fiscale.as_str().to_owned(),
        family.guardian.codice_fiscale.as_str().to_owned(),
        family.guardian.surname.clone(),
        family.pupil.name.clone(),
    ]);
    let outcome = walk(&portal, &family).with_subscriber(NoSubscriber::default()).await;
    assert_eq!((outcome.refusal, outcome.reached), (None, Reached::Sent));
    for role in [serve, work] {
        assert_eq!(app.logs.found_in(&role.log()), Vec::<String>::new(), "named in a log");
        assert_eq!(role.stop().await, Some(0));
    }
}
