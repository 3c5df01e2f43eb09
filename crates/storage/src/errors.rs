//! What can go wrong below: mapped to types, without the values the server would print.

/// A constraint whose violation means something to an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// The draft already has its application.
    ApplicationDraft,
    /// This revision of the draft was already submitted.
    ApplicationRevision,
    /// The pupil already has a live enrolment for that service and school year.
    EnrolmentLive,
    /// The codice utente is taken.
    CredentialLoginCode,
    /// An officer with that address exists.
    OfficerEmail,
    /// A key pair with that use exists.
    SamlKeyUse,
    /// The host belongs to another tenant.
    TenantHost,
    /// A code for this draft is already open.
    EmailCodeOpen,
    /// Any other constraint.
    Other,
}

/// A failed database call. Never carries row values.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A row that must exist does not (for this tenant).
    #[error("not found")]
    NotFound,
    /// A constraint refused the write.
    #[error("constraint violated: {0:?}")]
    Constraint(Constraint),
    /// The database cannot be reached or is overloaded; trying again may help.
    #[error("database unavailable")]
    Unavailable,
    /// The runtime role can bypass row security; refused at start.
    #[error(
        "the application role must be neither superuser, nor owner, nor exempt from row security"
    )]
    UnsafeRole,
    /// Anything else; the code is PostgreSQL's SQLSTATE where there is one.
    #[error("database error {code}")]
    Database {
        /// SQLSTATE or a short word.
        code: String,
    },
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Database(database) => match database.constraint() {
                Some(name) => Self::Constraint(constraint(name)),
                None => from_code(database.code().as_deref()),
            },
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
                Self::Unavailable
            }
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
                Self::Database { code: "decode".into() }
            }
            _ => Self::Database { code: "other".into() },
        }
    }
}

/// Classes 08 (connection), 40 (deadlock), 53 (resources) and 57 (operator intervention) pass with time.
fn from_code(code: Option<&str>) -> StorageError {
    match code {
        Some(code) if ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class)) => {
            StorageError::Unavailable
        }
        code => StorageError::Database { code: code.unwrap_or("unknown").into() },
    }
}

fn constraint(name: &str) -> Constraint {
    match name {
        "application_draft_key" => Constraint::ApplicationDraft,
        "application_version_revision_key" => Constraint::ApplicationRevision,
        "enrolment_live_key" => Constraint::EnrolmentLive,
        "credential_login_code_key" => Constraint::CredentialLoginCode,
        "officer_email_key" => Constraint::OfficerEmail,
        "saml_key_use_key" | "operator_saml_key_use_key" => Constraint::SamlKeyUse,
        "tenant_host_pk" => Constraint::TenantHost,
        "email_code_open_key" => Constraint::EmailCodeOpen,
        _ => Constraint::Other,
    }
}
