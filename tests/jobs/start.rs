//! A worker that begins: it knows the comuni before it takes their jobs, and looks up those applied since.

use std::{sync::Arc, time::Duration};
use support::{app::TestApp, family::Family, sql};
use tenants::Registry;
use tokio::{sync::watch, time};
use worker::Worker;

/// The worker of a process that has read no comune yet.
fn fresh(app: &TestApp) -> Worker {
    let mut worker = app.worker.clone();
    worker.platform.tenants = Arc::new(Registry::new());
    worker
}

/// A family waits for its code.
async fn asking(app: &TestApp) {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.start().await;
    family.ask_for_code().await;
}

#[tokio::test]
async fn a_comune_applied_a_moment_ago_is_looked_up_for_its_first_job() {
    let app = TestApp::start().await;
    asking(&app).await;
    assert!(fresh(&app).work_one().await.unwrap());
    assert_eq!(app.sink.messages().len(), 1);
}

#[tokio::test]
async fn a_job_of_a_comune_that_cannot_be_read_comes_back_within_seconds_and_keeps_coming() {
    let app = TestApp::start().await;
    asking(&app).await;
    let mut connection = app.database.app().await;
    let away = "UPDATE job SET tenant_id = (SELECT id FROM tenant WHERE slug = 'gone')";
    support::rows::insert_tenant(&mut connection, "gone").await;
    sql::execute(&mut connection, away).await.unwrap();
    assert!(fresh(&app).work_one().await.unwrap());
    let now = domain::Clock::now(&*app.clock);
    let soon = format!(
        "SELECT last_error_code = 'unknown_tenant' AND failed_at IS NULL
            AND run_at BETWEEN '{now}'::timestamptz AND '{now}'::timestamptz + interval '10 s' FROM job"
    );
    assert!(sql::value::<bool>(&mut connection, &soon).await.unwrap());
}

#[tokio::test]
async fn a_running_worker_sends_what_waits_and_stops_when_told() {
    let app = TestApp::start().await;
    asking(&app).await;
    let (stopper, stop) = watch::channel(false);
    let running = tokio::spawn(worker::run(fresh(&app), stop));
    let sent = async {
        while app.sink.messages().is_empty() {
            time::sleep(Duration::from_millis(50)).await;
        }
        stopper.send_replace(true);
        running.await.unwrap();
    };
    time::timeout(Duration::from_secs(20), sent).await.expect("sent, and stopped");
    let left = "SELECT count(*) FROM job WHERE kind = 'send_mail'";
    assert_eq!(sql::value::<i64>(&mut app.database.app().await, left).await.unwrap(), 0);
}
