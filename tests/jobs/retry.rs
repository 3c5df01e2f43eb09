//! A job knows its tenant and language from its row alone, and every way of failing costs a try and nothing more.

use domain::{
    Actor,
    ids::{JobId, MailId, TenantId},
};
use jiff::SignedDuration;
use storage::queue::{self, NewJob, Payload};
use support::{app::TestApp, browser::Browser, family::Family, inside, sql};

async fn enqueue(app: &TestApp, tenant: TenantId, payload: Payload, locale: &str) {
    let now = domain::Clock::now(&*app.clock);
    let job = NewJob {
        id: JobId::new(now, &*app.platform.entropy),
        payload,
        locale,
        run_at: now,
        dedupe_key: None,
        urgent: false,
        created_at: now,
    };
    let mut tx = app.platform.pool.tenant(tenant).await.unwrap();
    queue::enqueue(&mut tx, &job).await.unwrap();
    tx.commit().await.unwrap();
}

async fn job_facts(app: &TestApp, column: &str) -> Vec<Option<String>> {
    let facts = format!("SELECT json_agg({column}::text ORDER BY created_at, id) FROM job");
    let query = format!("SELECT coalesce(({facts}), '[]')");
    sql::value(&mut app.database.app().await, &query).await.unwrap()
}

#[tokio::test]
async fn mails_of_many_tenants_and_languages_come_each_from_its_own() {
    let app = TestApp::start().await;
    for (number, slug, language) in
        [(1, "alfa", "it"), (2, "beta", "en"), (3, "alfa", "en"), (4, "beta", "it")]
    {
        let browser = Browser::at(&app, slug).speaking(language);
        let mut family = Family::arrive_with(browser, slug, number).await;
        family.start().await;
        family.ask_for_code().await;
    }
    app.work().await;
    let mut seen: Vec<(Vec<String>, String, Option<String>)> = app
        .sink
        .messages()
        .into_iter()
        .map(|mail| (mail.to.clone(), mail.from.clone(), mail.header("Content-Language")))
        .collect();
    seen.sort();
    let expected = [(1, "alfa", "it"), (2, "beta", "en"), (3, "alfa", "en"), (4, "beta", "it")];
    let expected = expected.map(|(number, slug, language)| {
        let to = support::people::Person::guardian(number).email;
        (vec![to], format!("noreply@{slug}.example.test"), Some(language.to_owned()))
    });
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_job_of_one_tenant_cannot_send_a_mail_of_another() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.start().await;
    family.ask_for_code().await;
    let mail: MailId =
        inside::value::<uuid::Uuid>(&app, "alfa", "SELECT id FROM mail").await.into();
    support::sql::execute(&mut app.database.app().await, "DELETE FROM job").await.unwrap();
    enqueue(&app, app.tenant("beta"), Payload::SendMail { mail }, "it").await;
    app.work().await;
    assert!(app.sink.messages().is_empty());
    assert!(job_facts(&app, "id").await.is_empty(), "there is nothing to do for beta");
    enqueue(&app, app.tenant("alfa"), Payload::SendMail { mail }, "it").await;
    app.work().await;
    assert_eq!(app.sink.messages().len(), 1);
}

#[tokio::test]
async fn erasing_for_one_tenant_touches_no_row_of_another() {
    let app = TestApp::start().await;
    for slug in ["alfa", "beta"] {
        Family::arrive(&app, slug, 1).await.start().await;
    }
    app.clock.advance(SignedDuration::from_hours(25));
    let ctx = app.ctx(app.tenant("alfa"), Actor::Platform);
    operations::retention::schedule(&ctx, &app.platform).await.unwrap();
    app.work().await;
    assert_eq!(inside::count(&app, "alfa", "draft").await, 0);
    assert_eq!(inside::count(&app, "beta", "draft").await, 1);
}

#[tokio::test]
async fn a_kind_that_only_a_newer_program_knows_waits_for_it() {
    let app = TestApp::start().await;
    enqueue(&app, app.tenant("alfa"), Payload::Expire, "it").await;
    let mut connection = app.database.app().await;
    let newer = r#"UPDATE job SET kind = 'fold_paper', ids = '{"kind": "fold_paper"}'"#;
    sql::execute(&mut connection, newer).await.unwrap();
    app.work().await;
    assert_eq!(job_facts(&app, "last_error_code").await, [Some("unknown_kind".to_owned())]);
    assert_eq!(job_facts(&app, "failed_at").await, [None]);
    let known = r#"UPDATE job SET kind = 'expire', ids = '{"kind": "expire"}'"#;
    sql::execute(&mut connection, known).await.unwrap();
    app.clock.advance(SignedDuration::from_mins(2));
    app.work().await;
    assert!(job_facts(&app, "id").await.is_empty(), "the newer program has done it");
}

#[tokio::test]
async fn a_job_that_takes_its_worker_with_it_every_time_is_given_up() {
    let app = TestApp::start().await;
    enqueue(&app, app.tenant("alfa"), Payload::Expire, "it").await;
    for _ in 0..3 {
        // Taken, and never concluded: the process is gone.
        let now = domain::Clock::now(&*app.clock);
        let mut tx = app.platform.pool.system().await.unwrap();
        assert!(queue::take(&mut tx, now).await.unwrap().is_some());
        tx.commit().await.unwrap();
        app.work().await;
        assert_eq!(job_facts(&app, "failed_at").await, [None], "leased to the one that died");
        app.clock.advance(queue::LEASE);
    }
    app.work().await;
    assert_eq!(job_facts(&app, "last_error_code").await, [Some("crash".to_owned())]);
    assert_ne!(job_facts(&app, "failed_at").await, [None]);
}

#[tokio::test]
async fn a_job_that_fails_says_by_code_what_happened_and_comes_back() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    app.work().await;
    family.answer("save").await;
    inside::change(&app, "alfa", "UPDATE mail SET to_enc = '\\x00' WHERE sent_at IS NULL").await;
    app.work().await;
    assert_eq!(job_facts(&app, "last_error_code").await, [Some("secrets".to_owned())]);
    assert_eq!(
        job_facts(&app, "failed_at").await,
        [None],
        "another key, or the next release, may help"
    );
    assert!(app.logs.text().contains("job failed"), "one line for the operator");
}
