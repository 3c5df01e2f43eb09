//! Settings: running processes take up changes, and a broken comune harms itself only.

use support::{
    app::{SHARED_HOST, TestApp},
    browser::Browser,
    family::Family,
    inside, sql,
};

#[tokio::test]
async fn a_running_process_takes_up_changed_settings_without_a_restart() {
    let app = TestApp::start().await;
    let mut browser = Browser::at(&app, "alfa");
    let mut bundle = TestApp::bundle("alfa");
    bundle.settings.identity.name = "Comune di Alfa Nuova".into();
    app.apply("alfa", &bundle).await;
    assert!(browser.open("/").await.text().contains("Comune di Alfa Nuova"));
    let mut other = Browser::at(&app, "beta");
    assert!(!other.open("/").await.text().contains("Alfa"));
}

#[tokio::test]
async fn a_process_is_ready_before_the_first_comune_is_loaded() {
    let app = TestApp::start().await;
    sql::execute(&mut app.database.owner().await, "DELETE FROM tenant_version").await.unwrap();
    let mut browser = Browser::at_host(&app, SHARED_HOST);
    browser.router = app.replica().await;
    assert_eq!(browser.get("/readyz").await.status, 200);
    assert_eq!(browser.get("/").await.status, 200, "the chooser is there, and finds nobody");
}

#[tokio::test]
async fn a_comune_that_cannot_be_read_keeps_its_last_good_version() {
    let app = TestApp::start().await;
    let alfa = app.tenant("alfa");
    let mut connection = app.database.app().await;
    let broken = format!(
        "INSERT INTO tenant_version (tenant_id, version, body, source, valid_from)
         VALUES ('{alfa}', 2, '{{\"nonsense\": 1}}', 'file', '2026-09-15T00:00:00Z')"
    );
    sql::execute(&mut connection, &broken).await.unwrap();
    let reloaded = operations::tenants::reload(&app.platform).await.unwrap();
    assert_eq!(reloaded.broken, [alfa]);
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.enrol().await;
    assert!(app.logs.text().contains("last good version"), "the operator is told");
    let mut browser = Browser::at(&app, "alfa");
    browser.router = app.replica().await;
    let start = browser.open("/").await;
    assert_eq!(start.status, 200, "a process that starts now finds it too");
}

#[tokio::test]
async fn a_host_of_another_comune_cannot_be_claimed() {
    let app = TestApp::start().await;
    let mut bundle = TestApp::bundle("alfa");
    let beta = TestApp::bundle("beta");
    bundle.settings.access.hosts.extend(beta.settings.access.hosts);
    let ctx = app.ctx(app.tenant("alfa"), domain::Actor::Platform);
    let applied = operations::tenants::apply(&ctx, &app.platform, "alfa", &bundle).await.unwrap();
    assert_eq!(applied, operations::tenants::Applied::HostTaken);
    let mut browser = Browser::at(&app, "beta");
    assert!(browser.open("/").await.text().contains("Unione dei Comuni di Beta"));
}

#[tokio::test]
async fn applies_at_the_same_time_take_turns() {
    let app = TestApp::start().await;
    let ctx = app.ctx(app.tenant("alfa"), domain::Actor::Platform);
    let bundles = ["Gamma", "Gamma Nuova", "Gamma Vecchia"].map(|name| {
        let mut bundle = TestApp::bundle("alfa");
        bundle.settings.access.hosts.clear();
        bundle.settings.identity.name = name.into();
        bundle
    });
    let apply = |bundle| operations::tenants::apply(&ctx, &app.platform, "gamma", bundle);
    let [first, second, third] = &bundles;
    let (first, second, third) = tokio::join!(apply(first), apply(second), apply(third));
    let mut versions = [first, second, third].map(|applied| match applied.unwrap() {
        operations::tenants::Applied::Version(version) => version,
        other => panic!("{other:?}"),
    });
    versions.sort_unstable();
    assert_eq!(versions, [1, 2, 3]);
}

#[tokio::test]
async fn the_shared_entrance_stays_although_a_comune_claims_its_host() {
    let app = TestApp::start().await;
    let mut bundle = TestApp::bundle("alfa");
    bundle.settings.access.hosts.push(SHARED_HOST.to_owned().try_into().unwrap());
    app.apply("alfa", &bundle).await;
    let mut browser = Browser::at_host(&app, SHARED_HOST);
    assert!(browser.open("/").await.has("[name=comune]"), "the chooser");
    let mut other = Browser::at_path(&app, "beta");
    assert!(other.open("/").await.text().contains("Unione dei Comuni di Beta"));
}

#[tokio::test]
async fn applying_the_same_folder_again_changes_nothing() {
    let app = TestApp::start().await;
    app.apply_folder("tests/fixtures/tenants").await;
    assert_eq!(inside::count(&app, "alfa", "form_definition").await, 1);
    assert_eq!(inside::count(&app, "alfa", "tenant_key").await, 1);
    let mut connection = app.database.app().await;
    let versions: i64 =
        sql::value(&mut connection, "SELECT count(*) FROM tenant_version").await.unwrap();
    assert_eq!(versions, 2);
}

#[tokio::test]
async fn a_changed_form_is_asked_of_new_drafts_and_old_ones_keep_theirs() {
    let app = TestApp::start().await;
    let mut begun = Family::arrive(&app, "alfa", 1).await;
    begun.begin().await;
    let mut bundle = TestApp::bundle("alfa");
    for form in bundle.forms.values_mut() {
        form.steps[0].questions.retain(|question| question.key != "residence");
    }
    app.apply("alfa", &bundle).await;
    let mut fresh = Family::arrive(&app, "alfa", 2).await;
    fresh.begin().await;
    assert!(!fresh.page.has("[name='residence.street']"));
    let draft = begun.draft();
    begun.open(&routes::enrol::Step { draft, step: "pupil".into() }).await;
    assert!(begun.page.has("[name='residence.street']"), "a draft answers the form it began with");
    begun.fill_in().await;
    begun.submit().await;
    assert!(begun.page.path.ends_with("/inviata"), "{:?}", begun.page);
}
