//! Live checks: what is wrong with an answer stands beside it as soon as it is given, and nothing else is blamed.

use crate::browser::{
    chromium::{Seat, visit},
    journey::{Household, begin},
    portal::Portal,
    visitor::Visitor,
};
use domain::Locale;
use thirtyfour::prelude::*;

/// Writes an answer and goes on to the next question.
async fn answer(visitor: &Visitor<'_>, name: &str, text: &str) {
    visitor.write(name, text).await;
    visitor.element(&format!("main [name='{name}']")).await.send_keys(Key::Tab + "").await.unwrap();
}

async fn until(visitor: &Visitor<'_>, errors: usize) {
    let shown = async || (visitor.count(".field-error").await == errors).then_some(());
    assert!(
        visitor.wait_for(shown).await.is_some(),
        "{errors} errors: {}",
        visitor.text("main").await
    );
}

#[tokio::test]
async fn a_wrong_answer_is_told_beside_it_and_taken_back_when_it_is_mended() {
    let portal = Portal::open().await;
    visit(&portal, Seat::telephone("alfa", Locale::En), async |visitor| {
        visitor.chapter = "checks-";
        begin(visitor, &Household::of(&portal, "alfa"), false).await;
        answer(visitor, "residence.cap", "74").await;
        until(visitor, 1).await;
        let field = visitor.element("main [name='residence.cap']").await;
        assert_eq!(field.attr("aria-invalid").await.unwrap().as_deref(), Some("true"));
        let described = field.attr("aria-describedby").await.unwrap().unwrap_or_default();
        let line = visitor.text(&format!("[id='{described}']")).await;
        assert!(line.contains(&visitor.words("errors.answer.bad_cap")), "{line}");
        visitor.look("wrong-answer").await;
        answer(visitor, "residence.cap", "74121").await;
        until(visitor, 0).await;
        assert_eq!(field.attr("aria-invalid").await.unwrap().as_deref(), Some("false"));
    })
    .await;
}
