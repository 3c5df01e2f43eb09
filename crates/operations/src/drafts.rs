//! Drafts: beginning, saving, opening.

mod load;
mod save_step;
mod start;
mod uploads;

pub use load::{Opened, load};
pub(crate) use load::{lock, seal_answers, seal_document, unseal_document};
pub use save_step::{Conflict, Intent, Refused, SaveStep, Saved, accept_privacy, save_step};
pub use start::{Started, start};
pub use uploads::{File, LARGEST as LARGEST_UPLOAD, Upload, UploadProblem, file};
