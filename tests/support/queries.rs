//! Every query of the product, from the data that the checked macros leave in `crates/storage/.sqlx`.

mod parameters;

use crate::environment;
use regex::Regex;
use serde::Deserialize;
use std::{collections::BTreeMap, fs, sync::LazyLock};

pub use parameters::Row;

/// One query as the product sends it.
#[derive(Clone, Debug)]
pub struct StoredQuery {
    /// Its text, blanks folded.
    pub text: String,
    /// PostgreSQL's names of its parameters' types.
    pub types: Vec<String>,
}

/// What a statement does first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Reads, perhaps locking.
    Select,
    /// Adds rows.
    Insert,
    /// Changes rows.
    Update,
    /// Erases rows.
    Delete,
}

#[derive(Deserialize)]
struct File {
    query: String,
    describe: Describe,
}

#[derive(Deserialize)]
struct Describe {
    parameters: Parameters,
}

#[derive(Deserialize)]
struct Parameters {
    #[serde(rename = "Left")]
    types: Vec<String>,
}

/// All of them, by text.
pub fn all() -> Vec<StoredQuery> {
    let folder = environment::root().join("crates/storage/.sqlx");
    let entries = fs::read_dir(folder).expect("the query data are committed");
    let mut queries: Vec<StoredQuery> = entries
        .map(|entry| fs::read(entry.expect("a file").path()).expect("query data can be read"))
        .map(|bytes| serde_json::from_slice::<File>(&bytes).expect("query data are JSON"))
        .map(|file| StoredQuery {
            text: file.query.split_whitespace().collect::<Vec<_>>().join(" "),
            types: file.describe.parameters.types.iter().map(|word| type_name(word)).collect(),
        })
        .collect();
    queries.sort_by(|a, b| a.text.cmp(&b.text));
    assert!(queries.len() > 100, "the product has more queries than the {} found", queries.len());
    queries
}

impl StoredQuery {
    /// What it does first.
    pub fn verb(&self) -> Verb {
        match self.text.split(' ').next() {
            Some("SELECT") => Verb::Select,
            Some("INSERT") => Verb::Insert,
            Some("UPDATE") => Verb::Update,
            Some("DELETE") => Verb::Delete,
            word => panic!("a statement that begins with {word:?}"),
        }
    }

    /// The tables it names, by alias (or by name where there is none), the first one first.
    pub fn tables(&self) -> Vec<(String, String)> {
        static TABLE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"\b(?:FROM|JOIN|INTO|UPDATE) ([a-z_]+)(?:(?: AS)? ([a-z]+)\b)?")
                .expect("a pattern")
        });
        let found = TABLE.captures_iter(&self.text);
        found
            .map(|names| {
                let table = names[1].to_owned();
                (names.get(2).map_or_else(|| table.clone(), |alias| alias.as_str().into()), table)
            })
            .collect()
    }

    /// Whether it reads or writes one of these tables.
    pub fn touches(&self, tables: &[String]) -> bool {
        self.tables().iter().any(|(_, table)| tables.contains(table))
    }

    /// `PREPARE` under a name, with the types that the product sends.
    pub fn prepare(&self, name: &str) -> String {
        let types = self.types.join(", ");
        let types = if types.is_empty() { types } else { format!(" ({types})") };
        format!("PREPARE {name}{types} AS {}", self.text)
    }

    /// `EXECUTE` with these literals.
    pub fn execute(&self, name: &str, literals: &[String]) -> String {
        let literals = literals.join(", ");
        if literals.is_empty() {
            format!("EXECUTE {name}")
        } else {
            format!("EXECUTE {name}({literals})")
        }
    }

    /// One literal for each parameter, so that the query finds the given rows (one of each table).
    pub fn literals(&self, rows: &BTreeMap<String, Row>) -> Vec<String> {
        parameters::literals(self, rows)
    }
}

fn type_name(word: &str) -> String {
    match word.strip_suffix("Array") {
        Some(element) => format!("{}[]", type_name(element)),
        None => word.to_lowercase(),
    }
}
