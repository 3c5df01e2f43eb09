//! Reading the family's mail on the mailbox page of the mail server.

use super::{
    Portal, Refusal,
    browser::{Wire, WireError},
};
use http_body_util::Full;
use hyper::{Request, body::Bytes, header};
use serde::Deserialize;
use std::time::{Duration, Instant};
use url::{Url, form_urlencoded};

/// Between two looks, at first; later looks are rarer.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_millis(800);

/// The mails of one address.
pub(super) struct Mailbox {
    wire: Wire,
    list: Url,
    patience: Duration,
}

/// What the list says of a mail; it says more.
#[derive(Deserialize)]
struct Mail {
    sequence: u64,
    text: String,
}

/// What is looked for in a mail.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    /// Six digits.
    Code,
    /// A temporary password.
    Password,
}

impl Mailbox {
    pub(super) fn new(portal: &Portal, address: &str) -> Result<Self, Refusal> {
        let refuse = |error: WireError| Refusal::new("mailbox", error.to_string());
        let wire = Wire::new(&portal.mailbox, None, portal.patience).map_err(refuse)?;
        let mut list = portal
            .mailbox
            .join("/mails.json")
            .map_err(|_| Refusal::new("mailbox", "no address of a list"))?;
        let query =
            form_urlencoded::Serializer::new(String::new()).append_pair("to", address).finish();
        list.set_query(Some(&query));
        Ok(Self { wire, list, patience: portal.patience })
    }

    /// Sequence of the newest mail so far.
    pub(super) async fn newest(&mut self) -> Result<u64, Refusal> {
        Ok(self.mails().await?.iter().map(|mail| mail.sequence).max().unwrap_or(0))
    }

    /// Waits for a mail that is newer and holds what is wanted.
    pub(super) async fn wait_for(
        &mut self,
        wanted: Wanted,
        newer_than: u64,
    ) -> Result<String, Refusal> {
        let since = Instant::now();
        let mut pause = FIRST_PAUSE;
        while since.elapsed() < self.patience {
            let mails = self.mails().await?;
            let mut newer = mails.iter().rev().filter(|mail| mail.sequence > newer_than);
            if let Some(found) = newer.find_map(|mail| find(wanted, &mail.text)) {
                return Ok(found);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        let why = format!("no mail with a {wanted:?} within {} s", self.patience.as_secs());
        Err(Refusal::new("mailbox", why.to_lowercase()))
    }

    async fn mails(&mut self) -> Result<Vec<Mail>, Refusal> {
        let refuse = |why: String| Refusal::new("mailbox", why);
        let target = format!("{}?{}", self.list.path(), self.list.query().unwrap_or_default());
        let request = Request::get(target)
            .header(header::HOST, self.wire.host())
            .body(Full::<Bytes>::default());
        let request = request.map_err(|error| refuse(error.to_string()))?;
        let response =
            self.wire.exchange(request).await.map_err(|error| refuse(error.to_string()))?;
        serde_json::from_slice(response.body()).map_err(|error| refuse(error.to_string()))
    }
}

/// The first word that looks like what is wanted; in our mails it comes before the office's telephone numbers.
fn find(wanted: Wanted, text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || c == '«' || c == '»');
    let mut words = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()));
    let is_code = |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_group = |group: &str| {
        group.len() == 4
            && group.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    };
    let is_password = |word: &&str| word.split('-').count() == 5 && word.split('-').all(is_group);
    match wanted {
        Wanted::Code => words.find(is_code).map(str::to_owned),
        Wanted::Password => words.find(is_password).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, find};

    #[test]
    fn codes_and_passwords_are_found_among_other_words() {
        let mail =
            "Il codice è:\n\n  042137\n\nVale 10 minuti. Piazza Prova 1, 67000; +39 0862 000000";
        assert_eq!(find(Wanted::Code, mail).as_deref(), Some("042137"));
        assert_eq!(find(Wanted::Password, mail), None);
        let mail = "Password temporanea: «K7QF-2MXP-9WRT-4HDA-M3S8».";
        assert_eq!(find(Wanted::Password, mail).as_deref(), Some("K7QF-2MXP-9WRT-4HDA-M3S8"));
    }
}
