//! Captured log lines, and the canary that no personal data sings in them.

use crate::people::{self, Person};
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::{
    collections::BTreeSet,
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

/// Everything logged by this thread while the value lives. When it goes, a line with personal data fails the test.
///
/// Tests run on a runtime of one thread, so that the whole product logs here.
pub struct Logs {
    written: Written,
    canaries: Mutex<Canaries>,
    _guard: DefaultGuard,
}

impl Logs {
    /// Begins to capture: more than any installation logs.
    pub fn capture() -> Self {
        let written = Written::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .with_ansi(false)
            .with_writer(written.clone())
            .finish();
        let words = people::CANARIES.iter().map(|word| word.to_lowercase()).collect();
        let canaries = Canaries { words, automaton: None };
        let guard = tracing::subscriber::set_default(subscriber);
        Self { written, canaries: Mutex::new(canaries), _guard: guard }
    }

    /// The lines so far.
    pub fn text(&self) -> String {
        let bytes = self.written.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The queries that the database was asked so far, by their first words.
    pub fn queries(&self) -> Vec<String> {
        let pattern = Regex::new(r#"sqlx::query: summary="((?:[^"\\]|\\.)*)""#).expect("a pattern");
        pattern.captures_iter(&self.text()).map(|found| found[1].to_owned()).collect()
    }

    /// This person too must not be found in any line.
    pub fn watch(&self, person: &Person) {
        self.watch_words(person.canaries());
    }

    /// These words too: codes, passwords, answers.
    pub fn watch_words(&self, words: impl IntoIterator<Item = String>) {
        let mut canaries = self.canaries.lock().unwrap_or_else(PoisonError::into_inner);
        canaries.words.extend(words.into_iter().map(|word| word.to_lowercase()));
        canaries.automaton = None;
    }

    /// The personal words found in a text, each once.
    pub fn found_in(&self, text: &str) -> Vec<String> {
        let mut canaries = self.canaries.lock().unwrap_or_else(PoisonError::into_inner);
        let text = text.to_lowercase();
        let found: BTreeSet<&str> = canaries
            .automaton()
            .find_overlapping_iter(&text)
            .filter(|hit| is_whole(&text, hit.start(), hit.end()))
            .map(|hit| &text[hit.start()..hit.end()])
            .collect();
        found.into_iter().map(str::to_owned).collect()
    }
}

/// The words to listen for, in lower case.
struct Canaries {
    words: BTreeSet<String>,
    automaton: Option<AhoCorasick>,
}

impl Canaries {
    /// One pass over a text finds all words: a test may watch hundreds of people.
    fn automaton(&mut self) -> &AhoCorasick {
        let words = &self.words;
        self.automaton.get_or_insert_with(|| AhoCorasick::new(words).expect("words are patterns"))
    }
}

/// Whole words only: «prova» is a name, `improvable` is none.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    [before, after].into_iter().flatten().all(|neighbour| !neighbour.is_alphanumeric())
}

impl Drop for Logs {
    fn drop(&mut self) {
        let found = self.found_in(&self.text());
        let silent = found.is_empty() || std::thread::panicking();
        assert!(silent, "personal data in the log: {} words of the canary list", found.len());
    }
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Written {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
