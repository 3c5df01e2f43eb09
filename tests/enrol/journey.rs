//! The whole way of a family, as product §4 tells it.

use support::{app::TestApp, family::Family};
use std::time::Instant;

#[tokio::test]
async fn a_family_enrols_its_child_and_reads_its_number() {
    let t = Instant::now();
    let app = TestApp::start().await;
    println!("start {:?}", t.elapsed());
    let mut family = Family::arrive(&app, "alfa", 1).await;
    println!("arrive {:?}", t.elapsed());
    family.begin().await;
    println!("begin {:?}", t.elapsed());
    family.fill_in().await;
    println!("fill {:?}", t.elapsed());
    family.submit().await;
    println!("submit {:?}", t.elapsed());
    family.mails().await;
    println!("work {:?}", t.elapsed());
    let p = family.browser.open(&format!("/iscrizioni/{}/documenti/manuale.pdf", family.draft())).await;
    println!("manual {:?} {}", t.elapsed(), p.bytes.len());
    panic!()
}
