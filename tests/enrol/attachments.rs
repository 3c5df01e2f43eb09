//! Files of a family: judged by their content, sealed, and given back as downloads only.

use support::{app::TestApp, family::Family, files, page::Page, words::it};

/// A family at the last step, where the identity document is asked for.
async fn at_files(app: &TestApp, number: u16) -> Family<'_> {
    let mut family = Family::arrive(app, "alfa", number).await;
    family.begin().await;
    while !family.page.path.ends_with("/passo/declarations") {
        family.answer("next").await;
    }
    family
}

const FIELD: &str = "identity_document";

async fn upload<'p>(family: &'p mut Family<'_>, name: &str, bytes: &[u8]) -> &'p Page {
    let form = family.filled().choose(FIELD, name, "application/pdf", bytes).press("upload");
    family.send(form).await
}

fn links(page: &Page) -> Vec<String> {
    page.attributes(".file-list a", "href")
}

#[tokio::test]
async fn a_file_is_kept_listed_and_given_back_as_a_sandboxed_download() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    upload(&mut family, "carta d'identità.pdf", files::PDF).await;
    assert!(family.page.path.ends_with("/passo/declarations"), "{:?}", family.page);
    assert!(family.page.text().contains("carta d'identità.pdf"));
    let link = links(&family.page).pop().unwrap();
    let file = family.browser.get(&link).await;
    assert_eq!(file.bytes, files::PDF);
    assert_eq!(file.header("content-type"), "application/pdf");
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.header("content-security-policy").contains("sandbox"));
    assert_eq!(file.header("cache-control"), "no-store");
    family.fill_in().await;
    assert!(family.page.text().contains("carta d'identità.pdf"), "the summary names it");
}

#[tokio::test]
async fn a_file_of_the_wrong_type_is_refused_whatever_its_name_says() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    for (name, bytes) in [
        ("documento.pdf", b"MZ\x90\0 a program".as_slice()),
        ("documento.pdf", b"<html><script>alert(1)</script></html>"),
        ("documento.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("documento.jpg", b"GIF89a...."),
        ("documento.pdf", b"PK\x03\x04 an archive"),
        ("documento.pdf", b"just words"),
    ] {
        let page = upload(&mut family, name, bytes).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(
            page.error(FIELD).contains(&it("errors.upload.wrong_type")),
            "{}",
            page.error(FIELD)
        );
        assert!(links(page).is_empty());
    }
    let page = upload(&mut family, "vuoto.pdf", b"").await;
    assert!(page.error(FIELD).contains(&it("errors.upload.empty")), "{}", page.error(FIELD));
}

#[tokio::test]
async fn a_file_that_is_two_things_at_once_is_only_ever_a_download() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    let polyglot = [files::PDF, b"\n<script>alert(document.domain)</script>\nPK\x03\x04"].concat();
    upload(&mut family, "a.html", &polyglot).await;
    let link = links(&family.page).pop().expect("its content begins as a PDF");
    let file = family.browser.get(&link).await;
    assert_eq!(file.header("content-type"), "application/pdf", "the type that was found");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.header("content-security-policy").contains("default-src 'none'"));
    assert!(file.header("content-security-policy").contains("sandbox"));
}

#[tokio::test]
async fn ten_megabytes_are_taken_and_one_octet_more_is_not_and_costs_no_answer() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    let limit = 10 * 1024 * 1024;
    upload(&mut family, "grande.pdf", &files::pdf_of(limit)).await;
    assert_eq!(links(&family.page).len(), 1, "{:?}", family.page.error_links());
    let page = upload(&mut family, "troppo.pdf", &files::pdf_of(limit + 1)).await;
    assert_eq!(page.status, 422);
    assert!(page.error(FIELD).contains(&it("errors.upload.too_large")), "{}", page.error(FIELD));
    assert_eq!(page.value("rules_accepted"), "yes", "what was ticked beside it stays");
}

#[tokio::test]
async fn a_hundred_megabytes_are_refused_beside_their_question() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    let page = upload(&mut family, "enorme.pdf", &files::pdf_of(100 * 1024 * 1024)).await;
    assert_eq!(page.status, 422);
    assert!(page.error(FIELD).contains(&it("errors.upload.too_large")), "{}", page.error(FIELD));
    assert_eq!(page.value("rules_accepted"), "yes", "what was ticked beside it stays");
}

