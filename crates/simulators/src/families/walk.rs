//! One family's walk, page by page.

mod pages;
mod screen;

use self::screen::Screen;
use super::{
    Course, Family, Outcome, Portal, Reached, Refusal,
    browser::Browser,
    fill::{self, Field},
    mailbox::{Mailbox, Wanted},
    outcome::Password,
    page::{Form, Page},
};

use url::Url;

/// Names of the few controls that mean the same on every comune's portal.
mod control {
    pub(super) const CODICE_FISCALE: &str = "codice_fiscale";
    pub(super) const PASSWORD: &str = "password";
    pub(super) const EMAIL: &str = "email";
    pub(super) const CODE: &str = "code";
    pub(super) const NEW_PASSWORD: &str = "new_password";
    pub(super) const REPEAT_PASSWORD: &str = "repeat_password";
    pub(super) const ACTION: &str = "_action";
}

/// More pages than any form has steps.
const MOST_PAGES: usize = 60;
/// How often a page may say that something is wrong: questions can appear when others are answered.
const MOST_CORRECTIONS: usize = 4;
/// Chosen by every family that chooses a password: the demo's table shows it.
const CHOSEN_PASSWORD: &str = "lampada cavallo 27 nuvole";

/// Walks the portal as the family's course says; what goes wrong is in the outcome.
pub async fn walk(portal: &Portal, family: &Family) -> Outcome {
    let mut outcome = Outcome {
        portal: portal.name.clone(),
        family: family.clone(),
        reached: Reached::Nothing,
        registration: None,
        password: None,
        documents: Vec::new(),
        visits: Vec::new(),
        refusal: None,
    };
    let browser = Browser::new(portal, family);
    let mailbox = Mailbox::new(portal, &family.email);
    match browser.and_then(|browser| Ok((browser, mailbox?))) {
        Err(refusal) => outcome.refusal = Some(refusal),
        Ok((browser, mailbox)) => {
            let mut walk = Walk { portal, family, browser, mailbox, outcome, pages: 0 };
            walk.outcome.refusal = walk.run().await.err();
            outcome = walk.outcome;
            outcome.visits = walk.browser.into_visits();
        }
    }
    outcome
}

struct Walk<'a> {
    portal: &'a Portal,
    family: &'a Family,
    browser: Browser,
    mailbox: Mailbox,
    outcome: Outcome,
    /// Pages so far, for the length of the next pause.
    pages: usize,
}

/// A page that was read, with its address.
struct Seen {
    address: Url,
    page: Page,
}

/// Where to stop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
    /// The second step is on screen: there is something to save.
    SomethingTyped,
    /// It is sent.
    Sent,
}

