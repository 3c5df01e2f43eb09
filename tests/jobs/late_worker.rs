//! A worker that comes to its end after its lease: what another worker made of the job meanwhile stands.

use domain::ids::MailId;
use storage::{
    mails,
    queue::{self, Job, LEASE},
};
use support::{app::TestApp, family::Family, inside, sql};

/// Takes the due job and holds it, as a worker does that is slow.
async fn take(app: &TestApp) -> Job {
    let mut tx = app.platform.pool.system().await.unwrap();
    let job = queue::take(&mut tx, domain::Clock::now(&*app.clock)).await.unwrap();
    tx.commit().await.unwrap();
    job.expect("a job is due")
}

/// A family waits for its code; a slow worker has the job.
async fn taken(app: &TestApp) -> Job {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.start().await;
    family.ask_for_code().await;
    take(app).await
}

#[tokio::test]
async fn it_neither_ends_nor_frees_nor_gives_up_the_job_of_the_other() {
    let app = TestApp::start().await;
    let late = taken(&app).await;
    app.clock.advance(LEASE);
    let second = take(&app).await;
    let now = domain::Clock::now(&*app.clock);
    let mut tx = app.platform.pool.system().await.unwrap();
    assert!(!queue::update_retry(&mut tx, &late, now, "timeout").await.unwrap());
    assert!(!queue::update_failed(&mut tx, &late, now, "timeout").await.unwrap());
    assert!(!queue::delete(&mut tx, &late).await.unwrap());
    assert!(queue::take(&mut tx, now).await.unwrap().is_none(), "the second lease holds");
    assert!(queue::delete(&mut tx, &second).await.unwrap());
    tx.commit().await.unwrap();
    let left = "SELECT count(*) FROM job";
    assert_eq!(sql::value::<i64>(&mut app.database.app().await, left).await.unwrap(), 0);
}

#[tokio::test]
async fn a_mail_that_the_other_has_sent_is_not_marked_as_failed() {
    let app = TestApp::start().await;
    taken(&app).await;
    app.clock.advance(LEASE);
    app.work().await;
    let mail: MailId =
        inside::value::<uuid::Uuid>(&app, "alfa", "SELECT id FROM mail").await.into();
    let mut tx = app.platform.pool.tenant(app.tenant("alfa")).await.unwrap();
    mails::update_failed(&mut tx, mail, "smtp_550", true).await.unwrap();
    tx.commit().await.unwrap();
    let row = "SELECT json_build_array(state, last_error_code) FROM mail";
    assert_eq!(inside::value::<(i16, Option<String>)>(&app, "alfa", row).await, (2, None));
}
