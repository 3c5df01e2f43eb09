//! Mistakes in the addresses that a tenant's pages lead to.

use super::mistakes;

fn told(line: &str) -> Vec<String> {
    let logo = "logo = \"brand/logo.svg\"\n";
    mistakes("tenant.toml", logo, &format!("{logo}{line}\n"))
}

#[test]
fn the_declaration_stands_where_agid_keeps_it() {
    let good = "accessibility_declaration = \"https://form.agid.gov.it/view/123\"";
    assert_eq!(told(good), Vec::<String>::new());
    for wrong in [
        "https://form.agid.gov.it.example.org/view/123",
        "http://form.agid.gov.it/view/123",
        "https://www.alfa.example.test/accessibilita",
        "https://form.agid.gov.it/view/1 2",
    ] {
        let found = told(&format!("accessibility_declaration = \"{wrong}\""));
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        assert!(found[0].contains("brand.accessibility_declaration: "), "{found:?}");
        assert!(found[0].contains("https://form.agid.gov.it/"), "{found:?}");
    }
}

#[test]
fn addresses_of_the_footer_are_https() {
    for key in ["legal_notes", "faq", "appointment_booking", "report_inefficiency"] {
        assert_eq!(told(&format!("{key} = \"https://www.example.org/x\"")), Vec::<String>::new());
        let found = told(&format!("{key} = \"http://www.example.org/x\""));
        assert!(
            found[0].contains(&format!("brand.{key}: an address begins with https://")),
            "{found:?}"
        );
    }
}

#[test]
fn the_menu_has_the_hooks_of_the_model_only() {
    let link = |hook: &str| {
        format!(
            "header_links = [{{ label = {{ it = \"X\" }}, url = \"https://a.it\", hook = \"{hook}\" }}]"
        )
    };
    for hook in ["management", "news", "all-services", "live"] {
        assert_eq!(told(&link(hook)), Vec::<String>::new(), "{hook}");
    }
    let found = told(&link("services"));
    assert!(
        found[0].contains("expected one of `management`, `news`, `all-services`, `live`"),
        "{found:?}"
    );
}
