//! Takes values out of the environment one by one; what is left over, and what cannot be read, is a problem.

use super::variables::{VARIABLES, Variable};
use std::collections::BTreeMap;

/// Variables of the test harness, which a program started by a test inherits.
const HARNESS: &str = "CAMPANELLA_TEST_";

/// The variables that are still to be taken, and what was wrong so far.
pub(super) struct Reader {
    found: BTreeMap<String, String>,
    problems: Vec<String>,
}

impl Reader {
    pub(super) fn new(mut found: BTreeMap<String, String>) -> Self {
        found.retain(|name, _| !name.starts_with(HARNESS));
        Self { found, problems: Vec::new() }
    }

    /// The value of a variable; an empty one counts as not set. The refused value itself is never shown: it may be a
    /// password.
    pub(super) fn optional<T>(
        &mut self,
        variable: Variable,
        parse: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.found.remove(&variable.full_name())?;
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let value = parse(text);
        if value.is_none() {
            let name = variable.full_name();
            self.problems.push(format!("  {name}: it takes {}", variable.allowed));
        }
        value
    }

    /// The value of a variable, or its default.
    pub(super) fn with_default<T>(
        &mut self,
        variable: Variable,
        parse: fn(&str) -> Option<T>,
        default: T,
    ) -> T {
        self.optional(variable, parse).unwrap_or(default)
    }

    /// All problems, unknown names last.
    pub(super) fn finish(mut self) -> Vec<String> {
        let known: Vec<_> = VARIABLES.iter().map(|variable| variable.name).collect();
        let unknown = self.found.into_keys().map(|name| {
            format!("  {name}: unknown; known are CAMPANELLA_ followed by {}", known.join(", "))
        });
        self.problems.extend(unknown);
        self.problems
    }
}