#[tokio::test]
async fn what_is_not_even_read_to_its_end_gives_back_what_came_before() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    let page = upload(&mut family, "enorme.pdf", &files::pdf_of(130 * 1024 * 1024)).await;
    assert_eq!(page.status, 413);
    assert_eq!(page.title(), it("errors.too_large.title"));
    assert!(page.text().contains(&it("errors.resend.text")));
    let form = page.form_with("[name=_revision]");
    family.send(form).await;
    assert!(family.page.path.ends_with("/passo/declarations"), "{:?}", family.page);
}

#[tokio::test]
async fn too_many_files_are_refused_and_one_can_be_taken_away() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    for number in 0..20 {
        upload(&mut family, &format!("{number}.pdf"), files::PDF).await;
        if !family.page.has(&format!("input[name={FIELD}]")) {
            break;
        }
    }
    let most = links(&family.page).len();
    assert!((2..20).contains(&most), "{most} files");
    assert!(family.page.text().contains(&it("enrol.step.files_full")));
    let id = family.page.attributes("button[name=_remove]", "value").pop().unwrap();
    let link = links(&family.page).pop().unwrap();
    let form = family.filled().set("_remove", &[&id]);
    family.send(form).await;
    assert_eq!(links(&family.page).len(), most - 1);
    assert_eq!(family.browser.get(&link).await.status, 404);
}

#[tokio::test]
async fn names_of_files_lose_their_paths_and_their_tricks() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    for (name, kept) in [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\documenti\\carta.pdf", "carta.pdf"),
        ("foto\u{202e}fdp.exe.pdf", "fotofdp.exe.pdf"),
        ("<b>x</b>.pdf", "b>.pdf"),
    ] {
        upload(&mut family, name, files::PDF).await;
        let shown = family.page.texts(".file-list a").join(" | ");
        assert!(shown.contains(kept), "{name:?} → {shown:?}");
        assert!(!family.page.has(".file-list b"), "a name is text");
    }
}

#[tokio::test]
async fn files_open_to_their_own_family_only() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    upload(&mut family, "carta.pdf", files::PDF).await;
    let link = links(&family.page).pop().unwrap();
    let own_draft = family.draft().to_string();
    let mut stranger = at_files(&app, 2).await;
    assert_eq!(stranger.browser.get(&link).await.status, 404);
    let through_own = link.replace(&own_draft, &stranger.draft().to_string());
    assert_eq!(
        stranger.browser.get(&through_own).await.status,
        404,
        "nor by way of one's own draft"
    );
    let mut elsewhere = Family::arrive(&app, "beta", 2).await;
    elsewhere.begin().await;
    assert_eq!(elsewhere.browser.get(&link).await.status, 404);
    let id = link.rsplit('/').next().unwrap().to_owned();
    let form = stranger.filled().set("_remove", &[&id]);
    stranger.send(form).await;
    assert_eq!(family.browser.get(&link).await.status, 200, "nobody else takes it away");
}

#[tokio::test]
async fn a_required_file_is_asked_for() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.answers.set("diet", &["health"]);
    family.begin().await;
    family.fill_in_or_stay().await;
    assert!(family.page.path.ends_with("/passo/canteen"), "{:?}", family.page);
    assert!(family.page.error("certificate").contains(&it("errors.answer.required")));
    let form = family.filled().choose("certificate", "certificato.png", "image/png", files::PNG);
    family.send(form.press("next")).await;
    assert!(family.page.path.ends_with("/passo/declarations"), "{:?}", family.page.error_links());
}

#[tokio::test]
async fn a_file_for_a_question_that_takes_none_is_forgotten() {
    let app = TestApp::start().await;
    let mut family = at_files(&app, 1).await;
    let form = family.filled();
    let form =
        form.attach("rules_accepted", "x.pdf", "application/pdf", files::PDF).press("upload");
    family.send(form).await;
    assert!(links(&family.page).is_empty());
}
