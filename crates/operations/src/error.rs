//! What an operation cannot turn into a value.

use storage::StorageError;

/// A failure the person at the screen cannot mend.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The record does not exist for this tenant and this actor.
    #[error("not found")]
    NotFound,
    /// The actor may not do this.
    #[error("not allowed")]
    Forbidden,
    /// The database failed or is away.
    #[error("storage failed")]
    Storage(#[source] StorageError),
    /// Something sealed could not be opened, or a secret could not be made.
    #[error("cipher failed")]
    Secrets,
    /// Stored data does not have the shape the code expects.
    #[error("stored data is malformed: {0}")]
    Malformed(&'static str),
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::NotFound => Self::NotFound,
            other => Self::Storage(other),
        }
    }
}

impl Failure {
    /// Whether trying again soon may help.
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Storage(StorageError::Unavailable))
    }
}
