//! From one page to the next.

use super::{MOST_CORRECTIONS, MOST_PAGES, Seen, Until, Walk, control, screen::Screen, set};
use crate::families::{
    Refusal,
    browser::Answer,
    fill::{self, Field},
    mailbox::Wanted,
    page::Form,
};
use hyper::StatusCode;
use std::{collections::BTreeSet, time::Instant};
use url::Url;

impl Walk<'_> {
    /// From page to page, whatever comes.
    pub(super) async fn go_on(&mut self, from: Seen, until: Until) -> Result<Seen, Refusal> {
        let mut seen = from;
        let mut corrections = 0;
        let mut steps = BTreeSet::new();
        for _ in 0..MOST_PAGES {
            let screen = Screen::of(&seen.page);
            if screen == Screen::Step {
                steps.insert(seen.address.clone());
            }
            // What was sent in an earlier run needs nothing more.
            if screen == Screen::Sent || (until == Until::SomethingTyped && steps.len() > 1) {
                return Ok(seen);
            }
            let next = self.answer(&seen, screen).await?;
            let corrected = next.address == seen.address && !next.page.errors.is_empty();
            corrections = if corrected { corrections + 1 } else { 0 };
            if corrections > MOST_CORRECTIONS {
                return Err(self.lost(&next, "still not right"));
            }
            seen = next;
        }
        Err(self.lost(&seen, "pages without end"))
    }

    /// Does what the screen asks for.
    pub(super) async fn answer(&mut self, seen: &Seen, screen: Screen) -> Result<Seen, Refusal> {
        match screen {
            Screen::Email => self.prove_address(seen).await,
            Screen::Privacy | Screen::Summary => {
                let Some(form) =
                    screen.form(&seen.page).filter(|form| form.buttons().next().is_some())
                else {
                    return Err(self.lost(seen, "nothing to press"));
                };
                self.send_form(seen, form, &fill::fill(form, self.family)).await
            }
            Screen::Step => {
                let Some(form) = screen.form(&seen.page) else {
                    return Err(self.lost(seen, "no form"));
                };
                let mut fields = fill::fill(form, self.family);
                fields.push(Field::text(control::ACTION, "next"));
                self.send_form(seen, form, &fields).await
            }
            // Status of a draft, or a draft that was saved: go on.
            Screen::Other => self.follow(seen, seen.page.button_link(&["btn-primary"])).await,
            Screen::Door | Screen::Code | Screen::ChangePassword | Screen::Sent => {
                Err(self.lost(seen, "unexpected page"))
            }
        }
    }

    /// «Verifica Email»: the address, and the code that comes.
    pub(super) async fn prove_address(&mut self, seen: &Seen) -> Result<Seen, Refusal> {
        let Some(form) = seen.page.form_with(&[control::EMAIL]) else {
            return Err(self.lost(seen, "no form"));
        };
        let mark = self.mailbox.newest().await?;
        let asked = self.send_form(seen, form, &fill::fill(form, self.family)).await?;
        let Some(form) = asked.page.form_with(&[control::CODE]) else {
            return Err(self.lost(&asked, "no code was asked for"));
        };
        let code = self.mailed(Wanted::Code, mark).await?;
        let mut fields = fill::fill(form, self.family);
        set(&mut fields, control::CODE, &code);
        fields.push(Field::text(control::ACTION, "next"));
        let proved = self.send_form(&asked, form, &fields).await?;
        match Screen::of(&proved.page) {
            Screen::Code => Err(self.lost(&proved, "the code was not taken")),
            _ => Ok(proved),
        }
    }

    /// Every PDF that the page offers.
    pub(super) async fn download(&mut self, sent: &Seen) -> Result<(), Refusal> {
        for link in sent.page.links_to(".pdf") {
            let address = self.join(sent, link)?;
            let answer = self.browser.open(&address).await?;
            let name = self.browser.name(&answer.address);
            if answer.status != StatusCode::OK || !answer.bytes.starts_with(b"%PDF") {
                return Err(Refusal {
                    page: name,
                    status: Some(answer.status.as_u16()),
                    why: "no PDF came".to_owned(),
                });
            }
            let file = name.rsplit('/').next().unwrap_or_default().to_owned();
            self.outcome.documents.push((file, answer.bytes.len()));
        }
        Ok(())
    }

    pub(super) async fn mailed(
        &mut self,
        wanted: Wanted,
        newer_than: u64,
    ) -> Result<String, Refusal> {
        let since = Instant::now();
        let found = self.mailbox.wait_for(wanted, newer_than).await?;
        self.browser.note(&format!("mail with {wanted:?}").to_lowercase(), since);
        Ok(found)
    }

    pub(super) async fn open(&mut self, address: &Url) -> Result<Seen, Refusal> {
        self.think().await;
        let answer = self.browser.open(address).await?;
        self.seen(answer)
    }

    /// Reading and typing take time; not everybody takes the same.
    async fn think(&mut self) {
        self.pages += 1;
        let percent = 50 + self.family.pick(&format!("pause {}", self.pages), 101);
        let pause = self.family.pause * u32::try_from(percent).unwrap_or(100) / 100;
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
    }

    pub(super) async fn follow(
        &mut self,
        seen: &Seen,
        link: Option<&str>,
    ) -> Result<Seen, Refusal> {
        let Some(link) = link else { return Err(self.lost(seen, "no link leads on")) };
        let address = self.join(seen, link)?;
        self.open(&address).await
    }

    pub(super) async fn send_form(
        &mut self,
        seen: &Seen,
        form: &Form,
        fields: &[Field],
    ) -> Result<Seen, Refusal> {
        self.think().await;
        let answer = self.browser.send(&seen.address, form, fields).await?;
        self.seen(answer)
    }

    pub(super) fn join(&self, seen: &Seen, link: &str) -> Result<Url, Refusal> {
        seen.address.join(link).map_err(|_| self.lost(seen, "a link leads nowhere"))
    }

    /// The answer as a page, if it is one that a family can work with.
    pub(super) fn seen(&self, answer: Answer) -> Result<Seen, Refusal> {
        let page = answer.page();
        if answer.status == StatusCode::OK || answer.status == StatusCode::UNPROCESSABLE_ENTITY {
            return Ok(Seen { address: answer.address, page });
        }
        let name = self.browser.name(&answer.address);
        Err(Refusal { page: name, status: Some(answer.status.as_u16()), why: page.heading })
    }

    /// Why the walk ends here, with what the page says is wrong.
    pub(super) fn lost(&self, seen: &Seen, why: &str) -> Refusal {
        let said =
            [std::slice::from_ref(&seen.page.heading), &seen.page.errors].concat().join("; ");
        Refusal::new(&self.browser.name(&seen.address), format!("{why} ({said})"))
    }
}
