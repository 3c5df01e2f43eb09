//! `officers create`: credentials printed once, good at the office's door.

use serde::Deserialize;
use support::{app::TestApp, browser::Browser, officer::Officer, program::Program, words::it};

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: String,
    totp_secret: String,
}

const EMAIL: &str = "ufficio.nuovo@alfa.example.test";

fn create<'w>(tenant: &'w str, email: &'w str) -> [&'w str; 8] {
    ["officers", "create", "--tenant", tenant, "--email", email, "--name", "Carla Finta"]
}

fn from_base32(text: &str) -> Vec<u8> {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let digits = text.chars().map(|c| alphabet.find(c).expect("base32"));
    let bits: Vec<usize> =
        digits.flat_map(|digit| (0..5).rev().map(move |bit| digit >> bit & 1)).collect();
    let byte = |bits: &[usize]| bits.iter().fold(0, |byte, bit| byte << 1 | bit);
    bits.chunks_exact(8).map(|bits| u8::try_from(byte(bits)).expect("eight bits")).collect()
}

#[tokio::test]
async fn the_printed_credentials_open_the_office_and_no_second_account_is_made() {
    let app = TestApp::start().await;
    let program = Program::beside(&app);
    let ran = program.run(&create("alfa", EMAIL)).await;
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert_eq!(ran.output.lines().count(), 1, "one line of JSON");
    let made: Credentials = serde_json::from_str(&ran.output).unwrap();
    let mut browser = Browser::at(&app, "alfa");
    let page = browser.open("/ufficio/accesso").await;
    let totp = secrets::TotpSecret::from_bytes(&from_base32(&made.totp_secret)).unwrap();
    let mut officer = Officer { browser, email: made.email, password: made.password, totp, page };
    officer.sign_in().await;
    assert_eq!(officer.page.title(), it("office.applications.title"));
    let again = program.run(&create("alfa", EMAIL)).await;
    assert_eq!((again.code, again.output.as_str()), (1, ""));
    assert!(again.errors.contains("has that address already"), "{}", again.errors);
}

#[tokio::test]
async fn no_account_is_made_at_an_unknown_comune_or_for_no_address() {
    let app = TestApp::start().await;
    let program = Program::beside(&app);
    let unknown = program.run(&create("gamma", EMAIL)).await;
    assert_eq!(unknown.code, 1);
    assert!(unknown.errors.contains("no tenant gamma is loaded"), "{}", unknown.errors);
    assert_eq!(program.run(&create("alfa", "nessun indirizzo")).await.code, 2, "wrongly typed");
}
