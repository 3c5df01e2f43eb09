//! What is looked at on every page: accessibility, width, the console, the address; and its picture.

use crate::browser::{chromium::Seat, visitor::Visitor};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};
use support::pdf;

/// Where and how, never what was typed: test output holds no answers.
const RUN_AXE: &str = r"
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
    const told = (rule) => rule.nodes.map((node) => `${rule.id} ${node.target}: ${node.failureSummary}`);
    // Left out by axe until somebody asks for it.
    const rules = { 'target-size': { enabled: true } };
    axe.run({ runOnly: { type: 'tag', values: tags }, rules, resultTypes: ['violations'] }).then(
        (result) => done(result.passes.length ? result.violations.flatMap(told) : ['nothing was checked']),
        (error) => done([String(error)]),
    );";

/// The errors that pa11y would report with its runner htmlcs.
const RUN_HTMLCS: &str = r"
    const done = arguments[arguments.length - 1];
    const told = (found) => `${found.code} ${found.element.outerHTML?.slice(0, 200)}: ${found.msg}`;
    const report = () => {
        const errors = HTMLCS.getMessages().filter((found) => found.type === HTMLCS.ERROR);
        done(errors.map(told));
    };
    // It looks for some of its own words under a name that they do not have.
    const words = HTMLCS.getTranslation;
    HTMLCS.getTranslation = (key) => words.call(HTMLCS, key.replace('AutoComplete', 'Autocomplete')) ?? key;
    HTMLCS.process('WCAG2AA', document, report, (error) => done([String(error)]));";

/// What sticks out of a page that is wider than its window.
const FIND_OVERFLOW: &str = r"
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const far = (element) => element.getBoundingClientRect().right > page.clientWidth + 1;
    return [...document.body.querySelectorAll('*')].filter(far).slice(0, 5)
        .map((element) => `${element.tagName} ${element.className}`);";

impl Visitor<'_> {
    /// Looks at the page as it is now and keeps a picture of it.
    pub async fn look(&mut self, name: &str) {
        self.looked += 1;
        self.keep_picture(name).await;
        self.examine(name).await;
    }

    /// Looks at the page as it is now.
    pub async fn examine(&self, name: &str) {
        let place = format!("{name} ({} px)", self.seat.width);
        self.watch_address(&place).await;
        let overflow = self.execute(FIND_OVERFLOW).await;
        assert_eq!(overflow, json!([]), "{place}: wider than the window");
        self.watch_console(&place).await;
        if self.seat.scripts {
            self.watch_barriers(&place).await;
        }
    }

    /// The checkers need scripts themselves: where they are off, the same pages were judged with them on.
    async fn watch_barriers(&self, place: &str) {
        for checker in [RUN_AXE, RUN_HTMLCS] {
            let violations = self.driver.execute_async(checker, Vec::new()).await;
            let violations = violations.expect("the checker runs").json().clone();
            assert_eq!(violations, json!([]), "{place}: {violations:#}");
        }
    }

    /// Runs a script past the page's own policy.
    pub async fn execute(&self, script: &str) -> Value {
        let answer = self.driver.execute(script, Vec::new()).await;
        answer.expect("the script runs").json().clone()
    }

    /// No name, address or codice fiscale stands in any address of the web.
    async fn watch_address(&self, place: &str) {
        let address = self.driver.current_url().await.expect("an address");
        let found = self.portal.app.logs.found_in(address.as_str());
        assert!(found.is_empty(), "{place}: personal data in the address");
    }

    /// Nothing was refused by the page's policy, and no script failed. A refused form is no fault of the page.
    async fn watch_console(&self, place: &str) {
        let address = self.driver.current_url().await.expect("an address");
        let refused =
            format!("{address} - Failed to load resource: the server responded with a status of 4");
        let mut entries = self.driver.browser_log().await.expect("the console can be read");
        entries.retain(|entry| !entry.message.starts_with(&refused));
        let messages: Vec<_> = entries.iter().map(|entry| &entry.message).collect();
        assert!(messages.is_empty(), "{place}: {messages:#?}");
    }

    /// The whole page, also what lies below the window.
    pub async fn keep_picture(&self, name: &str) {
        let cdp = self.driver.cdp();
        // A page that has only just come may not be laid out yet.
        let mut height = json!(0);
        for _ in 0..50 {
            let metrics = cdp.send_raw("Page.getLayoutMetrics", json!({})).await.expect("a layout");
            height = metrics["cssContentSize"]["height"].clone();
            if height.as_f64() > Some(0.0) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        let clip =
            json!({ "x": 0, "y": 0, "width": self.seat.width, "height": height, "scale": 1 });
        let whole = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = cdp.send_raw("Page.captureScreenshot", whole).await.expect("a picture");
        let picture = STANDARD.decode(picture["data"].as_str().unwrap_or_default());
        let file = format!("{}-{:02}-{name}.png", self.series(), self.looked);
        self.keep(&file, &picture.expect("base64"));
    }

    /// What stands on paper when the page is printed.
    pub async fn printed(&self) -> String {
        let paper = self.driver.cdp().send_raw("Page.printToPDF", json!({})).await;
        let paper = paper.expect("it is printed")["data"].clone();
        let bytes = STANDARD.decode(paper.as_str().unwrap_or_default()).expect("base64");
        self.keep(&format!("{}-printed.pdf", self.series()), &bytes);
        pdf::text(&bytes)
    }

    /// Keeps a file for people to look at.
    pub fn keep(&self, file: &str, bytes: &[u8]) {
        let folder = screenshots();
        fs::create_dir_all(&folder).expect("a folder for pictures");
        fs::write(folder.join(file), bytes).expect("a picture can be kept");
    }

    /// Beginning of the names of all pictures of this seat.
    pub fn series(&self) -> String {
        let Seat { language, width, scripts, installed, .. } = self.seat;
        let scripts = if scripts { "" } else { "-noscript" };
        let installed = if installed { "-app" } else { "" };
        format!("{}{language}-{width}{scripts}{installed}", self.chapter)
    }
}

fn screenshots() -> PathBuf {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    scratch.parent().expect("the target folder").join("screenshots")
}
