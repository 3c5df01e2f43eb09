//! Every public page is fast on a middling telephone, without barriers and built as it should be.

use crate::browser::{chromium::TURNS, portal::Portal};
use serde_json::Value;
use std::{
    process::{Command, Stdio},
    time::Duration,
};
use support::environment;

/// What nobody must sign in for, within the comune.
const PAGES: [&str; 6] = [
    "/",
    "/iscrizioni/nuova",
    "/iscrizioni/password-dimenticata",
    "/verifica",
    "/accesso",
    "/ufficio/accesso",
];
/// Out of a hundred: the law asks for 50 of performance, our own bar is higher.
const LEAST: [(&str, f64); 3] =
    [("performance", 95.0), ("accessibility", 100.0), ("best-practices", 95.0)];
/// A page takes some seconds; a busy machine tries some of them again.
const PATIENCE: Duration = Duration::from_mins(5);

/// One line of the report for every address.
async fn judged(addresses: Vec<String>) -> Vec<Value> {
    let run = tokio::task::spawn_blocking(move || {
        let mut node = Command::new("node");
        node.arg(environment::lighthouse()).args(addresses);
        node.env("CHROME_PATH", environment::chromium()).stdin(Stdio::null());
        node.output().expect("Lighthouse runs")
    });
    let run = tokio::time::timeout(PATIENCE, run).await.expect("it comes to an end");
    let run = run.expect("it can be waited for");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let lines = String::from_utf8(run.stdout).expect("text");
    lines.lines().map(|line| serde_json::from_str(line).expect("a line of the report")).collect()
}

fn faults(page: &Value) -> Vec<String> {
    let score = |name: &str| page["scores"][name].as_f64().map_or(0.0, |part| part * 100.0);
    let below = LEAST.iter().filter(|(name, least)| score(name).round() < *least);
    below
        .map(|(name, _)| {
            format!("{}: {name} {:.0}: {}", page["address"], score(name), page["failures"])
        })
        .collect()
}

#[tokio::test]
async fn every_public_page_gets_full_marks_from_lighthouse_or_nearly() {
    // Nobody else's browser beside it: a trace that a busy machine cuts short is no judgement.
    let _turns = TURNS.acquire_many(2).await.expect("the turns never end");
    let portal = Portal::open().await;
    let mut addresses = vec![format!("{}/", portal.address)];
    addresses.extend(PAGES.map(|path| format!("{}/alfa{path}", portal.address)));
    let pages = portal.while_working(judged(addresses.clone())).await;
    assert_eq!(pages.len(), addresses.len());
    for page in &pages {
        println!("{} {}", page["address"], page["scores"]);
    }
    let faults: Vec<String> = pages.iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
