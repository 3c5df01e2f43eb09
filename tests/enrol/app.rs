//! The portal as an app: what browsers read to install it, for each comune and for the shared entrance.

use serde_json::Value;
use support::{
    app::{SHARED_HOST, TestApp},
    browser::Browser,
    family::Family,
    page::Page,
};

fn json(page: &Page) -> Value {
    assert_eq!(page.status, 200, "{}", page.path);
    serde_json::from_slice(&page.bytes).expect("it is JSON")
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> String {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"), "a PNG");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four octets"));
    format!("{}x{}", number(16), number(20))
}

/// Every icon of a manifest, once it was seen to be what the manifest says.
async fn icons(browser: &mut Browser<'_>, manifest: &Value) -> Vec<Vec<u8>> {
    let mut images = Vec::new();
    for icon in manifest["icons"].as_array().expect("icons") {
        let image = browser.get(icon["src"].as_str().expect("an address")).await;
        assert_eq!(image.status, 200, "{icon}");
        assert_eq!(image.header("content-type"), icon["type"].as_str().expect("a type"));
        assert_eq!(size(&image.bytes), icon["sizes"].as_str().expect("a size"));
        images.push(image.bytes);
    }
    images
}

#[tokio::test]
async fn each_comune_is_an_app_of_its_own_with_its_name_its_colour_and_its_icon() {
    let app = TestApp::start().await;
    let mut seen = Vec::new();
    for (slug, mount) in [("alfa", ""), ("alfa", "/alfa"), ("beta", "/beta")] {
        let mut browser =
            if mount.is_empty() { Browser::at(&app, slug) } else { Browser::at_path(&app, slug) };
        let start = browser.open("/").await;
        let linked = start.attributes("link[rel=manifest]", "href");
        assert_eq!(linked, [format!("{mount}/manifest.webmanifest")]);
        let page = browser.get(&linked[0]).await;
        assert_eq!(page.header("content-type"), "application/manifest+json");
        let manifest = json(&page);
        let identity = TestApp::bundle(slug).settings.identity;
        assert_eq!(manifest["name"], identity.name.as_str());
        let short = manifest["short_name"].as_str().expect("a short name");
        assert!(identity.short_name.starts_with(short) && short.chars().count() <= 12, "{short}");
        for key in ["id", "start_url", "scope"] {
            assert_eq!(manifest[key], format!("{mount}/"), "{key}");
        }
        assert_eq!([&manifest["display"], &manifest["lang"]], ["standalone", "it"]);
        assert_eq!(manifest["dir"], "ltr");
        let purposes: Vec<_> = manifest["icons"]
            .as_array()
            .expect("icons")
            .iter()
            .map(|icon| &icon["purpose"])
            .collect();
        assert_eq!(purposes, ["any", "any", "maskable"]);
        let images = icons(&mut browser, &manifest).await;
        seen.push((manifest["theme_color"].clone(), images));
    }
    assert_eq!(seen[0], seen[1], "the same comune, however it is reached");
    assert_ne!(seen[0].0, seen[2].0, "another comune, another colour");
    assert_ne!(seen[0].1, seen[2].1, "and another icon");
}

#[tokio::test]
async fn the_shared_entrance_is_an_app_that_starts_at_the_comune_chosen_last() {
    let app = TestApp::start().await;
    let mut browser = Browser::at_host(&app, SHARED_HOST);
    let manifest = json(&browser.get("/manifest.webmanifest").await);
    assert_eq!(manifest["name"], "Campanella");
    assert_eq!([&manifest["scope"], &manifest["id"]], ["/", "/"]);
    assert_eq!(icons(&mut browser, &manifest).await.len(), 3);
    let start = manifest["start_url"].as_str().expect("an address").to_owned();
    assert!(browser.follow(&start).await.has("[name=comune]"), "the chooser, the first time");
    let found = browser.follow("/?comune=alfa").await;
    let links = found.attributes(".result-list a", "href");
    let chosen = browser.follow(&links[0]).await;
    assert_eq!(chosen.path, "/alfa/");
    assert_eq!(browser.follow(&start).await.path, "/alfa/", "the second time");
    let other = browser.follow("/alfa/").await.attributes("footer a[href='/']", "href");
    assert_eq!(other.len(), 1, "and it can be changed");
    let chooser = browser.follow("/").await;
    assert!(chooser.has("[name=comune]") && chooser.has("main a[href='/comuni/alfa']"));
    assert_eq!(browser.get("/comuni/gamma").await.status, 404);
    browser.cookies.insert("__Host-comune".to_owned(), "gamma".to_owned());
    assert!(browser.follow(&start).await.has("[name=comune]"), "that comune is no longer here");
}

