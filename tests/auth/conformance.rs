//! The federation's conformance tests and its strictest schemas, against the product as it runs.

use domain::identity::IdentityScheme::{Cie, Spid};
use regex::Regex;
use support::{
    app::TestApp,
    browser::Browser,
    conformance::{Laboratory, Report, metadata, schema_errors},
};

/// Every test passed, and as many as the tool is known to have: of metadata, of requests, of answers.
fn all_passed(report: &Report, [metadata, requests, answers]: [usize; 3]) {
    assert!(report.complaints.is_empty(), "{}", report.complaints.join("\n"));
    let passed: Vec<(&str, usize)> =
        report.passed.iter().map(|(category, count)| (category.as_str(), *count)).collect();
    let expected =
        [("authnrequest_extra", requests), ("metadata_extra", metadata), ("response", answers)];
    assert_eq!(passed, expected);
}

#[tokio::test]
async fn alfa_passes_the_conformance_tests_of_spid_by_redirect() {
    let laboratory = Laboratory::open().await;
    laboratory.introduce(Spid, metadata().await).await;
    let report = laboratory.examine("spid-sp-public", "alfa", "spid").await;
    all_passed(&report, [137, 44, 111]);
}

#[tokio::test]
async fn alfa_passes_the_conformance_tests_of_spid_by_post() {
    let laboratory = Laboratory::open().await;
    let by_both = metadata().await;
    let redirect = Regex::new("<ns0:SingleSignOnService [^>]*HTTP-Redirect[^>]*>").unwrap();
    assert!(redirect.is_match(&by_both));
    laboratory.introduce(Spid, redirect.replace(&by_both, "").into_owned()).await;
    let report = laboratory.examine("spid-sp-public", "alfa", "spid").await;
    all_passed(&report, [137, 51, 111]);
}

#[tokio::test]
async fn alfa_passes_the_conformance_tests_of_cie() {
    let laboratory = Laboratory::open().await;
    laboratory.introduce(Cie, metadata().await).await;
    let report = laboratory.examine("cie-sp-public", "alfa", "cie").await;
    all_passed(&report, [84, 44, 109]);
}

#[tokio::test]
async fn beta_passes_the_conformance_tests_of_aggregated_comuni() {
    let laboratory = Laboratory::open().await;
    laboratory.introduce(Spid, metadata().await).await;
    let report = laboratory.examine("spid-sp-ag-public-full", "beta", "spid").await;
    all_passed(&report, [195, 44, 111]);
}

#[tokio::test]
async fn beta_passes_the_conformance_tests_of_cie() {
    let laboratory = Laboratory::open().await;
    laboratory.introduce(Cie, metadata().await).await;
    let report = laboratory.examine("cie-sp-public", "beta", "cie").await;
    all_passed(&report, [84, 44, 109]);
}

const PUBLIC: &str = "saml-schema-metadata-sp-spid-av29.xsd";
const AGGREGATED: &str = "saml-schema-metadata-aggregated-spid.xsd";
const CIE: &str = "cie/saml-schema-metadata-sp-cie.xsd";

/// The schema of public bodies lets the metadata of aggregated ones pass as well; every other pair is refused.
#[tokio::test]
async fn metadata_obey_the_strict_schema_of_their_kind() {
    let app = TestApp::start().await;
    app.give_keys().await;
    for (slug, path, obeyed) in [
        ("alfa", "/spid/metadata", [PUBLIC].as_slice()),
        ("beta", "/spid/metadata", &[PUBLIC, AGGREGATED]),
        ("alfa", "/cie/metadata", &[CIE]),
        ("beta", "/cie/metadata", &[CIE]),
    ] {
        let page = Browser::at(&app, slug).get(path).await;
        for schema in [PUBLIC, AGGREGATED, CIE] {
            let errors = schema_errors(schema, page.html());
            let expected = obeyed.contains(&schema);
            assert_eq!(errors.is_empty(), expected, "{slug} {path} {schema}: {errors}");
        }
    }
}
