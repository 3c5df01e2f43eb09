//! A provider exchanges its keys: while its metadata show both, both count; when one is withdrawn, it counts no more.

use super::{assert_entered, assert_refused, open_doors};
use domain::identity::IdentityScheme;
use simulators::identity_provider::{
    Provider, Signing, metadata,
    signer::{SignOptions, SigningKey},
};
use support::{browser::Browser, federation::Leaving};

/// CIE's metadata are one document that the tests may replace alone.
fn cie_with(left: &Leaving, keys: &[SigningKey]) -> String {
    let provider = Provider { keys: keys.to_vec(), ..left.provider.clone() };
    metadata::signed_entity(&provider).unwrap()
}

fn signed(left: &Leaving, app: &support::app::TestApp, key: &SigningKey) -> String {
    left.answer(app, "anna").signed(key, Signing::BOTH, &SignOptions::default()).unwrap()
}

#[tokio::test]
async fn both_keys_count_during_the_exchange_and_the_old_one_not_afterwards() {
    let app = open_doors().await;
    let mut browser = Browser::at(&app, "alfa");
    let left = Leaving::by(&mut browser, "cie").await;
    let old = left.provider.key().unwrap().clone();
    let new = SigningKey::generate("CIE di prova, nuova").unwrap();
    let page = left.bring(&mut browser, &signed(&left, &app, &new)).await;
    assert_refused(&browser, "alfa", &page, "signature_invalid", "not_valid").await;
    app.learn(IdentityScheme::Cie, &cie_with(&left, &[old.clone(), new.clone()])).await;
    for key in [&old, &new] {
        let mut browser = Browser::at(&app, "alfa");
        let left = Leaving::by(&mut browser, "cie").await;
        assert_entered(&left.bring(&mut browser, &signed(&left, &app, key)).await);
    }
    app.learn(IdentityScheme::Cie, &cie_with(&left, std::slice::from_ref(&new))).await;
    let left = Leaving::by(&mut browser, "cie").await;
    let page = left.bring(&mut browser, &signed(&left, &app, &old)).await;
    assert_refused(&browser, "alfa", &page, "signature_invalid", "not_valid").await;
    assert_entered(&left.bring(&mut browser, &signed(&left, &app, &new)).await);
}
