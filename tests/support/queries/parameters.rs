//! Parameters that make a query find a certain row: read off the comparisons in its text.

use super::{StoredQuery, Verb};
use regex::Regex;
use serde_json::Value;
use std::{collections::BTreeMap, sync::LazyLock};

/// A row by its columns.
pub type Row = serde_json::Map<String, Value>;

static COMPARISON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:\b([a-z]+)\.)?\b([a-z_]+) (=|<>|<=|>=|<|>|~>=~|~<~|IS NOT DISTINCT FROM) \$([0-9]+)",
    )
    .expect("a pattern")
});
static INSERT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^INSERT INTO ([a-z_]+)(?: AS [a-z]+)? \(([^)]*)\) VALUES \((.*)\)")
        .expect("a pattern")
});

/// One literal for each parameter of the query.
pub(super) fn literals(query: &StoredQuery, rows: &BTreeMap<String, Row>) -> Vec<String> {
    let mut found: BTreeMap<usize, String> = BTreeMap::new();
    for comparison in COMPARISON.captures_iter(&query.text) {
        let number: usize = comparison[4].parse().expect("a number");
        let alias = comparison.get(1).map(|alias| alias.as_str());
        let kind = query.types[number - 1].as_str();
        let literal = match &comparison[3] {
            "<>" => other(kind),
            "<" | "<=" | "~<~" => greatest(kind),
            ">" | ">=" | "~>=~" => least(kind),
            _ => column(query, rows, alias, &comparison[2]).map_or_else(|| least(kind), literal),
        };
        found.entry(number).or_insert(literal);
    }
    if query.verb() == Verb::Insert {
        found.extend(inserted(query, rows));
    }
    let numbers = (1..).zip(&query.types);
    numbers.map(|(number, kind)| found.remove(&number).unwrap_or_else(|| least(kind))).collect()
}

/// The value of a column in the sample row of the table that has it; an alias says which table.
fn column<'a>(
    query: &StoredQuery,
    rows: &'a BTreeMap<String, Row>,
    alias: Option<&str>,
    column: &str,
) -> Option<&'a Value> {
    let tables = query.tables();
    let named = tables.iter().filter(|(name, _)| alias.is_none_or(|alias| alias == name));
    named.filter_map(|(_, table)| rows.get(table)).find_map(|row| row.get(column))
}

/// What an `INSERT` puts into its columns, where that is a bare parameter.
fn inserted(query: &StoredQuery, rows: &BTreeMap<String, Row>) -> Vec<(usize, String)> {
    let Some(parts) = INSERT.captures(&query.text) else { return Vec::new() };
    let Some(row) = rows.get(&parts[1]) else { return Vec::new() };
    let columns = parts[2].split(", ");
    let values = parts[3].split(", ");
    let pairs = columns.zip(values).filter_map(|(column, value)| {
        let number = value.trim_end_matches(')').strip_prefix('$')?.parse().ok()?;
        Some((number, literal(row.get(column)?)))
    });
    pairs.collect()
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::String(text) => quoted(text),
        other => quoted(&other.to_string()),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Another value than any row has.
fn other(kind: &str) -> String {
    match kind {
        "uuid" => quoted("ffffffff-ffff-ffff-ffff-fffffffffff0"),
        kind => panic!("no other value of type {kind} is known"),
    }
}

fn greatest(kind: &str) -> String {
    match kind {
        "timestamptz" => quoted("9999-01-01T00:00:00Z"),
        "uuid" => quoted("ffffffff-ffff-ffff-ffff-ffffffffffff"),
        "date" => quoted("9999-01-01"),
        "int2" => quoted("32767"),
        "text" => quoted("\u{10ffff}"),
        kind => panic!("no greatest value of type {kind} is known"),
    }
}

/// Also what stands for a value that does not matter.
fn least(kind: &str) -> String {
    match kind {
        "uuid" => quoted("00000000-0000-0000-0000-000000000000"),
        "timestamptz" => quoted("2000-01-01T00:00:00Z"),
        "date" => quoted("2000-01-01"),
        // A limit of rows must let a row through.
        "int2" | "int4" | "int8" => quoted("1"),
        "text" => quoted(""),
        "bytea" => quoted("\\x00"),
        "bool" => quoted("false"),
        "jsonb" | "text[]" => quoted("{}"),
        kind => panic!("no value of type {kind} is known"),
    }
}
