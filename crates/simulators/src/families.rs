//! Families who walk the portal over real HTTP, as a browser without scripts would.
//!
//! They know no address and no rule of the product: they read pages, fill the controls they see and press buttons.
//! Everybody is invented, and only the loopback is walked: no real office ever meets them.

mod browser;
mod course;
mod crowd;
mod demo;
mod enclosure;
mod family;
mod fill;
mod mailbox;
mod outcome;
mod page;
mod people;
mod report;
mod walk;

pub use course::Course;
pub use crowd::{Crowd, crowd};
pub use demo::demo;
pub use family::{Family, Home, Person};
pub use outcome::{Outcome, Reached, Refusal, Visit};
pub use report::{credentials, refusals, timings};
pub use walk::walk;

use std::{net::SocketAddr, time::Duration};
use url::Url;

/// Where families go.
#[derive(Clone, Debug)]
pub struct Portal {
    /// Name of the comune in reports.
    pub name: String,
    /// Start page of the comune, with a slash at the end.
    pub start: Url,
    /// The mailbox page of the mail server.
    pub mailbox: Url,
    /// The loopback address behind the start page's host, where that host is none of the loopback's names.
    pub connect: Option<SocketAddr>,
    /// How long a page, or a mail, may take.
    pub patience: Duration,
}

impl Portal {
    /// How long a page or a mail may take if nobody says otherwise.
    pub const PATIENCE: Duration = Duration::from_secs(90);

    /// A comune of a shared host, reached by its slug.
    ///
    /// # Errors
    /// When the slug makes no address.
    pub fn of_tenant(portal: &Url, mailbox: &Url, slug: &str) -> Result<Self, url::ParseError> {
        Ok(Self {
            name: slug.to_owned(),
            start: portal.join(&format!("/{slug}/"))?,
            mailbox: mailbox.clone(),
            connect: None,
            patience: Self::PATIENCE,
        })
    }
}
