//! What is sealed opens in its own place only: not for another comune, row or column.

use domain::ids::AttachmentId;
use routes::{
    Route as _,
    enrol::{Attachment, Status},
};
use secrets::Place;
use support::{app::TestApp, family::Family, files, inside};
use uuid::Uuid;

#[tokio::test]
async fn answers_moved_to_another_row_do_not_open() {
    let app = TestApp::start().await;
    let mut first = Family::arrive(&app, "alfa", 1).await;
    first.begin().await;
    first.answer("save").await;
    let mut second = Family::arrive(&app, "alfa", 2).await;
    second.begin().await;
    second.answer("save").await;
    let (from, to) = (first.draft(), second.draft());
    let swap = format!(
        "UPDATE draft SET answers_enc = (SELECT answers_enc FROM draft WHERE id = '{from}') WHERE id = '{to}'"
    );
    inside::change(&app, "alfa", &swap).await;
    let page = second.open(&Status { draft: to }).await;
    assert_eq!(page.status, 500, "tampering is an error, never another family's page");
    assert!(!page.text().contains(&first.pupil.codice_fiscale().as_str().to_owned()));
    let page = first.open(&Status { draft: from }).await;
    assert_eq!(page.status, 200);
}

#[tokio::test]
async fn a_changed_octet_does_not_open() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    family.begin().await;
    let draft = family.draft();
    let flip = format!(
        "UPDATE draft SET answers_enc = set_byte(answers_enc, length(answers_enc) - 1,
                                                 get_byte(answers_enc, length(answers_enc) - 1) # 1)
          WHERE id = '{draft}'"
    );
    inside::change(&app, "alfa", &flip).await;
    let page = family.open(&Status { draft }).await;
    assert_eq!(page.status, 500);
    assert!(page.text().len() > 100, "a page, not a blank");
}

#[tokio::test]
async fn a_lost_key_erases_a_comune_and_no_other() {
    let app = TestApp::start().await;
    let mut alfa = Family::arrive(&app, "alfa", 1).await;
    alfa.begin().await;
    let mut beta = Family::arrive(&app, "beta", 1).await;
    beta.begin().await;
    let mut owner = app.database.owner().await;
    let erase = format!(
        "BEGIN; SET LOCAL app.tenant = '{}'; DELETE FROM tenant_key; COMMIT",
        app.tenant("alfa")
    );
    support::sql::execute(&mut owner, &erase).await.unwrap();
    // A process that never had the key in memory.
    let fresh = app.replica().await;
    alfa.browser.router = fresh.clone();
    beta.browser.router = fresh;
    let draft = alfa.draft();
    assert_ne!(alfa.open(&Status { draft }).await.status, 200);
    let draft = beta.draft();
    assert_eq!(beta.open(&Status { draft }).await.status, 200);
}

/// Of alfa: a family with a file, the file's key, its sealed content and its sealed name.
async fn with_file(app: &TestApp) -> (Family<'_>, Uuid, [Vec<u8>; 2]) {
    let mut family = Family::arrive(app, "alfa", 1).await;
    family.begin().await;
    while !family.page.path.ends_with("/passo/declarations") {
        family.answer("next").await;
    }
    let form = family.filled();
    let form = form.choose("identity_document", FILE_NAME, "application/pdf", files::PDF);
    family.send(form.press("upload")).await;
    let id = inside::value(app, "alfa", "SELECT id FROM attachment").await;
    let hex = "SELECT json_build_array(encode(body_enc, 'hex'), encode(file_name_enc, 'hex'))
                 FROM attachment";
    let stored: [String; 2] = inside::value(app, "alfa", hex).await;
    (family, id, stored.map(|hex| octets(&hex)))
}

const FILE_NAME: &str = "carta di Anna.pdf";

fn octets(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().collect();
    let octet = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
    digits.chunks(2).map(octet).collect()
}

fn holds(stored: &[u8], words: &[u8]) -> bool {
    stored.windows(words.len()).any(|window| window == words)
}

#[tokio::test]
async fn neither_the_content_of_a_file_nor_its_name_is_stored_to_be_read() {
    let app = TestApp::start().await;
    let (mut family, id, stored) = with_file(&app).await;
    let whole: String =
        inside::value(&app, "alfa", "SELECT row_to_json(a)::text FROM attachment a").await;
    assert!(!whole.contains("Anna"), "no column holds the name");
    for sealed in &stored {
        for words in [files::PDF, b"%PDF", b"/Catalog", FILE_NAME.as_bytes(), b"carta"] {
            assert!(!holds(sealed, words), "{}", String::from_utf8_lossy(words));
        }
    }
    let path = Attachment { draft: family.draft(), attachment: AttachmentId::from(id) }.path();
    let page = family.browser.open(&path).await;
    assert_eq!(page.bytes, files::PDF, "the family reads it");
}

#[tokio::test]
async fn a_file_opens_with_no_other_comunes_key_and_in_no_other_place() {
    let app = TestApp::start().await;
    let (_, row, [content, name]) = with_file(&app).await;
    let alfa = app.platform.keys(app.tenant("alfa")).await.unwrap();
    let beta = app.platform.keys(app.tenant("beta")).await.unwrap();
    let place = |column| Place { table: "attachment", row, column };
    assert_eq!(alfa.open(place("body_enc"), &content).unwrap().as_slice(), files::PDF);
    assert_eq!(alfa.open_text(place("file_name_enc"), &name).unwrap(), FILE_NAME);
    assert!(beta.open(place("body_enc"), &content).is_err());
    assert!(beta.open(place("file_name_enc"), &name).is_err());
    assert!(alfa.open(place("file_name_enc"), &content).is_err(), "another column");
    let elsewhere = Place { row: Uuid::nil(), ..place("body_enc") };
    assert!(alfa.open(elsewhere, &content).is_err(), "another row");
}
