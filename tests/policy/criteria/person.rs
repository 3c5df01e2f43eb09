//! The criteria about somebody who is known: what is told after sending, what is not asked again, whose address it is.

use routes::{Route as _, enrol::Step, identity::Enrolments, office::OfficeConfirm, tenant::Start};
use support::{app::TestApp, browser::Browser, family::Family, officer::Officer, words::it};

/// One of its providers.
fn provider(slug: &str) -> &'static str {
    if slug == "alfa" { "alfa" } else { "cie" }
}

#[tokio::test]
async fn c_se_1_2_and_1_9_a_mail_and_the_persons_own_list_tell_what_was_sent_and_what_became_of_it()
{
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    for slug in ["alfa", "beta"] {
        let mut family = Family::signed_in(&app, slug, 1, provider(slug), "anna").await;
        family.enrol_there().await;
        let number = family.number();
        assert!(family.newest_mail().await.text.contains(&number), "{slug}");
        let list = family.browser.open(&Enrolments {}.path()).await;
        assert!(list.text().contains(&it("shared.state.submitted")), "{slug}: {}", list.text());
        let mut officer = Officer::arrive(&app, slug).await;
        let application = officer.shown()[0];
        let form = officer.open(&OfficeConfirm { application }).await.form_with("[name=_revision]");
        officer.send(form).await;
        let list = family.browser.open(&Enrolments {}.path()).await;
        assert!(list.text().contains(&it("shared.state.confirmed")), "{slug}: {}", list.text());
        let link = list.attributes(".window-list a", "href");
        let box_ = family.browser.get(&link[0]).await;
        assert_eq!(box_.fact(&it("enrol.submitted.number")), Some(number), "{slug}");
        for key in ["first_saved_at", "last_changed_at", "submitted_at"] {
            let at = box_.fact(&it(&format!("enrol.status.{key}"))).unwrap_or_default();
            assert!(at.starts_with("15/09/2026"), "{slug} {key}: {at}");
        }
    }
}

/// The values of the household on the steps of the form.
async fn household(family: &mut Family<'_>) -> Vec<(&'static str, String)> {
    let draft = family.draft();
    let mut found = Vec::new();
    for step in ["pupil", "person", "guardian", "family"] {
        let page = family.open(&Step { draft, step: step.into() }).await.clone();
        for field in ["pupil_surname", "residence.street", "guardian_phone"] {
            if page.has(&format!("[name='{field}']")) {
                found.push((field, page.value(field)));
            }
        }
    }
    found
}

#[tokio::test]
async fn c_se_1_5_what_a_person_told_for_one_child_is_not_asked_again_for_the_next() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    for slug in ["alfa", "beta"] {
        let mut family = Family::signed_in(&app, slug, 1, provider(slug), "anna").await;
        assert!(!family.page.text().contains(&it("identity.enrolments.told")), "{slug}");
        family.begin_there().await;
        let known = household(&mut family).await;
        assert_eq!(known.len(), 3, "{slug}: {known:?}");
        assert!(known.iter().all(|(_, value)| value.is_empty()), "{slug}: {known:?}");
        let draft = family.draft();
        let first = if slug == "alfa" { "pupil" } else { "person" };
        family.open(&Step { draft, step: first.into() }).await;
        family.fill_in().await;
        family.submit().await;
        let mut sibling = Family::signed_in(&app, slug, 2, provider(slug), "anna").await;
        assert!(sibling.page.text().contains(&it("identity.enrolments.told")), "{slug}");
        sibling.begin_there().await;
        let known = household(&mut sibling).await;
        assert_eq!(known.len(), 3, "{slug}: {known:?}");
        for (field, value) in known {
            let expected = match field {
                "residence.street" => "Via delle Prove",
                "guardian_phone" => "+39 333 0000000",
                _ => "",
            };
            assert_eq!(value, expected, "{slug}: {field}");
        }
        let mut stranger = Family::signed_in(&app, slug, 3, provider(slug), "luca").await;
        stranger.begin_there().await;
        let known = household(&mut stranger).await;
        assert_eq!(known.len(), 3, "{slug}: {known:?}");
        assert!(
            known.iter().all(|(_, value)| value.is_empty()),
            "{slug}: nobody else's: {known:?}"
        );
    }
}

#[tokio::test]
async fn c_se_5_2_a_comune_answers_under_its_own_domain() {
    let app = TestApp::start().await;
    for host in ["beta.example.test", "scuola.beta.example.test"] {
        let start = Browser::at_host(&app, host).open(&Start {}.path()).await;
        assert_eq!(start.status, 200, "{host}");
        let site = start.attributes("nav.breadcrumb-container a", "href");
        let own = site[0].strip_prefix("https://www.").unwrap_or_default();
        assert!(host.ends_with(own) && !own.is_empty(), "{host} is of {own}");
    }
}
