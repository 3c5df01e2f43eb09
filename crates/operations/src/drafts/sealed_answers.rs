//! Answers sealed as one document with the codice fiscale they belong to: of a draft, or of a frozen version.

use crate::{Failure, Platform};
use domain::{
    CodiceFiscale,
    form::Answers,
    ids::{ApplicationVersionId, DraftId},
};
use secrets::{Place, TenantKeys};
use serde::{Deserialize, Serialize};

/// What is sealed as one document: the door's codice fiscale and the raw answers.
#[derive(Serialize, Deserialize)]
struct SealedAnswers {
    pupil: String,
    answers: Answers,
}

pub(crate) fn seal_answers(
    platform: &Platform,
    keys: &TenantKeys,
    id: DraftId,
    pupil: &CodiceFiscale,
    answers: &Answers,
) -> Result<Vec<u8>, Failure> {
    seal_document(platform, keys, draft_place(id), pupil, answers)
}

/// Seals answers for any place: a draft or a frozen version.
pub(crate) fn seal_document(
    platform: &Platform,
    keys: &TenantKeys,
    place: Place,
    pupil: &CodiceFiscale,
    answers: &Answers,
) -> Result<Vec<u8>, Failure> {
    let document = SealedAnswers { pupil: pupil.as_str().to_owned(), answers: answers.clone() };
    let bytes = serde_json::to_vec(&document).map_err(|_| Failure::Malformed("answers"))?;
    Ok(keys.seal(&*platform.entropy, place, &bytes))
}

pub(crate) fn unseal_answers(
    keys: &TenantKeys,
    id: DraftId,
    sealed: &[u8],
) -> Result<(CodiceFiscale, Answers), Failure> {
    unseal_document(keys, draft_place(id), sealed)
}

/// Opens answers sealed for any place.
pub(crate) fn unseal_document(
    keys: &TenantKeys,
    place: Place,
    sealed: &[u8],
) -> Result<(CodiceFiscale, Answers), Failure> {
    let bytes = keys.open(place, sealed).map_err(|_| Failure::Secrets)?;
    let document: SealedAnswers =
        serde_json::from_slice(&bytes).map_err(|_| Failure::Malformed("answers"))?;
    let pupil =
        CodiceFiscale::parse(&document.pupil).map_err(|_| Failure::Malformed("codice fiscale"))?;
    Ok((pupil, document.answers))
}

/// Where a version's answers are sealed for.
pub(crate) fn version_place(id: ApplicationVersionId) -> Place {
    Place { table: "application_version", row: id.uuid(), column: "answers_enc" }
}

fn draft_place(id: DraftId) -> Place {
    Place { table: "draft", row: id.uuid(), column: "answers_enc" }
}
