//! A Chromium of its own for every visit: empty profile, chosen width, with or without scripts.

use crate::browser::{driver::DriverWire, portal::Portal, visitor::Visitor};
use domain::Locale;
use serde_json::json;
use std::time::Duration;
use support::environment;
use thirtyfour::{
    ChromeCapabilities, ChromiumLikeCapabilities as _, DesiredCapabilities, LoggingPrefsLogLevel,
    WebDriver, error::WebDriverError,
};
use tokio::sync::Semaphore;

/// Browsers are heavy: two at a time.
pub static TURNS: Semaphore = Semaphore::const_new(2);
/// A visit that takes longer hangs.
const LONGEST_VISIT: Duration = Duration::from_mins(8);
/// How often an app is tried to be installed or opened, and how long in between.
const TRIES: u32 = 100;
const GLANCE: Duration = Duration::from_millis(100);

const ARGUMENTS: [&str; 11] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
    "--force-color-profile=srgb",
];

/// How somebody sits in front of the portal.
#[derive(Clone, Copy)]
pub struct Seat {
    /// The comune.
    pub slug: &'static str,
    /// The language of the browser.
    pub language: Locale,
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// Whether scripts run.
    pub scripts: bool,
    /// Whether the portal is used as an installed app.
    pub installed: bool,
}

impl Seat {
    /// At a desk.
    pub fn desk(slug: &'static str, language: Locale) -> Self {
        Self { slug, language, width: 1280, scripts: true, installed: false }
    }

    /// With a small telephone.
    pub fn telephone(slug: &'static str, language: Locale) -> Self {
        Self { width: 360, ..Self::desk(slug, language) }
    }

    /// The same with scripts switched off.
    pub fn without_scripts(self) -> Self {
        Self { scripts: false, ..self }
    }

    /// The same with the comune's app installed, in its own window.
    pub fn installed(self) -> Self {
        Self { installed: true, ..self }
    }

    fn height(self) -> u32 {
        if self.width < 600 { 740 } else { 900 }
    }
}

/// Opens a browser at the portal, lets somebody walk, and closes it again, however the walk ends.
pub async fn visit<'p>(portal: &'p Portal, seat: Seat, walk: impl AsyncFnOnce(&mut Visitor<'p>)) {
    let _turn = TURNS.acquire().await.expect("the turns never end");
    let profile = tempfile::tempdir().expect("a folder for the profile");
    let folder = profile.path().to_str().expect("a path in UTF-8");
    let browsing = async {
        let capabilities =
            capabilities(seat, folder).expect("capabilities as chromedriver knows them");
        let driver = WebDriver::builder(environment::chromedriver(), capabilities);
        let driver = driver.client(DriverWire).await.expect("Chromium starts");
        let walked = driver.run_and_quit(|driver| async move {
            if seat.installed {
                install(&driver, &format!("{}/{}/", portal.address, seat.slug)).await?;
            }
            resize(&driver, seat.width, seat.height()).await?;
            bring_checkers(&driver).await?;
            walk(&mut Visitor::new(portal, driver, seat)).await;
            Ok::<(), WebDriverError>(())
        });
        walked.await.expect("the browser opens and closes");
    };
    let working = Box::pin(portal.while_working(browsing));
    let visited = tokio::time::timeout(LONGEST_VISIT, working).await;
    visited.expect("the visit comes to an end");
}

fn capabilities(seat: Seat, folder: &str) -> Result<ChromeCapabilities, WebDriverError> {
    let mut chrome = DesiredCapabilities::chrome();
    chrome.set_binary(&environment::chromium())?;
    for argument in ARGUMENTS {
        chrome.add_arg(argument)?;
    }
    chrome.add_arg(&format!("--user-data-dir={folder}"))?;
    chrome.add_arg(&format!("--window-size={},{}", seat.width.max(800), seat.height()))?;
    if seat.installed {
        // Only who holds the browser's own pipe may install an app.
        chrome.add_arg("--remote-debugging-pipe")?;
    }
    let mut preferences = json!({ "intl.accept_languages": seat.language.tag() });
    if !seat.scripts {
        preferences["profile.managed_default_content_settings.javascript"] = json!(2);
    }
    chrome.add_experimental_option("prefs", preferences)?;
    chrome.set_browser_log_level(LoggingPrefsLogLevel::Warning)?;
    Ok(chrome)
}

/// Every page opened from now on carries the two checkers of barriers, which its own policy would refuse.
async fn bring_checkers(driver: &WebDriver) -> Result<(), WebDriverError> {
    for name in ["axe.min.js", "htmlcs.js"] {
        let script = json!({ "source": environment::asset(name) });
        driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
    }
    Ok(())
}

/// Installs the app that the page at an address describes, opens it, and stays in its window.
async fn install(driver: &WebDriver, start: &str) -> Result<(), WebDriverError> {
    driver.goto(start).await?;
    let app = json!({ "manifestId": start });
    let mut installed = driver.cdp().send_raw("PWA.install", app.clone()).await;
    for _ in 0..TRIES {
        if installed.is_ok() {
            break;
        }
        // A busy machine has not read the manifest yet.
        tokio::time::sleep(GLANCE).await;
        installed = driver.cdp().send_raw("PWA.install", app.clone()).await;
    }
    installed?;
    let own_window = json!({ "manifestId": start, "displayMode": "standalone" });
    driver.cdp().send_raw("PWA.changeAppUserSettings", own_window).await?;
    let before = driver.windows().await?;
    driver.cdp().send_raw("PWA.launch", json!({ "manifestId": start })).await?;
    for _ in 0..TRIES {
        let opened = driver.windows().await?.into_iter().find(|window| !before.contains(window));
        if let Some(window) = opened {
            return driver.switch_to_window(window).await;
        }
        tokio::time::sleep(GLANCE).await;
    }
    panic!("the app of {start} does not open");
}

/// Sets the size of the page: no window can be as narrow as a telephone.
async fn resize(driver: &WebDriver, width: u32, height: u32) -> Result<(), WebDriverError> {
    let metrics =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
    driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
    Ok(())
}
