//! SQL lives in `storage` and `migrations`, and takes its time from its caller.

use super::{Fault, Source};

/// Beginnings of statements, as the house spells them.
const STATEMENTS: [&str; 6] = [
    concat!("SEL", "ECT "),
    concat!("INS", "ERT INTO "),
    concat!("DEL", "ETE FROM "),
    concat!("UPD", "ATE ONLY "),
    concat!("CRE", "ATE TABLE "),
    concat!("ALT", "ER TABLE "),
];
const CLOCKS: [&str; 3] = ["now()", "current_timestamp", "clock_timestamp()"];

/// Statements in other crates; a clock in a migration or a query.
pub(super) fn check(source: &Source) -> Vec<Fault> {
    let home = source.home();
    let outside = source.is("rs") && !["storage", "tests"].contains(&home);
    let inside = source.is("sql") || source.is("rs") && home == "storage";
    let mut faults = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        let code = line.split_once("--").map_or(line, |(code, _)| code).trim_start();
        if code.starts_with("//") {
            continue;
        }
        if outside && STATEMENTS.iter().any(|statement| code.contains(statement)) {
            faults.push(Fault::at(&source.path, index, "SQL belongs in crates/storage"));
        }
        let lower = code.to_lowercase();
        if inside && CLOCKS.iter().any(|clock| lower.contains(clock)) {
            faults.push(Fault::at(
                &source.path,
                index,
                "the time is a parameter, never the server's",
            ));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{Source, check};

    fn faults(path: &str, text: &str) -> usize {
        check(&Source { path: path.to_owned(), text: text.to_owned() }).len()
    }

    #[test]
    fn statements_are_found_outside_storage_only() {
        let statement = concat!("let q = \"SEL", "ECT id FROM draft\";");
        assert_eq!(faults("crates/web/src/a.rs", statement), 1);
        assert_eq!(faults("crates/storage/src/a.rs", statement), 0);
        assert_eq!(faults("crates/web/src/a.rs", concat!("// SEL", "ECT is a comment")), 0);
    }

    #[test]
    fn the_servers_clock_is_found() {
        assert_eq!(faults("migrations/0001_a.sql", "at timestamptz DEFAULT now()"), 1);
        assert_eq!(faults("migrations/0001_a.sql", "-- now() is banned"), 0);
        assert_eq!(faults("crates/web/src/a.rs", "clock.now()"), 0);
    }
}
