//! A family at its browser, step by step through the journey of product §4.

use crate::{
    answers::{self, Answers},
    app::TestApp,
    browser::Browser,
    form::Form,
    page::Page,
    pdf,
    people::Person,
};
use axum::http::StatusCode;
use domain::{Locale, ids::DraftId};
use regex::Regex;
use routes::{
    Route,
    enrol::{CredentialDoor, Document, DocumentKind, Summary},
    identity::Enrolments,
};
use std::sync::LazyLock;

/// One parent with one child.
pub struct Family<'a> {
    /// Its browser.
    pub browser: Browser<'a>,
    /// The child.
    pub pupil: Person,
    /// The parent who applies.
    pub guardian: Person,
    /// The page it looks at.
    pub page: Page,
    /// Which comune's questions it answers.
    pub answers: Answers,
}

impl<'a> Family<'a> {
    /// A family at the start page of a comune; each number is another family.
    pub async fn arrive(app: &'a TestApp, slug: &str, number: u16) -> Self {
        Self::arrive_with(Browser::at(app, slug), slug, number).await
    }

    /// The same with a browser of the test's choice.
    pub async fn arrive_with(mut browser: Browser<'a>, slug: &str, number: u16) -> Self {
        let (pupil, guardian) = (Person::pupil(number), Person::guardian(number));
        browser.app.logs.watch(&pupil);
        browser.app.logs.watch(&guardian);
        let page = browser.open("/").await;
        assert_eq!(page.status, StatusCode::OK, "{page:?}");
        let answers = answers::of(slug, &pupil, &guardian);
        Self { browser, pupil, guardian, page, answers }
    }

    /// The same parent with another child, in the same browser.
    #[must_use]
    pub fn with_sibling(mut self, pupil: Person, slug: &str) -> Self {
        self.browser.app.logs.watch(&pupil);
        self.answers = answers::of(slug, &pupil, &self.guardian);
        self.pupil = pupil;
        self
    }

    /// A family at the list of what is theirs: signed in with that provider as one of the invented persons.
    pub async fn signed_in(
        app: &'a TestApp,
        slug: &str,
        number: u16,
        provider: &str,
        person: &str,
    ) -> Self {
        let mut family = Self::arrive(app, slug, number).await;
        family.page = family.browser.sign_in(provider, person).await;
        assert_eq!(family.page.path, Enrolments {}.path(), "{:?}", family.page);
        family
    }

    /// «Sono un nuovo iscritto» on that list, up to the first question.
    pub async fn begin_there(&mut self) {
        let code = self.pupil.codice_fiscale();
        let form = self.page.form_with("[name=codice_fiscale]");
        self.send(form.fill("codice_fiscale", code.as_str())).await;
        assert!(self.page.path.ends_with("/email"), "{:?}", self.page);
        self.verify().await;
        self.accept_privacy().await;
    }

    /// From that list to a sent application.
    pub async fn enrol_there(&mut self) {
        self.begin_there().await;
        self.fill_in().await;
        self.submit().await;
        assert!(self.page.path.ends_with("/inviata"), "{:?}", self.page);
    }

    /// Opens a page of the comune.
    pub async fn open(&mut self, route: &impl Route) -> &Page {
        self.page = self.browser.open(&route.path()).await;
        &self.page
    }

    /// Sends a form.
    pub async fn send(&mut self, form: Form) -> &Page {
        self.page = self.browser.send(form).await;
        &self.page
    }

    /// «Sono un nuovo iscritto» with the codice fiscale of the child.
    pub async fn start(&mut self) -> &Page {
        let code = self.pupil.codice_fiscale().as_str().to_owned();
        self.start_as(&code).await
    }

    /// The same with whatever is typed.
    pub async fn start_as(&mut self, codice_fiscale: &str) -> &Page {
        let form = self.open(&CredentialDoor {}).await.form();
        self.send(form.fill("codice_fiscale", codice_fiscale)).await
    }

    /// Comes back with the password.
    pub async fn sign_in(&mut self, password: &str) -> &Page {
        let code = self.pupil.codice_fiscale().as_str().to_owned();
        let form = self.open(&CredentialDoor {}).await.form();
        self.send(form.fill("codice_fiscale", &code).fill("password", password)).await
    }

    /// «Invia email».
    pub async fn ask_for_code(&mut self) -> &Page {
        let form = self.page.form_with("[name=email]").fill("email", &self.guardian.email);
        self.send(form).await
    }

    /// The newest code in the mailbox.
    pub async fn mailed_code(&self) -> String {
        let mails = self.mails().await;
        let newest = mails.iter().rev().find_map(|mail| CODE.captures(&mail.text));
        let code = newest.expect("a mail with six digits on a line")[1].to_owned();
        self.browser.app.logs.watch_words([code.clone()]);
        code
    }

    /// Types a code and presses «Conferma».
    pub async fn type_code(&mut self, code: &str) -> &Page {
        let form = self.page.form_with("[name=code]").fill("code", code).press("next");
        self.send(form).await
    }

