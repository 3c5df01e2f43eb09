//! What surrounds every page: language, tenant, header, footer, session.

use domain::Locale;
use serde::Serialize;

/// In which surroundings a page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameKind {
    /// A family on the pages of its comune.
    Family,
    /// A person of the school office.
    Office,
    /// Nobody knows the comune yet.
    Platform,
}

/// Everything the layouts need. Build it once per request.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// Which header and links are shown.
    pub kind: FrameKind,
    /// Language of the page.
    pub locale: Locale,
    /// Writing direction: `ltr` or `rtl`.
    pub dir: &'static str,
    /// Whether it is written in Latin letters, and so in the faces of the design system.
    pub latin: bool,
    /// Prefix of every link: `""` or `"/taranto"`.
    pub mount: String,
    /// The page's own path without mount, where the language chooser returns to; never with a query.
    pub here: String,
    /// Languages offered, the current one marked.
    pub languages: Vec<LanguageChoice>,
    /// The comune, once found.
    pub tenant: Option<TenantView>,
    /// Present when somebody is signed in.
    pub session: Option<SessionView>,
}

impl Frame {
    /// A frame without tenant and session.
    pub fn new(
        kind: FrameKind,
        locale: Locale,
        offered: &[Locale],
        mount: &str,
        here: &str,
    ) -> Self {
        let choice = |known: &Locale| LanguageChoice {
            tag: *known,
            own_name: known.own_name(),
            short_name: known.short_name(),
            dir: known.direction(),
            selected: *known == locale,
        };
        Self {
            kind,
            locale,
            dir: locale.direction(),
            latin: locale.is_latin(),
            mount: mount.to_owned(),
            here: here.to_owned(),
            languages: offered.iter().map(choice).collect(),
            tenant: None,
            session: None,
        }
    }

    /// The same frame on the pages of a comune.
    #[must_use]
    pub fn with_tenant(mut self, tenant: TenantView) -> Self {
        self.tenant = Some(tenant);
        self
    }

    /// The same frame for somebody who is signed in.
    #[must_use]
    pub fn with_session(mut self, session: SessionView) -> Self {
        self.session = Some(session);
        self
    }
}

/// One language of the chooser.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageChoice {
    /// Its tag, which the form sends.
    pub tag: Locale,
    /// Its own name.
    pub own_name: &'static str,
    /// A short form of it, for the closed chooser.
    pub short_name: &'static str,
    /// Its writing direction.
    pub dir: &'static str,
    /// Whether the page is in it.
    pub selected: bool,
}

/// A signed-in state.
#[derive(Clone, Debug, Serialize)]
pub struct SessionView {
    /// Seconds until the session ends if nothing happens; the script warns before.
    pub seconds_left: u64,
    /// Who is signed in: the officer's name; nothing for families, whose pages say enough.
    pub name: Option<String>,
}

/// The comune as its visitors see it; texts are already in the reader's language.
#[derive(Clone, Debug, Serialize)]
pub struct TenantView {
    /// Full name: «Comune di Montesole sull'Alba».
    pub name: String,
    /// Name of the office in charge, the line below the comune's name.
    pub office: String,
    /// Changes with the tenant's settings; makes brand files cacheable.
    pub version: String,
    /// Whether the tenant has a logo file.
    pub logo: bool,
    /// The body the comune belongs to (its region), with its site.
    pub region: Option<Link>,
    /// The comune's main site.
    pub site: Option<Link>,
    /// Menu of the main site: up to four links. `hook` is the validator's `data-element`.
    pub menu: Vec<Link>,
    /// Where the main site lists its services.
    pub services: Option<Link>,
    /// Pages of the main site that AgID's model wants in the footer.
    pub model: ModelLinks,
    /// The comune's own links of the footer.
    pub footer: Vec<Link>,
    /// Whether the page must show that the European Union paid for it.
    pub pnrr: bool,
    /// Codice fiscale of the body.
    pub codice_fiscale: Option<String>,
    /// How to reach the office.
    pub contacts: Contacts,
}

/// Addresses that AgID's model for comuni wants in the footer, where the comune has them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ModelLinks {
    /// The declaration made through AgID's form.
    pub declaration: Option<String>,
    /// Legal notes.
    pub legal_notes: Option<String>,
    /// Frequent questions.
    pub faq: Option<String>,
    /// Booking an appointment.
    pub appointment_booking: Option<String>,
    /// Reporting a fault.
    pub report_inefficiency: Option<String>,
}

/// A link with its words.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Link {
    /// Words.
    pub label: String,
    /// Address.
    pub href: String,
    /// Value of `data-element`, for the conformity validator.
    pub hook: Option<&'static str>,
}

/// How to reach the office; shown on every page and document.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Contacts {
    /// Street and number, postcode and town: one line each.
    pub address: Vec<String>,
    /// Telephones.
    pub phones: Vec<Phone>,
    /// E-mail address.
    pub email: Option<String>,
    /// Certified e-mail address.
    pub pec: Option<String>,
    /// Opening hours, one line each.
    pub hours: Vec<String>,
}

/// A telephone number.
#[derive(Clone, Debug, Serialize)]
pub struct Phone {
    /// As people write it: `099 458 1927`.
    pub shown: String,
    /// For `tel:` links: `+390994581927`.
    pub number: String,
}
