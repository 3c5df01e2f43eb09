//! Whether operations reach what alfa's visitors said.

use super::reach::found;
use domain::{
    Actor, Ctx,
    rating::{Aspect, RatedPage, Stars},
};
use operations::ratings;
use support::app::TestApp;

/// Each operation and whether it reached a rating of alfa.
pub async fn table(app: &TestApp, office: &Ctx) -> Vec<(&'static str, bool)> {
    let platform = &app.platform;
    let home = app.ctx(app.tenant("alfa"), Actor::Anonymous);
    let nobody = Ctx { actor: Actor::Anonymous, ..office.clone() };
    let stars = Stars::from_number(2).expect("two stars");
    let given = ratings::give(&home, platform, RatedPage::Submitted, stars).await;
    let id = given.expect("the database answers");
    let seen = ratings::find(&nobody, platform, id).await;
    let other = Some(Aspect::Other);
    let explained = ratings::explain(&nobody, platform, id, other, Some("a")).await;
    let overview = ratings::overview(office, platform, None).await.expect("an officer");
    let export = ratings::export(office, platform).await.expect("an officer");
    vec![
        ("ratings::find", found(seen)),
        ("ratings::explain", found(explained)),
        ("ratings::overview", !overview.counts.is_empty() || !overview.texts.is_empty()),
        ("ratings::export", !export.is_empty()),
    ]
}
