//! The whole way in a browser: from the start page to «Confermato», at a desk and with a telephone.

use crate::browser::{
    chromium::{Seat, visit},
    office,
    portal::Portal,
    visitor::Visitor,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Locale;
use jiff::SignedDuration;
use regex::Regex;
use support::{
    answers::{self, Answers},
    pdf,
    people::Person,
};

/// A family with what it knows.
pub struct Household {
    /// The child.
    pub pupil: Person,
    /// The parent who applies.
    pub guardian: Person,
    /// Its answers to the comune.
    pub answers: Answers,
}

impl Household {
    /// An invented one; whatever is logged of it fails the test.
    pub fn of(portal: &Portal, slug: &str) -> Self {
        let (pupil, guardian) = (Person::pupil(1), Person::guardian(1));
        portal.app.logs.watch(&pupil);
        portal.app.logs.watch(&guardian);
        let answers = answers::of(slug, &pupil, &guardian);
        Self { pupil, guardian, answers }
    }
}

/// «Sono un nuovo iscritto» up to the first step of the form; pages are looked at where wanted.
pub async fn begin(visitor: &mut Visitor<'_>, family: &Household, looking: bool) {
    visitor.open("/").await;
    look(visitor, "start", looking).await;
    visitor.press("enrol.start.new_application").await;
    look(visitor, "door", looking).await;
    visitor.write("codice_fiscale", family.pupil.codice_fiscale().as_str()).await;
    visitor.press("enrol.credential_door.button").await;
    look(visitor, "email", looking).await;
    visitor.write("email", &family.guardian.email).await;
    verify_email(visitor, &family.guardian.email, looking).await;
}

/// From the address that is written there already up to the first step of the form.
pub async fn verify_email(visitor: &mut Visitor<'_>, email: &str, looking: bool) {
    visitor.press("enrol.email_address.button").await;
    look(visitor, "code", looking).await;
    let code = mailed_code(visitor, email).await;
    visitor.write("code", &code).await;
    visitor.press("enrol.email_code.button").await;
    look(visitor, "privacy", looking).await;
    visitor.write("understood", "yes").await;
    visitor.press("enrol.step.next").await;
    assert!(visitor.path().await.contains("/passo/"), "{}", visitor.errors().await);
}

/// The code that came by mail.
pub async fn mailed_code(visitor: &Visitor<'_>, email: &str) -> String {
    let pattern = Regex::new(r"(?m)^ {4}([0-9]{6})$").expect("a pattern");
    let find = |text: &str| pattern.captures(text).map(|found| found[1].to_owned());
    visitor.portal.mailed(email, |mail| find(&mail.text)).await
}

/// The steps that are left, up to the summary.
pub async fn fill_in(visitor: &mut Visitor<'_>, family: &Household, looking: bool) {
    while !visitor.path().await.ends_with("/riepilogo") {
        let before = visitor.path().await;
        visitor.answer(&family.answers).await;
        attach(visitor).await;
        let step = before.rsplit('/').next().unwrap_or_default();
        look(visitor, &format!("step-{step}"), looking).await;
        visitor.press_at(".step-buttons [value=next]").await;
        assert_ne!(visitor.path().await, before, "{}", visitor.errors().await);
    }
}

/// Uploads the identity document where the step asks for it.
async fn attach(visitor: &Visitor<'_>) {
    if visitor.count("input[name=identity_document]").await == 0 {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for a file");
    let file = folder.path().join("carta prova.pdf");
    std::fs::write(&file, b"%PDF-1.4\n%%EOF\n").expect("a file");
    let control = visitor.element("input[name=identity_document]").await;
    control.send_keys(file.to_str().expect("a path")).await.expect("it can be chosen");
    visitor.press_at(".upload-line [value=upload]").await;
    assert!(
        visitor.text(".file-list").await.contains("carta prova.pdf"),
        "{}",
        visitor.errors().await
    );
}

/// Ticks the boxes of the summary.
pub async fn tick_boxes(visitor: &Visitor<'_>) {
    visitor.write("declarations", "yes").await;
    visitor.write("privacy", "yes").await;
}

async fn look(visitor: &mut Visitor<'_>, name: &str, looking: bool) {
    if looking {
        visitor.look(name).await;
    }
}

/// From the start page to a sent application, every page looked at.
pub async fn enrol(visitor: &mut Visitor<'_>, family: &Household) {
    begin(visitor, family, true).await;
    visitor.press_at(".step-buttons [value=next]").await;
    assert!(!visitor.errors().await.is_empty(), "an empty step is not taken");
    visitor.look("step-refused").await;
    let clock = &visitor.portal.app.clock;
    clock.advance(SignedDuration::from_mins(5));
    visitor.answer(&family.answers).await;
    visitor.press("enrol.step.save_draft").await;
    visitor.look("draft-saved").await;
    visitor.press("enrol.draft_saved.continue").await;
    fill_in(visitor, family, true).await;
    visitor.look("summary").await;
    clock.advance(SignedDuration::from_mins(5));
    tick_boxes(visitor).await;
    visitor.press("enrol.summary.send").await;
    visitor.arrive("/inviata").await;
    visitor.look("submitted").await;
    assert_eq!(visitor.fact("enrol.submitted.number").await, "2026/000001");
}

/// The downloads of the page, each opened with the browser's own session; what stands in them. A language other than
/// Italian has the three translations before the three binding texts.
pub async fn open_documents(visitor: &Visitor<'_>) -> Vec<String> {
    let names = match visitor.seat.language {
        Locale::It => &["summary", "manual", "letter"][..],
        _ => &["summary", "manual", "letter", "summary-it", "manual-it", "letter-it"],
    };
    assert_eq!(visitor.count(".download-list a").await, names.len());
    let mut texts = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const link = document.querySelectorAll('.download-list a')[{number}];
             fetch(link.href).then((answer) => answer.blob()).then((blob) => {{
                 const reader = new FileReader();
                 reader.onload = () => done(reader.result);
                 reader.readAsDataURL(blob);
             }});"
        );
        let read = visitor.driver.execute_async(script, Vec::new()).await.expect("it is read");
        let content = read.json().as_str().unwrap_or_default().to_owned();
        let encoded = content.strip_prefix("data:application/pdf;base64,");
        let bytes = STANDARD.decode(encoded.expect("a PDF")).expect("base64");
        pdf::assert_accessible(&bytes);
        visitor.keep(&format!("{}-{name}.pdf", visitor.series()), &bytes);
        texts.push(pdf::text(&bytes));
    }
    texts
}

