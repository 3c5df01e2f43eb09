//! The same documents, brought to the comune by a browser: a page says no, nobody is signed in, and it leaves a trace.

use super::{
    kinds::{self, Variant, all_variants},
    material::{Identifier, Material},
};
use axum::http::StatusCode;
use simulators::identity_provider::Signing;
use std::collections::{BTreeMap, BTreeSet};
use support::{
    app::TestApp,
    browser::Browser,
    federation::{Leaving, base64},
    inside,
    words::it,
};

const OUTCOME: &str = "SELECT details->>'outcome' FROM audit_event WHERE verb = 'sign_in_refused' \
    ORDER BY sequence DESC LIMIT 1";

#[tokio::test]
async fn a_rearranged_answer_leads_to_a_page_that_says_no_and_leaves_a_trace() {
    let app = TestApp::start().await;
    app.open_identity_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let left = Leaving::by(&mut browser, "alfa").await;
    let (mut seen, mut kept) = (0, 0);
    for (kind, number) in sample(&material(&app, &left)) {
        let left = Leaving::by(&mut browser, "alfa").await;
        let all = all_variants(&material(&app, &left));
        let mut of_kind = all.iter().filter(|variant| variant.kind == kind);
        let Variant { name, xml, refusals, .. } = of_kind.nth(number).expect("a variant");
        let page = left.bring(&mut browser, xml).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{name}");
        assert!(page.text().contains(&it("identity.refused.text.not_valid")), "{name}");
        assert!(!browser.cookies.contains_key("__Host-s_alfa"), "{name}");
        let outcome: String = inside::value(&app, "alfa", OUTCOME).await;
        assert!(refusals.contains(&outcome.as_str()), "{name}: {outcome}");
        seen += 1;
        // Only what looks like an answer to a request of this browser is kept in full.
        kept += i64::from(spid::open_response(&base64(xml)).is_ok());
        let traces = [
            ("audit_event WHERE verb = 'sign_in_refused'", seen),
            ("login_message WHERE kind = 'response'", kept),
        ];
        for (trace, count) in traces {
            assert_eq!(inside::count(&app, "alfa", trace).await, count, "{name}: {trace}");
        }
    }
    assert!(seen >= 20 && kept > 0, "{seen}, {kept}");
    assert_eq!(inside::count(&app, "alfa", "identity").await, 0);
}

fn material(app: &TestApp, left: &Leaving) -> Material {
    let key = left.provider.key().expect("a key");
    let chosen = (Signing::BOTH, Identifier::Other);
    Material::new(left.answer(app, "luca"), left.answer(app, "anna"), key, chosen)
}

/// The first and a middle one of each kind.
fn sample(material: &Material) -> Vec<(&'static str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for variant in all_variants(material) {
        *counts.entry(variant.kind).or_default() += 1;
    }
    assert_eq!(counts.len(), kinds::COUNT);
    let some = |(kind, count): (&'static str, usize)| {
        let numbers = BTreeSet::from([0, count / 2]);
        numbers.into_iter().map(move |number| (kind, number))
    };
    counts.into_iter().flat_map(some).collect()
}