impl Walk<'_> {
    async fn run(&mut self) -> Result<(), Refusal> {
        let first = self.enter(None).await?;
        match self.family.course {
            Course::Send => self.send(first).await?,
            Course::SaveDraft => {
                self.save_draft(first).await?;
                return Ok(());
            }
            Course::ReturnAndChange => {
                if let Some(password) = self.save_draft(first).await? {
                    let again = self.come_back(&password).await?;
                    self.send(again).await?;
                    self.change().await?;
                }
            }
        }
        Ok(())
    }

    /// Start page, door, codice fiscale, with a password or without.
    async fn enter(&mut self, password: Option<&str>) -> Result<Seen, Refusal> {
        let start = self.open(&self.portal.start.clone()).await?;
        let door =
            self.follow(&start, start.page.links_to("/iscrizioni/nuova").first().copied()).await?;
        let Some(form) = door.page.form_with(&[control::CODICE_FISCALE, control::PASSWORD]) else {
            return Err(self.lost(&door, "no door"));
        };
        let mut fields = fill::fill(form, self.family);
        set(&mut fields, control::CODICE_FISCALE, self.family.pupil.codice_fiscale.as_str());
        set(&mut fields, control::PASSWORD, password.unwrap_or_default());
        let next = self.send_form(&door, form, &fields).await?;
        match Screen::of(&next.page) {
            Screen::Door | Screen::Other => Err(self.lost(&next, "the door leads nowhere")),
            _ => Ok(next),
        }
    }

    /// To the number, and the three documents.
    async fn send(&mut self, from: Seen) -> Result<(), Refusal> {
        let sent = self.go_on(from, Until::Sent).await?;
        self.outcome.reached = Reached::Sent;
        self.outcome.registration = sent.page.numbers.first().cloned();
        if self.outcome.registration.is_none() {
            return Err(self.lost(&sent, "no registration number"));
        }
        if self.family.downloads { self.download(&sent).await } else { Ok(()) }
    }

    /// «Salva Bozza» in the middle; the password that comes by mail. None where everything was sent long ago.
    async fn save_draft(&mut self, from: Seen) -> Result<Option<String>, Refusal> {
        let step = self.go_on(from, Until::SomethingTyped).await?;
        let Some(form) =
            step.page.forms.iter().find(|form| form.has_button(control::ACTION, "save"))
        else {
            self.outcome.reached = Reached::Sent;
            self.outcome.registration = step.page.numbers.first().cloned();
            return Ok(None);
        };
        let mark = self.mailbox.newest().await?;
        let mut fields = fill::fill(form, self.family);
        fields.push(Field::text(control::ACTION, "save"));
        let saved = self.send_form(&step, form, &fields).await?;
        if Screen::of(&saved.page) != Screen::Other {
            return Err(self.lost(&saved, "the draft was not saved"));
        }
        self.outcome.reached = Reached::Draft;
        if saved.address.query().is_none() {
            return Err(self.lost(
                &saved,
                "no password was mailed: this family was here before, choose another seed",
            ));
        }
        let password = self.mailed(Wanted::Password, mark).await?;
        self.outcome.password = Some(Password::Temporary(password.clone()));
        Ok(Some(password))
    }

    /// Another device: door with the temporary password, and a new one.
    async fn come_back(&mut self, temporary: &str) -> Result<Seen, Refusal> {
        self.browser.forget();
        let seen = self.enter(Some(temporary)).await?;
        let Some(form) = seen.page.form_with(&[control::NEW_PASSWORD, control::REPEAT_PASSWORD])
        else {
            return Err(self.lost(&seen, "no new password was asked for"));
        };
        let mut fields = fill::fill(form, self.family);
        set(&mut fields, control::NEW_PASSWORD, CHOSEN_PASSWORD);
        set(&mut fields, control::REPEAT_PASSWORD, CHOSEN_PASSWORD);
        let next = self.send_form(&seen, form, &fields).await?;
        if Screen::of(&next.page) != Screen::Other {
            return Err(self.lost(&next, "the new password was not taken"));
        }
        self.outcome.password = Some(Password::Chosen(CHOSEN_PASSWORD.to_owned()));
        Ok(next)
    }

    /// Signs in again, changes the telephone number and sends once more.
    async fn change(&mut self) -> Result<(), Refusal> {
        self.browser.forget();
        let status = self.enter(Some(CHOSEN_PASSWORD)).await?;
        let summary = self.follow(&status, status.page.button_link(&["btn-primary"])).await?;
        for link in summary.page.links_to("_summary=1") {
            let step = self.follow(&summary, Some(link)).await?;
            let Some(form) = step.page.forms.iter().find(|form| has_telephone(form)) else {
                continue;
            };
            let mut fields = fill::fill(form, self.family);
            for control in form.controls.iter().filter(|control| control.hints.contains("tel")) {
                set(&mut fields, &control.name, "+39 333 9000000");
            }
            fields.push(Field::text(control::ACTION, "next"));
            let next = self.send_form(&step, form, &fields).await?;
            let sent = self.go_on(next, Until::Sent).await?;
            if sent.page.numbers.first() != self.outcome.registration.as_ref() {
                return Err(self.lost(&sent, "the number changed with the application"));
            }
            self.outcome.reached = Reached::Changed;
            return Ok(());
        }
        Err(self.lost(&summary, "no telephone number to change"))
    }
}

fn has_telephone(form: &Form) -> bool {
    form.controls.iter().any(|control| control.hints.contains("tel") && !control.value.is_empty())
}

/// Types something into a control.
fn set(fields: &mut [Field], name: &str, value: &str) {
    for field in fields.iter_mut().filter(|field| field.name == name) {
        *field = Field::text(name, value);
    }
}