/// Comes back with what the mail after sending gave, chooses a password and sees the box.
async fn come_back(visitor: &mut Visitor<'_>, family: &Household) {
    let chosen = "cavallo lampada nuvola";
    visitor.portal.app.logs.watch_words([chosen.to_owned()]);
    let link = Regex::new(r"https?://\S+(/iscrizioni/nuova-password/\S+)").expect("a pattern");
    let letter =
        Regex::new(r"(?:Password temporanea|Temporary password)\s+(\S+)").expect("a pattern");
    let first = |found: regex::Captures<'_>| found[1].to_owned();
    let (path, password) = visitor
        .portal
        .mailed(&family.guardian.email, |mail| {
            let sent = mail.subject.contains("2026/000001").then_some(mail)?;
            let path = link.captures(&sent.text).map(first);
            let mut texts = sent.attachments.iter().map(|file| pdf::text(&file.bytes));
            let password = texts.find_map(|text| letter.captures(&text).map(first));
            (path.is_some() || password.is_some()).then_some((path, password))
        })
        .await;
    match (path, password) {
        (Some(path), _) => visitor.open(&path).await,
        (None, password) => sign_in(visitor, family, &password.expect("a way in")).await,
    }
    visitor.look("choose-password").await;
    visitor.write("new_password", chosen).await;
    visitor.write("repeat_password", chosen).await;
    visitor.press("enrol.password.button").await;
    visitor.arrive("/stato").await;
}

/// Codice fiscale and password at the credential door.
pub async fn sign_in(visitor: &Visitor<'_>, family: &Household, password: &str) {
    visitor.portal.app.logs.watch_words([password.to_owned()]);
    visitor.open("/iscrizioni/nuova").await;
    visitor.write("codice_fiscale", family.pupil.codice_fiscale().as_str()).await;
    visitor.write("password", password).await;
    visitor.press("enrol.credential_door.button").await;
}

async fn walk(seat: Seat) {
    let portal = Portal::open().await;
    visit(&portal, seat, async |visitor| {
        let family = Household::of(&portal, seat.slug);
        enrol(visitor, &family).await;
        open_documents(visitor).await;
        visitor.press("enrol.submitted.status").await;
        visitor.look("status-sent").await;
        let paper = visitor.printed().await;
        let (folded, menu) = ("Via delle Prove", visitor.words("shared.layout.links"));
        assert!(paper.contains(folded) && !paper.contains(&menu), "{} characters", paper.len());
        assert_eq!(
            visitor.fact("enrol.status.state").await,
            visitor.words("shared.state.submitted")
        );
        portal.app.clock.advance(SignedDuration::from_mins(5));
        office::confirm_the_only_application(visitor).await;
        come_back(visitor, &family).await;
        visitor.look("status-confirmed").await;
        assert_eq!(
            visitor.fact("enrol.status.state").await,
            visitor.words("shared.state.confirmed")
        );
        assert_eq!(visitor.fact("enrol.status.first_saved_at").await, "15/09/2026 09:30:00");
        assert_eq!(visitor.fact("enrol.status.last_changed_at").await, "15/09/2026 09:35:00");
        assert_eq!(visitor.fact("enrol.status.submitted_at").await, "15/09/2026 09:40:00");
    })
    .await;
}

#[tokio::test]
async fn the_journey_at_a_desk_in_italian() {
    walk(Seat::desk("alfa", Locale::It)).await;
}

#[tokio::test]
async fn the_journey_on_a_telephone_in_italian() {
    walk(Seat::telephone("alfa", Locale::It)).await;
}

#[tokio::test]
async fn the_journey_at_a_desk_in_english() {
    walk(Seat::desk("beta", Locale::En)).await;
}

#[tokio::test]
async fn the_journey_on_a_telephone_in_english() {
    walk(Seat::telephone("beta", Locale::En)).await;
}