#[tokio::test]
async fn a_host_that_is_nobodys_is_no_app() {
    let app = TestApp::start().await;
    let mut browser = Browser::at_host(&app, "evil.example");
    for path in ["/manifest.webmanifest", "/sw.js", "/icona/192.png", "/senza-rete", "/avvio"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
    let mut own = Browser::at(&app, "alfa");
    for path in ["/avvio", "/comuni/beta", "/icona/193.png", "/icona/.."] {
        assert_eq!(own.get(path).await.status, 404, "{path}");
    }
}

/// What the worker was told to keep: version and addresses.
async fn kept(browser: &mut Browser<'_>) -> (String, Vec<String>) {
    let script = browser.get(&format!("{}/sw.js", browser.mount)).await;
    assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(script.header("cache-control"), "no-store");
    let text = String::from_utf8(script.bytes).expect("text");
    let first = text.lines().next().and_then(|line| line.strip_prefix("self.shell="));
    let shell: Value =
        serde_json::from_str(first.expect("a list").trim_end_matches(';')).expect("JSON");
    let mut kept: Vec<String> = serde_json::from_value(shell["files"].clone()).expect("addresses");
    kept.push(shell["offline"].as_str().expect("an address").to_owned());
    (shell["version"].as_str().expect("a version").to_owned(), kept)
}

#[tokio::test]
async fn the_worker_keeps_public_files_of_its_own_comune_only_and_all_of_them_are_there() {
    let app = TestApp::start().await;
    for mut browser in [
        Browser::at(&app, "alfa"),
        Browser::at_path(&app, "beta"),
        Browser::at_host(&app, SHARED_HOST),
    ] {
        let mount = browser.mount.clone();
        let (_, kept) = kept(&mut browser).await;
        assert!(kept.len() >= 9, "{kept:?}");
        for address in kept {
            let path = address.split('?').next().unwrap_or_default();
            let own = ["/stile.css", "/stemma", "/senza-rete"].map(|end| format!("{mount}{end}"));
            assert!(path.starts_with("/static/") || own.contains(&path.to_owned()), "{address}");
            assert_eq!(browser.get(&address).await.status, 200, "{address}");
        }
    }
}

#[tokio::test]
async fn a_change_of_the_comune_is_a_new_version_of_its_app_and_of_no_other() {
    let app = TestApp::start().await;
    let (mut alfa, mut beta) = (Browser::at_path(&app, "alfa"), Browser::at_path(&app, "beta"));
    let before = [kept(&mut alfa).await, kept(&mut beta).await];
    assert_eq!(kept(&mut alfa).await, before[0], "nothing changes by itself");
    let mut bundle = TestApp::bundle("alfa");
    bundle.settings.contacts.opening_hours = bundle.settings.contacts.office.clone();
    app.apply("alfa", &bundle).await;
    assert_ne!(kept(&mut alfa).await.0, before[0].0);
    assert_eq!(kept(&mut beta).await, before[1]);
}

#[tokio::test]
async fn the_page_for_lost_networks_is_the_same_whoever_is_signed_in() {
    let app = TestApp::start().await;
    let mut family = Family::arrive(&app, "alfa", 1).await;
    let before = family.browser.open("/senza-rete").await;
    family.enrol().await;
    let after = family.browser.open("/senza-rete").await;
    assert_eq!(before.bytes, after.bytes);
    assert!(!after.has("[data-session-seconds]") && !after.has("form"));
    assert!(after.has("footer a[href^='tel:']"), "it says how to reach the office");
}
