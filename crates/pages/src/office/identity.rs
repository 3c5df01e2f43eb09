//! What vouches for the person who sent an application.

use domain::identity::{AssuranceLevel, IdentityProof, IdentityScheme};
use jiff::Timestamp;
use serde::Serialize;

/// Who vouched for the person that sent the application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IdentityView {
    /// «SPID», «CIE», «eIDAS».
    pub scheme: &'static str,
    /// 1, 2 or 3.
    pub level: i16,
    /// Host of the provider's identifier.
    pub provider: String,
    /// When the person signed in.
    pub at: Timestamp,
    /// Whether the codice fiscale is the person's own word, because the provider gives none.
    pub declared_code: bool,
}

impl From<&IdentityProof> for IdentityView {
    fn from(proof: &IdentityProof) -> Self {
        let rest =
            proof.provider.split_once("://").map_or(proof.provider.as_str(), |(_, rest)| rest);
        Self {
            scheme: proof.scheme.name(),
            level: proof.level.number(),
            provider: rest.split('/').next().unwrap_or(rest).to_owned(),
            at: proof.signed_in_at,
            declared_code: !proof.scheme.gives_codice_fiscale(),
        }
    }
}

/// An invented proof.
pub(super) fn sample_proof(scheme: IdentityScheme, now: Timestamp) -> IdentityProof {
    let provider = "https://idp.example.it/metadata".into();
    IdentityProof { scheme, provider, level: AssuranceLevel::L2, signed_in_at: now }
}

#[cfg(test)]
mod tests {
    use super::{IdentityView, sample_proof};
    use domain::identity::{IdentityProof, IdentityScheme};
    use jiff::Timestamp;

    #[test]
    fn the_office_reads_the_host_of_the_provider() {
        let seen = |provider: &str| {
            let proof = sample_proof(IdentityScheme::Spid, Timestamp::UNIX_EPOCH);
            IdentityView::from(&IdentityProof { provider: provider.into(), ..proof }).provider
        };
        assert_eq!(seen("https://idp.example.it/sso/metadata"), "idp.example.it");
        assert_eq!(seen("idp.example.it"), "idp.example.it");
        assert_eq!(seen("urn:example:idp"), "urn:example:idp");
    }
}
