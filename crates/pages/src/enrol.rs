//! Pages of the family's journey, in the order in which they are met.

mod change_password;
mod conflict;
mod credential_door;
mod document_check;
mod draft_saved;
mod email_address;
mod email_code;
mod forgotten_password;
mod new_password;
mod privacy;
mod session_expired;
mod start;
mod status;
mod step;
mod submitted;
mod summary;
mod window_closed;

pub use change_password::{ChangePassword, PasswordField};
pub use conflict::{Conflict, ConflictRow};
pub use credential_door::{CredentialDoor, CredentialDoorField};
pub use document_check::{CheckedDocument, DocumentCheck, DocumentCheckField};
pub use draft_saved::DraftSaved;
pub use email_address::{EmailAddress, EmailAddressField};
pub use email_code::{EmailCode, EmailCodeField};
pub use forgotten_password::{ForgottenPassword, ForgottenPasswordField, ForgottenPasswordSent};
pub use new_password::{NewPassword, PasswordLinkSpent};
pub use privacy::{NoticeView, Privacy, PrivacyField};
pub use session_expired::SessionExpired;
pub use start::{Start, WindowCard, WindowCardState};
pub use status::{ServiceStatus, Status, StatusBox};
pub use step::Step;
pub use submitted::{Mailed, Submitted};
pub use summary::{Incomplete, Summary, SummaryField};
pub use window_closed::WindowClosed;
