//! Pages of the school office (Italian only).

mod application;
mod applications;
mod confirm;
mod identity;
mod ratings;
mod refuse;
mod session_expired;
mod sign_in;

pub use application::{Application, DuplicateRow, FileRow, HistoryRow, ServiceDecision};
pub use applications::{ApplicationRow, Applications, StateCount};
pub use confirm::{Confirm, ConfirmField};
pub use identity::IdentityView;
pub use ratings::{AnswerCount, RatingLine, Ratings, StarCount};
pub use refuse::{Refuse, RefuseField};
pub use session_expired::OfficeSessionExpired;
pub use sign_in::{OfficeSignIn, OfficeSignInField, SignedOut};
