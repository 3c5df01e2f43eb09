//! Captured log lines, and the canary that no personal data sings in them.

use crate::people::{self, Person};
use std::{
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
    canaries: Mutex<Vec<String>>,
    _guard: DefaultGuard,
}

impl Logs {
    /// Begins to capture, down to the finest level.
    pub fn capture() -> Self {
        let written = Written::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(written.clone())
            .finish();
        let canaries = people::CANARIES.iter().map(ToString::to_string).collect();
        let guard = tracing::subscriber::set_default(subscriber);
        Self { written, canaries: Mutex::new(canaries), _guard: guard }
    }

    /// The lines so far.
    pub fn text(&self) -> String {
        let bytes = self.written.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// This person too must not be found in any line.
    pub fn watch(&self, person: &Person) {
        self.watch_words(person.canaries());
    }

    /// These words too: codes, passwords, answers.
    pub fn watch_words(&self, words: impl IntoIterator<Item = String>) {
        self.canaries.lock().unwrap_or_else(PoisonError::into_inner).extend(words);
    }

    /// The personal words found in a text, in the order of the list.
    pub fn found_in(&self, text: &str) -> Vec<String> {
        let canaries = self.canaries.lock().unwrap_or_else(PoisonError::into_inner);
        canaries.iter().filter(|canary| sings(canary, text)).cloned().collect()
    }
}

/// Whole words only, in any case: «Prova» is a name, `improvable` is none.
fn sings(canary: &str, text: &str) -> bool {
    let (canary, text) = (canary.to_lowercase(), text.to_lowercase());
    text.match_indices(&canary).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + canary.len()..].chars().next();
        [before, after].into_iter().flatten().all(|neighbour| !neighbour.is_alphanumeric())
    })
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
