//! Pages of the school office.

use crate::define::routes;
use domain::ids::{ApplicationId, AttachmentId};

routes! { Tenant;
    /// Sign-in with e-mail, password and code.
    OfficeSignIn {} = "office_sign_in", "/ufficio/accesso", [Get, Post], Public, SignIn;
    /// Home of the office: leads to the list.
    OfficeHome {} = "office_home", "/ufficio", [Get], Officer, Page;
    /// The list of applications; filters are in the query, a search is posted: a name stays out of the address.
    OfficeApplications {} = "office_applications", "/ufficio/domande", [Get, Post], Officer, Page;
    /// One application with answers, documents and history.
    OfficeApplication {
        /// The application.
        application: ApplicationId,
    } = "office_application", "/ufficio/domande/{application}", [Get], Officer, Page;
    /// Confirms an application, recording how the identity was verified.
    OfficeConfirm {
        /// The application.
        application: ApplicationId,
    } = "office_confirm", "/ufficio/domande/{application}/conferma", [Get, Post], Officer, Form;
    /// Refuses an application with a reason.
    OfficeRefuse {
        /// The application.
        application: ApplicationId,
    } = "office_refuse", "/ufficio/domande/{application}/rifiuta", [Get, Post], Officer, Form;
    /// A file of the family, as a download.
    OfficeAttachment {
        /// The application.
        application: ApplicationId,
        /// The file.
        attachment: AttachmentId,
    } = "office_attachment", "/ufficio/domande/{application}/allegati/{attachment}", [Get], Officer, Document;
    /// What families say about the service; where the list goes on is in the query.
    OfficeRatings {} = "office_ratings", "/ufficio/valutazioni", [Get], Officer, Page;
    /// The same as a table for a spreadsheet.
    OfficeRatingsFile {} = "office_ratings_file", "/ufficio/valutazioni/valutazioni.csv", [Get], Officer, Document;
    /// Ends the officer's session.
    OfficeSignOut {} = "office_sign_out", "/ufficio/esci", [Post], Officer, Page;
    /// Says that the officer has left.
    OfficeSignedOut {} = "office_signed_out", "/ufficio/uscita", [Get], Public, Page;
}
