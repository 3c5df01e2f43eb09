//! Sign-in means of guardians: temporary passwords, chosen ones, links to set a new one.

mod change_password;
mod letter_link;
mod request_link;
mod sign_in;
mod temporary;
mod use_link;

pub use change_password::{Changed, change_password};
pub use letter_link::letter_link;
pub use request_link::request_link;
pub(crate) use sign_in::PAUSE;
pub use sign_in::{SignedIn, sign_in};
pub(crate) use temporary::{mail_temporary, start_temporary};
pub use use_link::{LinkUsed, find_link, use_link};
