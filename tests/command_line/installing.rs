//! A new installation from an empty database, and what `doctor` finds on the way.

use crate::command_line::folder::Folder;
use support::{
    app::TestApp,
    database::{Database, OWNER},
    program::{Program, Ran},
};

/// The line of the doctor's table about something.
fn about<'r>(ran: &'r Ran, what: &str) -> &'r str {
    let found = ran.output.lines().find(|line| line.starts_with(what));
    found.unwrap_or_else(|| panic!("nothing about {what}: {ran:?}"))
}

#[tokio::test]
async fn an_empty_database_is_brought_up_to_date_once() {
    let database = Database::create_empty().await;
    let program = Program::bare().with("CAMPANELLA_MIGRATE_DATABASE_URL", database.url(OWNER));
    let first = program.run(&["migrate"]).await;
    assert_eq!(first.code, 0, "{first:?}");
    assert!(!first.output.starts_with("0 "), "{}", first.output);
    let second = program.run(&["migrate"]).await;
    assert_eq!(second.output, "0 migrations applied; the schema is up to date\n");
}

#[tokio::test]
async fn the_doctor_is_content_only_when_everything_is_there() {
    let app = TestApp::start().await;
    let empty = Database::create_empty().await;
    let sound =
        Program::beside(&app).with("CAMPANELLA_MIGRATE_DATABASE_URL", app.database.url(OWNER));
    let ran = sound.run(&["doctor"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    for what in ["settings", "documents", "assets", "migrations", "redis", "mail relay", "database"]
    {
        assert!(about(&ran, what).contains(" ok "), "{ran:?}");
    }
    assert!(about(&ran, "tenants").contains("2 are loaded"), "{ran:?}");
    let alone = sound.clone().with("CAMPANELLA_REDIS_URL", "redis://127.0.0.1:1/");
    let ran = alone.run(&["doctor"]).await;
    assert!(ran.code == 0 && about(&ran, "redis").contains(" look "), "worth a look: {ran:?}");
    for (variable, value, what) in [
        ("CAMPANELLA_SMTP_URL", "smtp://127.0.0.1:1".to_owned(), "mail relay"),
        ("CAMPANELLA_PUBLIC_URL", String::new(), "settings"),
        ("CAMPANELLA_DATABASE_URL", app.database.url(OWNER), "database"),
        ("CAMPANELLA_MIGRATE_DATABASE_URL", empty.url(OWNER), "migrations"),
    ] {
        let ran = sound.clone().with(variable, value).run(&["doctor"]).await;
        assert_eq!(ran.code, 1, "{variable}: {ran:?}");
        assert!(about(&ran, what).contains("FAILED"), "{variable}: {ran:?}");
    }
}

#[tokio::test]
async fn what_is_not_set_is_asked_for_by_name_and_the_owner_serves_nobody() {
    let app = TestApp::start().await;
    let folder = Folder::copy();
    let apply = ["tenants", "apply", folder.path()];
    let ran = Program::bare().run(&apply).await;
    assert_eq!(ran.code, 1);
    assert!(ran.errors.contains("CAMPANELLA_DATABASE_URL is not set; it takes "), "{ran:?}");
    let owner = Program::beside(&app).with("CAMPANELLA_DATABASE_URL", app.database.url(OWNER));
    for words in [&apply[..], &["serve"], &["work"]] {
        let ran = owner.run(words).await;
        assert_eq!(ran.code, 1, "row security must bind the role: {ran:?}");
    }
}
