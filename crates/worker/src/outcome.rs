//! What a job came to, and what stood in its way.

use operations::Failure;
use storage::StorageError;

/// What a job came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is left to do.
    Done,
    /// Another try makes sense.
    Retry {
        /// Why, in one word.
        code: String,
    },
    /// No further try makes sense; the row stays and can be seen.
    GiveUp {
        /// Why, in one word.
        code: String,
    },
}

impl Outcome {
    pub(crate) fn retry(code: impl Into<String>) -> Self {
        Self::Retry { code: code.into() }
    }

    pub(crate) fn give_up(code: impl Into<String>) -> Self {
        Self::GiveUp { code: code.into() }
    }

    /// A try that was the last one is given up instead.
    pub(crate) fn or_give_up(self, attempt: u32, max_tries: u32) -> Self {
        match self {
            Self::Retry { code } if attempt >= max_tries => Self::GiveUp { code },
            other => other,
        }
    }

    /// Word for metrics.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Retry { .. } => "retry",
            Self::GiveUp { .. } => "give_up",
        }
    }
}

/// What stops a job half-way. All of it may pass, with the database or with the next release: the job is tried again.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// An operation failed.
    #[error("an operation failed")]
    Operation(#[from] Failure),
    /// The database failed.
    #[error("storage failed")]
    Storage(#[from] StorageError),
    /// A mail could not be put into words.
    #[error("a mail could not be rendered")]
    Render(#[from] pages::RenderError),
    /// A document could not be made.
    #[error("a document could not be made")]
    Document(#[from] documents::DocumentError),
    /// Something sealed could not be opened.
    #[error("cipher failed")]
    Secrets,
    /// A stored value or a setting does not have the expected shape.
    #[error("{0} is malformed")]
    Malformed(&'static str),
    /// A thread of ours ended early.
    #[error("the work was cut short")]
    CutShort,
}

impl JobError {
    /// Fit for logs and for the queue's table.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Operation(Failure::NotFound) | Self::Storage(StorageError::NotFound) => {
                "not_found"
            }
            Self::Operation(Failure::Forbidden) => "forbidden",
            Self::Operation(Failure::Secrets) | Self::Secrets => "secrets",
            Self::Operation(Failure::Malformed(_)) | Self::Malformed(_) => "malformed",
            Self::Operation(Failure::Storage(_)) | Self::Storage(_) => "storage",
            Self::Render(_) => "render",
            Self::Document(_) => "document",
            Self::CutShort => "cut_short",
        }
    }
}
