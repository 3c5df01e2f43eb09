//! Drafts: beginning, saving, opening.

mod load;
mod save_step;
mod sealed_answers;
mod start;
mod uploads;

pub(crate) use load::lock;
pub use load::{Opened, load};
pub use save_step::{
    Conflict, Intent, Refused, SaveStep, Saved, accept_privacy, save_begun, save_step,
};
pub(crate) use sealed_answers::{seal_answers, seal_document, unseal_document, version_place};
pub(crate) use start::{NewStart, insert_new};
pub use start::{Started, start};
pub use uploads::{File, LARGEST as LARGEST_UPLOAD, Upload, UploadProblem, file};
