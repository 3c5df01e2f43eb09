//! Rules about single files: their length, their first line, what their lines may not say.

use super::{Fault, Source};

const QUESTION: usize = 300;
const ERROR: usize = 500;
const MEASURED: [&str; 7] = ["rs", "html", "sql", "typ", "js", "mjs", "css"];

/// The files whose length asks whether they still hold one idea.
pub(super) fn long(sources: &[Source]) -> Vec<String> {
    let mut long: Vec<_> = sources.iter().filter(|source| length(source) > QUESTION).collect();
    long.sort_by_key(|source| std::cmp::Reverse(length(source)));
    long.iter().map(|source| format!("{} has {} lines", source.path, length(source))).collect()
}

/// The rules for one file.
pub(super) fn check(source: &Source) -> Vec<Fault> {
    let mut faults = Vec::new();
    if length(source) > ERROR {
        faults.push(Fault::new(&source.path, format!("more than {ERROR} lines: split it by idea")));
    }
    if source.is("rs") {
        faults.extend(rust(source));
    }
    faults
}

fn rust(source: &Source) -> Vec<Fault> {
    let mut faults = Vec::new();
    let opening = source.text.lines().map_while(|line| line.strip_prefix("//! "));
    if !opening.last().is_some_and(|line| line.trim_end().ends_with('.')) {
        faults.push(Fault::at(&source.path, 0, "opens with one `//!` sentence: what lives here"));
    }
    let silenced = [concat!("#[al", "low("), concat!("#![al", "low(")];
    for (index, line) in source.text.lines().enumerate() {
        if silenced.iter().any(|start| line.trim_start().starts_with(start)) {
            faults.push(Fault::at(&source.path, index, "use #[expect(lint, reason = \"…\")]"));
        }
    }
    faults
}

fn length(source: &Source) -> usize {
    if MEASURED.iter().any(|ending| source.is(ending)) { source.text.lines().count() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn faults(text: &str) -> usize {
        check(&Source { path: "crates/x/src/a.rs".to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn a_file_says_what_lives_in_it() {
        assert_eq!(faults("//! What lives here.\nfn a() {}\n"), 0);
        assert_eq!(faults("//! What lives here, said\n//! in two lines.\n"), 0);
        assert_eq!(faults("fn a() {}\n"), 1);
        assert_eq!(faults("//! not a sentence\n"), 1);
    }

    #[test]
    fn lints_are_expected_and_files_are_short() {
        let silenced = concat!("//! A sentence.\n#[al", "low(dead_code)]\nfn a() {}\n");
        assert_eq!(faults(silenced), 1);
        assert_eq!(faults(&format!("//! A sentence.\n{}", "\n".repeat(499))), 0);
        assert_eq!(faults(&format!("//! A sentence.\n{}", "\n".repeat(500))), 1);
    }
}
