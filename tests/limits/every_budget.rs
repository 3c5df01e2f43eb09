//! Every budget is drawn from by its act, and stops that act when it is used up.

use limits::{Budget, Key, Limits, budgets as b};
use routes::{
    Route as _,
    enrol::{CredentialDoor, ForgottenPassword},
    identity::SpidConsumer,
    office::OfficeSignIn,
    tenant::{DocumentCheck, Rating},
};
use secrecy::SecretString;
use std::collections::BTreeSet;
use support::{
    app::TestApp, browser::Browser, environment, family::Family, federation, form::Form,
    people::Person,
};

/// What somebody does that is counted.
#[derive(Clone, Copy, Debug)]
enum Act {
    Start,
    SignIn,
    Code,
    Link,
    OfficeSignIn,
    Verification,
    Login,
    LoginAnswer,
    Rating,
}

const DRAWN: [(Act, &[Budget]); 9] = [
    (Act::Start, &[b::START_PER_BROWSER, b::START_PER_NETWORK]),
    (Act::SignIn, &[b::SIGN_IN_PER_CODICE_FISCALE, b::SIGN_IN_PER_BROWSER, b::SIGN_IN_PER_NETWORK]),
    (
        Act::Code,
        &[
            b::CODE_PER_ADDRESS_HOUR,
            b::CODE_PER_ADDRESS_DAY,
            b::CODE_PER_BROWSER,
            b::CODE_PER_TENANT,
            b::CODE_PER_NETWORK,
        ],
    ),
    (Act::Link, &[b::LINK_PER_ADDRESS, b::LINK_PER_BROWSER, b::LINK_PER_NETWORK]),
    (Act::OfficeSignIn, &[b::OFFICE_SIGN_IN_PER_ACCOUNT, b::OFFICE_SIGN_IN_PER_NETWORK]),
    (Act::Verification, &[b::VERIFICATION_PER_NETWORK]),
    (Act::Login, &[b::LOGIN_PER_BROWSER, b::LOGIN_PER_NETWORK]),
    (Act::LoginAnswer, &[b::LOGIN_ANSWER_PER_NETWORK]),
    (Act::Rating, &[b::RATING_PER_BROWSER, b::RATING_PER_NETWORK, b::RATING_PER_TENANT]),
];

/// One browser that does everything once more, each time about another pupil.
struct Doer<'a> {
    app: &'a TestApp,
    browser: Browser<'a>,
    turn: u16,
}