    /// «Verifica Email» from beginning to end.
    pub async fn verify(&mut self) -> &Page {
        self.ask_for_code().await;
        let code = self.mailed_code().await;
        self.type_code(&code).await
    }

    /// Reads the privacy notice.
    pub async fn accept_privacy(&mut self) -> &Page {
        let form = self.page.form_with("[name=understood]").fill("understood", "yes");
        self.send(form).await
    }

    /// From the start page to the first step of the form.
    pub async fn begin(&mut self) -> &Page {
        self.start().await;
        self.verify().await;
        self.accept_privacy().await
    }

    /// The form of this step with all that the family knows.
    pub fn filled(&self) -> Form {
        self.answers.fill(self.page.form_with("[name=_revision]"))
    }

    /// Fills in a step and presses the button with that value.
    pub async fn answer(&mut self, action: &str) -> &Page {
        let form = self.filled().press(action);
        self.send(form).await
    }

    /// All steps up to the summary.
    pub async fn fill_in(&mut self) -> &Page {
        self.fill_in_or_stay().await;
        assert!(self.page.path.ends_with("/riepilogo"), "{:?}", self.page.error_links());
        &self.page
    }

    /// Step after step, until the summary or the first one that is not taken.
    pub async fn fill_in_or_stay(&mut self) -> &Page {
        let mut before = String::new();
        while !self.page.path.ends_with("/riepilogo") && self.page.path != before {
            before.clone_from(&self.page.path);
            self.answer("next").await;
        }
        &self.page
    }

    /// Ticks the boxes of the summary and presses «Invia Iscrizione».
    pub async fn submit(&mut self) -> &Page {
        let form = self.signed_summary();
        self.send(form).await
    }

    /// The summary with its boxes ticked.
    pub fn signed_summary(&self) -> Form {
        let form = self.page.form_with("[name=privacy]").fill("privacy", "yes");
        if form.asks("declarations") { form.fill("declarations", "yes") } else { form }
    }

    /// The whole way, from the start page to a sent application.
    pub async fn enrol(&mut self) -> &Page {
        self.begin().await;
        self.fill_in().await;
        self.submit().await;
        assert!(self.page.path.ends_with("/inviata"), "{:?}", self.page);
        &self.page
    }

    /// Back to the summary of its draft.
    pub async fn open_summary(&mut self) -> &Page {
        let draft = self.draft();
        self.open(&Summary { draft }).await
    }

    /// The draft that its pages are about.
    pub fn draft(&self) -> DraftId {
        let id = self.page.path.split('/').find_map(|segment| segment.parse().ok());
        id.unwrap_or_else(|| panic!("no draft in the address of {:?}", self.page))
    }

    /// The last mail to its address, after all jobs were done.
    pub async fn newest_mail(&self) -> simulators::smtp::ReceivedMail {
        self.mails().await.pop().expect("a mail for this family")
    }

    /// All mails to its address, after all jobs were done.
    pub async fn mails(&self) -> Vec<simulators::smtp::ReceivedMail> {
        self.browser.app.work().await;
        let mut mails = self.browser.app.sink.messages();
        mails.retain(|mail| mail.to.contains(&self.guardian.email));
        mails
    }

    /// The words of one of its three documents, in Italian.
    pub async fn document(&mut self, document: DocumentKind) -> String {
        self.document_in(Locale::It, document).await
    }

    /// The words of one of its three documents.
    pub async fn document_in(&mut self, locale: Locale, document: DocumentKind) -> String {
        let document = document.speaking(locale);
        let path = Document { draft: self.draft(), document }.path();
        let page = self.browser.open(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{document}");
        pdf::text(&page.bytes)
    }

    /// The temporary password of the letter that came by mail.
    pub async fn letter_password(&self) -> String {
        let mails = self.mails().await;
        let letter = mails.iter().rev().flat_map(|mail| &mail.attachments).find_map(|attached| {
            PASSWORD.captures(&pdf::text(&attached.bytes)).map(|found| found[1].to_owned())
        });
        let password = letter.expect("a letter with a password");
        self.browser.app.logs.watch_words([password.clone()]);
        password
    }

    /// The code printed on its summary.
    pub async fn verification_code(&mut self) -> String {
        let summary = self.document(DocumentKind::Summary).await;
        VERIFICATION.find(&summary).expect("a code on the document").as_str().to_owned()
    }

    /// Sends what is ready and returns its number.
    pub async fn submitted_number(mut self) -> String {
        self.submit().await;
        self.number()
    }

    /// Registration number on the page.
    pub fn number(&self) -> String {
        self.page.texts("dd strong").concat()
    }
}

/// The code stands on a line of its own.
static CODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^ {4}([0-9]{6})$").expect("a pattern"));

/// Groups of capitals and digits, after the words of the letter.
static PASSWORD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"Password temporanea\s+(\S+)").expect("a pattern"));

static VERIFICATION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b").expect("a pattern"));
