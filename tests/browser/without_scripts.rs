//! The journey with scripts switched off.

use crate::browser::{
    chromium::{Seat, visit},
    journey::{Household, begin, fill_in, tick_boxes},
    portal::Portal,
};
use domain::Locale;

#[tokio::test]
async fn without_scripts_a_family_saves_a_draft_goes_on_and_sends_its_application() {
    let portal = Portal::open().await;
    let seat = Seat::telephone("alfa", Locale::It).without_scripts();
    visit(&portal, seat, async |visitor| {
        let family = Household::of(&portal, "alfa");
        begin(visitor, &family, true).await;
        assert_eq!(visitor.count("html.js").await, 0, "scripts are off");
        visitor.answer(&family.answers).await;
        visitor.press_at(".step-buttons [value=next]").await;
        visitor.answer(&family.answers).await;
        visitor.look("step").await;
        visitor.press("enrol.step.save_draft").await;
        visitor.arrive("/bozza").await;
        assert_eq!(visitor.title().await, visitor.words("enrol.draft_saved.title"));
        visitor.look("draft-saved").await;
        visitor.press("enrol.draft_saved.continue").await;
        visitor.press_at(".step-buttons [value=back]").await;
        let phone = visitor.element("[name=guardian_phone]").await;
        assert_eq!(phone.value().await.expect("a value").as_deref(), Some("+39 333 0000000"));
        fill_in(visitor, &family, true).await;
        visitor.look("summary").await;
        tick_boxes(visitor).await;
        visitor.press("enrol.summary.send").await;
        visitor.arrive("/inviata").await;
        visitor.look("submitted").await;
        assert_eq!(visitor.fact("enrol.submitted.number").await, "2026/000001");
        assert_eq!(visitor.count(".download-list a").await, 3);
    })
    .await;
}
