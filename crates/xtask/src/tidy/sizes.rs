//! The size of the whole: how long files are, how much of them is comment, how much is test, how many packages come in.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::{Fault, Source};

const MEDIAN: usize = 120;
const NINETIETH: usize = 300;
/// Per mille of the lines that are not blank.
const COMMENTS: std::ops::RangeInclusive<usize> = 60..=120;
/// Per mille: test lines to a thousand lines of production.
const TESTS: usize = 800;
const PACKAGES: usize = 750;

/// Counts over all Rust of the checkout.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sizes {
    /// Lines of each file without its inline tests, the shortest first.
    lengths: Vec<usize>,
    comments: usize,
    filled: usize,
    production: usize,
    tests: usize,
    packages: usize,
}

/// Counts everything.
pub(super) fn measure(root: &Path, sources: &[Source]) -> Result<Sizes> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("Cargo.lock")?;
    let mut sizes = Sizes { packages: lock.matches("[[package]]").count(), ..Sizes::default() };
    for source in sources.iter().filter(|source| source.is("rs")) {
        sizes.add(source);
    }
    sizes.lengths.sort_unstable();
    Ok(sizes)
}

impl Sizes {
    fn add(&mut self, source: &Source) {
        let inline = source.text.find("#[cfg(test)]\nmod tests {").unwrap_or(source.text.len());
        let (own, tests) = source.text.split_at(inline);
        self.lengths.push(own.lines().count());
        let filled = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).count();
        let comments = |text: &str| text.lines().filter(|line| is_comment(line)).count();
        self.filled += filled(&source.text);
        self.comments += comments(&source.text);
        let code = |text: &str| filled(text) - comments(text);
        // The tools of the checkout are neither the product nor its tests.
        if source.home() == "xtask" {
            return;
        }
        self.tests += code(tests);
        *(if is_test(source) { &mut self.tests } else { &mut self.production }) += code(own);
    }

    fn at(&self, percent: usize) -> usize {
        self.lengths.get(self.lengths.len() * percent / 100).copied().unwrap_or(0)
    }

    /// Each figure, its bar, and whether it keeps to it.
    fn figures(&self) -> [(String, bool); 5] {
        let comments = self.comments * 1000 / self.filled.max(1);
        let tests = self.tests * 1000 / self.production.max(1);
        let percent = |mille: usize| format!("{}.{} %", mille / 10, mille % 10);
        [
            (
                format!("median file: {} lines, at most {MEDIAN}", self.at(50)),
                self.at(50) <= MEDIAN,
            ),
            (
                format!("nine files of ten: {} lines, at most {NINETIETH}", self.at(90)),
                self.at(90) <= NINETIETH,
            ),
            (
                format!("comments: {} of the lines, 6 to 12 %", percent(comments)),
                COMMENTS.contains(&comments),
            ),
            (
                format!("tests: {} of the product's lines, at least 80 %", percent(tests)),
                tests >= TESTS,
            ),
            (
                format!("packages: {}, fewer than {PACKAGES}", self.packages),
                self.packages < PACKAGES,
            ),
        ]
    }

    /// One line per figure.
    pub(super) fn lines(&self) -> Vec<String> {
        self.figures().into_iter().map(|(line, _)| line).collect()
    }

    /// The figures beyond their bars.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let beyond = self.figures().into_iter().filter(|(_, kept)| !kept);
        beyond.map(|(line, _)| Fault::new("all Rust", line)).collect()
    }
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn is_test(source: &Source) -> bool {
    let parts: Vec<&str> = source.path.trim_end_matches(".rs").split('/').collect();
    let named = ["tests", "samples", "sample", "simulators"];
    parts.iter().any(|part| named.contains(part))
}

#[cfg(test)]
mod tests;
