//! What came of the walks, for the eyes of a developer.

use super::{Outcome, Reached, outcome::Password};
use std::{collections::BTreeMap, time::Duration};

/// The demo's families with the keys to what they left behind.
pub fn credentials(outcomes: &[Outcome]) -> String {
    let header = ["comune", "pupil", "guardian", "codice fiscale", "state", "password", "mails to"];
    let mut rows = vec![header.map(str::to_owned)];
    rows.extend(outcomes.iter().map(row));
    let notes = "\
To try: start page of the comune, «Nuova Iscrizione», then codice fiscale and password of a line.
A temporary password must be changed at once. Where there is none, the mail that followed the sending
has a letter with one, or a link to choose one.
";
    format!("{}\n{notes}", table(&rows))
}

/// Counts and times per page.
pub fn timings(outcomes: &[Outcome]) -> String {
    let mut pages: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for visit in outcomes.iter().flat_map(|outcome| &outcome.visits) {
        pages.entry(&visit.page).or_default().push(visit.took);
    }
    let header = ["page", "times", "median ms", "95 % ms", "longest ms"];
    let mut rows = vec![header.map(str::to_owned)];
    for (page, mut times) in pages {
        times.sort_unstable();
        let at = |percent: usize| {
            times.get((times.len() - 1) * percent / 100).map_or(0, Duration::as_millis)
        };
        rows.push([
            page.to_owned(),
            times.len().to_string(),
            at(50).to_string(),
            at(95).to_string(),
            at(100).to_string(),
        ]);
    }
    table(&rows)
}

/// Pages that ended walks, the most frequent first, without what anybody typed.
pub fn refusals(outcomes: &[Outcome]) -> String {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for outcome in outcomes {
        let Some(refusal) = &outcome.refusal else { continue };
        let status = refusal.status.map(|status| format!(" [{status}]")).unwrap_or_default();
        let line = format!("{}: {refusal}{status}", outcome.portal);
        counts.entry(line).or_insert((0, outcome.family.number)).0 += 1;
    }
    let mut lines: Vec<_> = counts.into_iter().collect();
    lines.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let words = |(line, (count, first)): (String, (usize, usize))| {
        format!("  {line} ({count} times, first family {first})\n")
    };
    lines.into_iter().map(words).collect()
}

fn row(outcome: &Outcome) -> [String; 7] {
    let family = &outcome.family;
    let password = match &outcome.password {
        Some(Password::Temporary(password)) => format!("{password} (temporary)"),
        Some(Password::Chosen(password)) => password.clone(),
        None => "–".to_owned(),
    };
    let number = outcome.registration.as_deref().unwrap_or("–");
    let state = match (&outcome.refusal, outcome.reached) {
        (Some(_), _) => "failed".to_owned(),
        (None, Reached::Nothing) => "nothing saved".to_owned(),
        (None, Reached::Draft) => "draft".to_owned(),
        (None, Reached::Sent) => format!("sent, {number}"),
        (None, Reached::Changed) => format!("sent, changed, {number}"),
    };
    [
        outcome.portal.clone(),
        format!("{} {}", family.pupil.name, family.pupil.surname),
        format!("{} {}", family.guardian.name, family.guardian.surname),
        family.pupil.codice_fiscale.as_str().to_owned(),
        state,
        password,
        family.email.clone(),
    ]
}

/// Columns as wide as their widest cell.
fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::{credentials, refusals, timings};
    use crate::families::{Family, Outcome, Reached, Refusal, Visit, outcome::Password};
    use std::time::Duration;

    fn outcome(took: u64) -> Outcome {
        Outcome {
            portal: "alfa".to_owned(),
            family: Family::invented(1, 1),
            reached: Reached::Draft,
            registration: None,
            password: Some(Password::Temporary("K7QF-2MXP-9WRT-4HDA-M3S8".to_owned())),
            documents: Vec::new(),
            visits: vec![Visit {
                page: "GET /".to_owned(),
                status: Some(200),
                took: Duration::from_millis(took),
            }],
            refusal: None,
        }
    }

    #[test]
    fn a_line_says_what_opens_the_draft() {
        let text = credentials(&[outcome(1)]);
        let code = Family::invented(1, 1).pupil.codice_fiscale.as_str().to_owned();
        let line = text.lines().nth(1).unwrap();
        assert!(
            line.starts_with("alfa") && line.contains(&code) && line.contains("K7QF-"),
            "{line}"
        );
    }

    #[test]
    fn refusals_are_counted_by_page() {
        let refusal =
            Refusal { page: "/passo".to_owned(), status: Some(429), why: "no".to_owned() };
        let refused = Outcome { refusal: Some(refusal), ..outcome(1) };
        let text = refusals(&[refused.clone(), outcome(1), refused]);
        assert_eq!(text, "  alfa: /passo: no [429] (2 times, first family 1)\n");
    }

    #[test]
    fn times_are_counted_per_page() {
        let outcomes: Vec<_> = (1..=100).map(outcome).collect();
        let text = timings(&outcomes);
        let cells: Vec<_> = text.lines().nth(1).unwrap().split_whitespace().collect();
        assert_eq!(cells, ["GET", "/", "100", "50", "95", "100"]);
    }
}
