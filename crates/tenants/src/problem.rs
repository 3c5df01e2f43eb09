//! Mistakes in tenant files, each with its place.

use std::fmt::{self, Write as _};

/// One mistake, worded for the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// File, relative to the folder of all tenants: `taranto/tenant.toml`.
    pub file: String,
    /// Line, from 1; `None` when the whole file is meant.
    pub line: Option<usize>,
    /// Key such as `brand.colour`; empty when the whole file is meant.
    pub key: String,
    /// What is wrong and what is allowed.
    pub message: String,
}

impl Problem {
    /// A mistake of a whole file.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, key: String::new(), message: message.into() }
    }

    fn place(&self) -> String {
        self.line.map_or_else(|| self.file.clone(), |line| format!("{}:{line}", self.file))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place())?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.message)
    }
}

/// Problems as aligned columns (place, key, message), one line each, for a terminal.
pub fn table(problems: &[Problem]) -> String {
    let widest = |width: fn(&Problem) -> usize| problems.iter().map(width).max().unwrap_or(0);
    let place = widest(|problem| problem.place().chars().count());
    let key = widest(|problem| problem.key.chars().count());
    let mut lines = String::new();
    for problem in problems {
        let _ = writeln!(
            lines,
            "{:place$}  {:key$}  {}",
            problem.place(),
            problem.key,
            problem.message
        );
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Problem, table};

    #[test]
    fn prints_alone_and_in_columns() {
        let first = Problem {
            file: "alfa/tenant.toml".to_owned(),
            line: Some(12),
            key: "brand.colour".to_owned(),
            message: "not a colour".to_owned(),
        };
        let second = Problem::of_file("alfa/schools.csv", "missing");
        assert_eq!(first.to_string(), "alfa/tenant.toml:12: brand.colour: not a colour");
        assert_eq!(second.to_string(), "alfa/schools.csv: missing");
        let expected = "alfa/tenant.toml:12  brand.colour  not a colour\n\
                        alfa/schools.csv                   missing\n";
        assert_eq!(table(&[first, second]), expected);
    }
}
