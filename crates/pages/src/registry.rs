//! Every page and every mail, for the tests and the gallery.

use crate::{
    Engine, Frame, FrameKind, Mail, MailFrame, Page, RenderError, RenderedMail, app, enrol, errors,
    identity, mail as mails, office, platform, site,
};
use jiff::Timestamp;

/// One page type without its type.
#[derive(Clone, Copy, Debug)]
pub struct PageEntry {
    /// Its template.
    pub template: &'static str,
    /// In which surroundings it is shown.
    pub frame: FrameKind,
    /// Renders every sample: name, HTML, and the values the template saw.
    pub render: fn(&Engine, &Frame, Timestamp) -> Result<Vec<RenderedSample>, RenderError>,
}

/// A rendered sample.
#[derive(Debug)]
pub struct RenderedSample {
    /// Name of the sample.
    pub name: &'static str,
    /// The page.
    pub html: String,
    /// What the template saw of the page struct.
    pub values: serde_json::Value,
}

/// Rendered mails with the names of their samples.
pub type NamedMails = Vec<(&'static str, RenderedMail)>;

/// One mail type without its type.
#[derive(Clone, Copy, Debug)]
pub struct MailEntry {
    /// Folder below `templates/mail/`.
    pub stem: &'static str,
    /// Renders every sample.
    pub render: fn(&Engine, &MailFrame, Timestamp) -> Result<NamedMails, RenderError>,
}

const fn page<P: Page>() -> PageEntry {
    PageEntry {
        template: P::TEMPLATE,
        frame: P::FRAME,
        render: |engine, frame, now| {
            let rendered = |sample: crate::Sample<P>| {
                Ok(RenderedSample {
                    name: sample.name,
                    html: engine.html(&sample.page, frame)?,
                    values: serde_json::to_value(&sample.page).unwrap_or_default(),
                })
            };
            P::samples(now).into_iter().map(rendered).collect()
        },
    }
}

const fn mail<M: Mail>() -> MailEntry {
    MailEntry {
        stem: M::STEM,
        render: |engine, frame, now| {
            let rendered =
                |sample: crate::Sample<M>| Ok((sample.name, engine.mail(&sample.page, frame)?));
            M::samples(now).into_iter().map(rendered).collect()
        },
    }
}

/// Every page.
pub const PAGES: &[PageEntry] = &[
    page::<platform::Chooser>(),
    page::<errors::ErrorPage>(),
    page::<app::Offline>(),
    page::<enrol::Start>(),
    page::<enrol::CredentialDoor>(),
    page::<enrol::ForgottenPassword>(),
    page::<enrol::ForgottenPasswordSent>(),
    page::<enrol::NewPassword>(),
    page::<enrol::PasswordLinkSpent>(),
    page::<enrol::ChangePassword>(),
    page::<enrol::EmailAddress>(),
    page::<enrol::EmailCode>(),
    page::<enrol::Privacy>(),
    page::<enrol::Step>(),
    page::<enrol::DraftSaved>(),
    page::<enrol::Conflict>(),
    page::<enrol::WindowClosed>(),
    page::<enrol::Summary>(),
    page::<enrol::Submitted>(),
    page::<enrol::Status>(),
    page::<enrol::DocumentCheck>(),
    page::<enrol::SessionExpired>(),
    page::<identity::Access>(),
    page::<identity::Enrolments>(),
    page::<identity::Leaving>(),
    page::<identity::SignInRefused>(),
    page::<site::Service>(),
    page::<site::Accessibility>(),
    page::<site::PrivacyNotice>(),
    page::<site::Rating>(),
    page::<site::RatingThanks>(),
    page::<office::OfficeSignIn>(),
    page::<office::SignedOut>(),
    page::<office::Applications>(),
    page::<office::Application>(),
    page::<office::Confirm>(),
    page::<office::Refuse>(),
    page::<office::Ratings>(),
    page::<office::OfficeSessionExpired>(),
];

/// Every mail.
pub const MAILS: &[MailEntry] = &[
    mail::<mails::EmailCode>(),
    mail::<mails::DraftSaved>(),
    mail::<mails::PasswordLink>(),
    mail::<mails::ApplicationSubmitted>(),
    mail::<mails::ApplicationConfirmed>(),
    mail::<mails::ApplicationRefused>(),
];
