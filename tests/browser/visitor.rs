//! Somebody at the browser: opens, reads, types, presses.

use crate::browser::{chromium::Seat, portal::Portal};
use std::time::Duration;
use support::answers::Answers;
use thirtyfour::{By, WebDriver, WebElement};

/// A page that is not there after this time does not come.
const PATIENCE: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_millis(50);

/// Somebody in front of one browser.
pub struct Visitor<'p> {
    /// The product visited.
    pub portal: &'p Portal,
    /// The browser.
    pub driver: WebDriver,
    /// How they sit.
    pub seat: Seat,
    /// Beginning of the names of its pictures.
    pub chapter: &'static str,
    /// Pages looked at so far.
    pub looked: u32,
}

impl<'p> Visitor<'p> {
    /// Somebody who has opened nothing yet.
    pub fn new(portal: &'p Portal, driver: WebDriver, seat: Seat) -> Self {
        Self { portal, driver, seat, chapter: "", looked: 0 }
    }

    /// The words of a key in the language of the seat.
    pub fn words(&self, key: &str) -> String {
        i18n::t(self.seat.language, key, &[])
    }

    /// Opens a path within the comune.
    pub async fn open(&self, path: &str) {
        self.follow(&format!("/{}{path}", self.seat.slug)).await;
    }

    /// Opens a path of the host.
    pub async fn follow(&self, path: &str) {
        let address = format!("{}{path}", self.portal.address);
        self.driver.goto(address).await.expect("the page opens");
    }

    /// The path within the comune.
    pub async fn path(&self) -> String {
        let url = self.driver.current_url().await.expect("an address");
        let path = url.path().to_owned();
        path.strip_prefix(&format!("/{}", self.seat.slug)).map_or(path.clone(), str::to_owned)
    }

    /// Waits until the browser has arrived at a path with that end.
    pub async fn arrive(&self, end: &str) {
        let arrived = async || self.path().await.ends_with(end).then_some(());
        if self.wait_for(arrived).await.is_none() {
            let title = self.title().await;
            panic!("{} «{title}» instead of {end}: {}", self.path().await, self.errors().await);
        }
    }

    /// The only `h1`.
    pub async fn title(&self) -> String {
        self.text("h1").await
    }

    /// The refusals that the page shows.
    pub async fn errors(&self) -> String {
        let shown = self.driver.find_all(By::Css("#error-summary li")).await.unwrap_or_default();
        let mut errors = Vec::new();
        for error in shown {
            errors.push(error.text().await.unwrap_or_default());
        }
        errors.join(" | ")
    }

    /// What a person reads in the first element that fits.
    pub async fn text(&self, css: &str) -> String {
        self.element(css).await.text().await.expect("text to read")
    }

    /// What stands beside a term of a list of facts.
    pub async fn fact(&self, key: &str) -> String {
        let term = self.words(key);
        let path = format!("//dt[normalize-space()=\"{term}\"]/following-sibling::dd[1]");
        self.located(By::XPath(path)).await.text().await.expect("a fact to read")
    }

    /// The first element that fits, as soon as it is there.
    pub async fn element(&self, css: &str) -> WebElement {
        self.located(By::Css(css)).await
    }

    async fn located(&self, by: By) -> WebElement {
        let found = self.wait_for(async || self.driver.find(by.clone()).await.ok()).await;
        match found {
            Some(element) => element,
            None => panic!("nothing at {by:?} on {}", self.path().await),
        }
    }

    /// How many elements fit now.
    pub async fn count(&self, css: &str) -> usize {
        self.driver.find_all(By::Css(css)).await.map_or(0, |found| found.len())
    }

    /// Waits until something is so.
    pub async fn wait_for<T>(&self, mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
        let waiting = async {
            loop {
                if let Some(found) = look().await {
                    return found;
                }
                tokio::time::sleep(GLANCE).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting).await.ok()
    }

    /// Presses the button or follows the link of the content with these words, and waits for the next page.
    pub async fn press(&self, key: &str) {
        let words = self.words(key);
        let path = format!(
            "//main//*[self::a or self::button][not(contains(@class, 'visually-hidden'))][normalize-space()=\"{words}\"]"
        );
        self.click(By::XPath(path)).await;
    }

    /// Presses what fits, and waits for the next page.
    pub async fn press_at(&self, css: &str) {
        self.click(By::Css(css)).await;
    }

    async fn click(&self, by: By) {
        let before = self.element("html").await;
        self.located(by).await.click().await.expect("it can be pressed");
        self.leave(&before).await;
    }

    /// Waits until a page is gone and the next one is there.
    pub async fn leave(&self, before: &WebElement) {
        let gone = async || before.tag_name().await.is_err().then_some(());
        assert!(self.wait_for(gone).await.is_some(), "{} stays", self.path().await);
        self.element("footer").await;
    }

    /// Types into the field of that name, in place of what it holds.
    pub async fn write(&self, name: &str, text: &str) {
        self.fill(name, &[text.to_owned()]).await;
    }

    /// Answers all that the page asks, the family knows and nothing has fixed already.
    pub async fn answer(&self, answers: &Answers) {
        for (name, values) in answers.iter() {
            if self.count(&format!("main [name='{name}']:not([readonly])")).await > 0 {
                self.fill(name, values).await;
            }
        }
    }

    /// Types or chooses.
    pub async fn fill(&self, name: &str, values: &[String]) {
        let controls = self.driver.find_all(By::Css(format!("main [name='{name}']"))).await;
        let controls = controls.expect("controls of the page");
        assert!(!controls.is_empty(), "nothing is asked as {name} on {}", self.path().await);
        for control in controls {
            let kind = attribute(&control, "type").await;
            let tag = control.tag_name().await.expect("a tag");
            match (tag.as_str(), kind.as_str()) {
                (_, "hidden") => {}
                ("select", _) => choose(&control, &values.concat()).await,
                (_, "radio" | "checkbox") => self.tick(&control, values).await,
                _ => type_text(&control, &values.concat()).await,
            }
        }
    }

    /// Presses the label, as people do: the library draws a box of its own over the control.
    async fn tick(&self, control: &WebElement, values: &[String]) {
        let wanted = values.contains(&attribute(control, "value").await);
        if control.is_selected().await.expect("a state") != wanted {
            let id = attribute(control, "id").await;
            let label = self.element(&format!("label[for='{id}']")).await;
            label.click().await.expect("the label can be pressed");
        }
    }
}

async fn attribute(control: &WebElement, name: &str) -> String {
    control.attr(name).await.expect("a control").unwrap_or_default()
}

async fn choose(control: &WebElement, value: &str) {
    let option = control.find(By::Css(format!("option[value='{value}']"))).await;
    option.expect("a value that is offered").click().await.expect("it can be chosen");
}

async fn type_text(control: &WebElement, text: &str) {
    control.clear().await.expect("it can be emptied");
    control.send_keys(text).await.expect("it can be typed into");
}
