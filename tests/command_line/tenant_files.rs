//! `tenants check` and `tenants apply`: mistakes by file, line, key and what is allowed; sound tenants take effect.

use crate::command_line::folder::Folder;
use support::{app::TestApp, browser::Browser, program::Program};

#[tokio::test]
async fn files_in_order_are_said_to_be_so_without_any_setting() {
    let folder = Folder::copy();
    let ran = Program::bare().run(&["tenants", "check", folder.path()]).await;
    assert_eq!((ran.code, ran.errors.as_str()), (0, ""), "{ran:?}");
    assert!(ran.output.contains("alfa: in order\n") && ran.output.contains("beta: in order\n"));
}

#[tokio::test]
async fn every_mistake_has_its_file_line_and_key_and_says_what_is_allowed() {
    let folder = Folder::copy();
    let file = "alfa/tenant.toml";
    let changes = [
        ("offered = [\"it\", \"en\"]", "offered = [\"it\", \"xx\"]", "languages.offered[2]"),
        ("logo = ", "logos = ", "brand.logos"),
        ("opens_at = \"", "opens_at = \"domani ", "window[1].opens_at"),
    ];
    let lines = changes.map(|(old, new, _)| folder.change(file, old, new));
    let ran = Program::bare().run(&["tenants", "check", folder.path()]).await;
    assert_eq!(ran.code, 1);
    assert!(ran.output.contains("beta: in order"), "one comune's mistakes are no other's");
    let allowed = [
        "expected one of `it`, `en`, `fr`",
        "expected one of `colour`, `logo`",
        "2026-09-08 08:00",
    ];
    for (((_, _, key), line), allowed) in changes.iter().zip(lines).zip(allowed) {
        let told = ran.output.lines().find(|told| told.contains(key));
        let told = told.unwrap_or_else(|| panic!("{key} is told: {}", ran.output));
        assert!(told.starts_with(&format!("{file}:{line} ")), "line {line}: {told}");
        assert!(told.contains(allowed), "{told}");
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_or_empty_is_an_error() {
    let empty = tempfile::tempdir().unwrap();
    for folder in ["no/such/folder", empty.path().to_str().unwrap()] {
        let ran = Program::bare().run(&["tenants", "check", folder]).await;
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.errors.starts_with("error: ") && ran.errors.contains(folder), "{ran:?}");
    }
}

#[tokio::test]
async fn applied_files_take_effect_once_and_a_mistake_keeps_what_is_in_force() {
    let app = TestApp::start().await;
    let folder = Folder::copy();
    let program = Program::beside(&app);
    let apply = ["tenants", "apply", folder.path()];
    let same = program.run(&apply).await;
    assert_eq!(same.code, 0, "{same:?}");
    assert!(same.output.contains("alfa: unchanged, version 1"), "{}", same.output);
    folder.change("alfa/tenant.toml", "Mensa di Alfa", "Mensa nuova di Alfa");
    folder.change("beta/tenant.toml", "[identity]", "[identità]");
    let changed = program.run(&apply).await;
    assert_eq!(changed.code, 1, "beta has a mistake: {changed:?}");
    assert!(changed.output.contains("alfa: version 2 in force"), "{}", changed.output);
    assert!(changed.output.contains("beta/tenant.toml:"), "{}", changed.output);
    for (slug, words) in [("alfa", "Mensa nuova di Alfa"), ("beta", "Beta")] {
        let mut browser = Browser::at(&app, slug);
        browser.router = app.replica().await;
        assert!(browser.open("/").await.text().contains(words), "{slug}");
    }
}

#[tokio::test]
async fn a_host_belongs_to_one_comune() {
    let app = TestApp::start().await;
    let folder = Folder::copy();
    folder.change("beta/tenant.toml", "beta.example.test", "alfa.example.test");
    let ran = Program::beside(&app).run(&["tenants", "apply", folder.path()]).await;
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.output.contains("alfa.example.test") || ran.output.contains("hosts"), "{ran:?}");
    assert!(Browser::at(&app, "alfa").open("/").await.text().contains("Alfa"));
}
