//! Pages of a tenant that need no sign-in, and what every page of a tenant shares.

use crate::define::routes;
use domain::{ids::RatingId, school_service::SchoolService};

routes! { Tenant;
    /// Start page of the comune: windows, doors, contacts.
    Start {} = "start", "/", [Get], Public, Page;
    /// Remembers the chosen language and returns to the page it came from.
    Language {} = "language", "/lingua", [Post], Public, Page;
    /// Brand colours of the tenant as a small style sheet; the version makes it cacheable.
    BrandStylesheet {} = "brand_stylesheet", "/stile.css", [Get], Public, Free;
    /// The tenant's logo.
    Logo {} = "logo", "/stemma", [Get], Public, Free;
    /// What a browser needs to install the comune's pages as an app.
    AppManifest {} = "app_manifest", "/manifest.webmanifest", [Get], Public, Free;
    /// The app's icon: `192.png`, `512.png`, `intera.png` without margins, `apple.png`.
    AppIcon {
        /// One of those.
        image: String,
    } = "app_icon", "/icona/{image}", [Get], Public, Free;
    /// The script between pages and network; its place says for which paths.
    AppWorker {} = "app_worker", "/sw.js", [Get], Public, Free;
    /// What is shown while the network is away; kept by every browser, so it says nothing about anybody.
    AppOffline {} = "app_offline", "/senza-rete", [Get], Public, Page;
    /// Public check of the verification code printed on a document.
    DocumentCheck {} = "document_check", "/verifica", [Get, Post], Public, SignIn;
    /// How accessible the pages are, and how to report a barrier.
    Accessibility {} = "accessibility", "/accessibilita", [Get], Public, Page;
    /// The privacy notice, for whoever wants to read it before enrolling.
    PrivacyNotice {} = "privacy_notice", "/privacy", [Get], Public, Page;
    /// Everything about one school service («scheda servizio»).
    Service {
        /// Which.
        service: SchoolService,
    } = "service", "/servizi/{service}", [Get], Public, Page;
    /// Takes the stars of the rating box; the page that had the box is named in the form.
    Rating {} = "rating", "/valutazione", [Get, Post], Public, Form;
    /// Why these stars: the second step of a rating.
    RatingReason {
        /// The rating.
        rating: RatingId,
    } = "rating_reason", "/valutazione/{rating}", [Get, Post], Public, Form;
    /// Thanks for a rating.
    RatingThanks {} = "rating_thanks", "/valutazione/grazie", [Get], Public, Page;
    /// Ends the family's session.
    SignOut {} = "sign_out", "/esci", [Post], Public, Page;
    /// Says that the session has ended and how to come back.
    SessionExpired {} = "session_expired", "/sessione-scaduta", [Get], Public, Page;
}
