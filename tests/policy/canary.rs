//! The harness itself: what it promises to find, it finds.

use domain::{Clock as _, Entropy as _};
use jiff::SignedDuration;
use support::{clock::FixedClock, entropy::SeededEntropy, logs::Logs, people::Person};

#[test]
fn a_log_line_with_a_name_an_address_or_a_codice_fiscale_is_found() {
    let pupil = Person::pupil(7);
    let code = pupil.codice_fiscale().as_str().to_lowercase();
    for line in [
        format!("draft saved for {}", pupil.name),
        format!("key=pupil_{}_2027", pupil.surname.to_uppercase()),
        format!("GET /iscrizioni/nuova?cf={code}"),
        format!("to={}", pupil.email),
    ] {
        let logs = Logs::capture();
        logs.watch(&pupil);
        assert_eq!(logs.found_in("draft saved, improvable, giuliana"), Vec::<String>::new());
        assert!(!logs.found_in(&line).is_empty(), "{line}");
    }
}

#[test]
#[should_panic(expected = "personal data in the log")]
fn a_test_that_logs_a_name_fails() {
    let logs = Logs::capture();
    tracing::info!(pupil = "Giulia", "draft saved");
    drop(logs);
}

#[test]
fn what_is_logged_for_developers_is_captured() {
    let logs = Logs::capture();
    tracing::debug!(code = "E42", "tried");
    assert!(logs.text().contains("E42"), "{}", logs.text());
}

#[test]
fn the_clock_stands_until_it_is_moved() {
    let clock = FixedClock::at_text("2027-03-28T01:59:00+01:00");
    assert_eq!(clock.now(), clock.now());
    let before = clock.now();
    clock.advance(SignedDuration::from_mins(2));
    assert_eq!(clock.now().duration_since(before), SignedDuration::from_mins(2));
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let bytes = |seed| domain::entropy::random_bytes::<16>(&SeededEntropy::new(seed));
    assert_eq!(bytes(1), bytes(1));
    assert_ne!(bytes(1), bytes(2));
    let mut other = [0; 4];
    SeededEntropy::of_test().fill(&mut other);
    assert_ne!(other, [0; 4]);
}

#[test]
fn invented_people_are_many_and_their_codes_differ() {
    let mut codes: Vec<String> = (0..400)
        .flat_map(|number| [Person::pupil(number), Person::guardian(number)])
        .map(|person| person.codice_fiscale().as_str().to_owned())
        .collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 800);
}