impl Doer<'_> {
    /// The status of the answer.
    async fn act(&mut self, act: Act) -> u16 {
        self.turn += 1;
        let fresh = Person::pupil(self.turn).codice_fiscale();
        let same = Person::pupil(0).codice_fiscale();
        let (fresh, same) = (("codice_fiscale", fresh.as_str()), ("codice_fiscale", same.as_str()));
        let (address, password) = (("email", ADDRESS), ("password", "a caso"));
        match act {
            Act::Start => self.send(CredentialDoor {}.path(), &[fresh]).await,
            Act::SignIn => self.send(CredentialDoor {}.path(), &[same, password]).await,
            Act::Code => self.ask_for_code().await,
            Act::Link => self.send(ForgottenPassword {}.path(), &[same, address]).await,
            Act::OfficeSignIn => {
                let typed = [address, password, ("code", "000000")];
                self.send(OfficeSignIn {}.path(), &typed).await
            }
            Act::Login => {
                let path = federation::sign_in_path("", federation::provider("alfa"));
                self.browser.twin().get(&path).await.status.as_u16()
            }
            Act::LoginAnswer => {
                let (path, junk) = (SpidConsumer {}.path(), [("SAMLResponse", "AAAA")]);
                let mut browser = self.browser.twin();
                browser.post_from("https://idp.example.test", &path, &junk).await.status.as_u16()
            }
            Act::Rating => {
                let typed = [("rated", "submitted"), ("stars", "3")];
                let form = Form::by_hand(&Rating {}.path(), &typed);
                self.browser.twin().post(&form).await.status.as_u16()
            }
            Act::Verification => {
                self.send(DocumentCheck {}.path(), &[("code", "AAAA-BBBB-CCCC-DDDD")]).await
            }
        }
    }

    async fn send(&self, path: String, typed: &[(&str, &str)]) -> u16 {
        let mut browser = self.browser.twin();
        let page = browser.open(&path).await;
        let empty = page.form_with(&format!("[name={}]", typed[0].0));
        let form = typed.iter().fold(empty, |form, (name, value)| form.fill(name, value));
        browser.send(form).await.status.as_u16()
    }

    async fn ask_for_code(&self) -> u16 {
        let mut family = Family::arrive_with(self.browser.twin(), "alfa", self.turn).await;
        ADDRESS.clone_into(&mut family.guardian.email);
        family.start().await;
        family.ask_for_code().await.status.as_u16()
    }

    /// What Redis holds of a budget: the hashes whose use is counted.
    async fn subjects(&self, budget: &Budget) -> Vec<String> {
        let start = format!("limit:{{{}}}:{}:", self.app.tenant("alfa"), budget.name);
        let keys: Vec<String> = ask(redis::cmd("KEYS").arg(format!("{start}*"))).await;
        keys.iter().map(|key| key.trim_start_matches(&start).to_owned()).collect()
    }

    /// Uses up a budget but for its last piece.
    async fn use_up(&self, budget: &Budget, subject: &str) {
        let settings = limits::Settings {
            redis_url: SecretString::from(environment::redis_url()),
            local_keys: 10,
        };
        let limits = Limits::connect(&settings).unwrap();
        let now = domain::Clock::now(&*self.app.clock);
        for use_number in 1..budget.max {
            let key = key(self.app, budget, subject, use_number);
            assert!(limits.take(now, &[(budget, key)]).await.is_allowed(), "{}", budget.name);
        }
        assert!(!limits.degraded(), "these are the shared budgets");
    }

    /// Nothing was ever counted.
    async fn forget(&self) {
        let pattern = format!("limit:{{{}}}:*", self.app.tenant("alfa"));
        let keys: Vec<String> = ask(redis::cmd("KEYS").arg(pattern)).await;
        let _: i64 = ask(redis::cmd("DEL").arg(&keys)).await;
    }
}

const ADDRESS: &str = "anna.stessa@posta.example";

async fn ask<T: redis::FromRedisValue>(command: &redis::Cmd) -> T {
    let client = redis::Client::open(environment::redis_url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    command.query_async(&mut connection).await.unwrap()
}

fn key(app: &TestApp, budget: &Budget, subject: &str, use_number: u32) -> Key {
    let tenant = app.tenant("alfa");
    if subject.is_empty() {
        return Key::tenant(tenant);
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&subject[2 * at..2 * at + 2], 16).unwrap();
    }
    if *budget == b::START_PER_BROWSER {
        return Key::distinct(tenant, bytes, [u8::try_from(use_number).unwrap(); 32]);
    }
    Key::of(tenant, bytes)
}

#[tokio::test]
async fn every_budget_is_drawn_from_and_stops_its_act() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    browser.open(&CredentialDoor {}.path()).await;
    let mut doer = Doer { app: &app, browser, turn: 0 };
    for (act, budgets) in DRAWN {
        for budget in budgets {
            assert_ne!(doer.act(act).await, 429, "{act:?} has room in every budget");
            let subjects = doer.subjects(budget).await;
            assert_eq!(subjects.len(), 1, "{act:?} draws from {}", budget.name);
            doer.use_up(budget, &subjects[0]).await;
            assert_eq!(doer.act(act).await, 429, "{} stops {act:?}", budget.name);
            let line = format!("budget refused budget=\"{}\"", budget.name);
            assert!(app.logs.text().contains(&line), "{} and no other", budget.name);
            doer.forget().await;
        }
    }
}

#[test]
fn no_budget_is_left_out() {
    let drawn: BTreeSet<_> =
        DRAWN.iter().flat_map(|(_, budgets)| *budgets).map(|b| b.name).collect();
    let all: BTreeSet<_> = b::ALL.iter().map(|budget| budget.name).collect();
    assert_eq!(drawn, all);
}
