//! Signing in with a digital identity: the doors, what federations fetch, where providers send people back.

use crate::define::routes;

routes! { Tenant;
    /// «Accedi»: the doors for coming back.
    Doors {} = "doors", "/accesso", [Get], Public, Page;
    /// A provider's logo, from the operator's folder.
    ProviderLogo {
        /// Name of the file.
        file: String,
    } = "provider_logo", "/accesso/loghi/{file}", [Get], Public, Free;
    /// What the person has begun and sent; another child.
    Enrolments {} = "enrolments", "/iscrizioni/mie", [Get, Post], Identity, Form;
    /// SPID metadata of the comune.
    SpidMetadata {} = "spid_metadata", "/spid/metadata", [Get], Public, Page;
    /// Leaves for a SPID provider or the eIDAS node.
    SpidSignIn {} = "spid_sign_in", "/spid/accesso", [Get], Public, SignIn;
    /// Where SPID providers send people back (assertion consumer service).
    SpidConsumer {} = "spid_consumer", "/spid/acs", [Post], Public, SignIn;
    /// Where SPID providers end sessions (single logout service).
    SpidSignOut {} = "spid_sign_out", "/spid/uscita", [Get, Post], Public, SignIn;
    /// CIE metadata of the comune.
    CieMetadata {} = "cie_metadata", "/cie/metadata", [Get], Public, Page;
    /// Leaves for the CIE provider.
    CieSignIn {} = "cie_sign_in", "/cie/accesso", [Get], Public, SignIn;
    /// Where the CIE provider sends people back.
    CieConsumer {} = "cie_consumer", "/cie/acs", [Post], Public, SignIn;
    /// Where the CIE provider could end sessions.
    CieSignOut {} = "cie_sign_out", "/cie/uscita", [Get, Post], Public, SignIn;
}
