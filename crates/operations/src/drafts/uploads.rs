//! Files: type found in the bytes, sealed, tied to their question.

use super::{load::Opened, save_step::SaveStep};
use crate::{Failure, Platform, platform::open_text};
use domain::{
    Ctx,
    form::{AttachedFile, FileType, Question, QuestionKind},
    ids::{AttachmentId, DraftId},
};
use secrets::Place;
use storage::{
    TenantTx,
    attachments::{self, AttachmentRow},
};

/// Largest file taken, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// Longest file name kept, in characters.
const LONGEST_NAME: usize = 120;

/// A file as it arrived.
pub struct Upload {
    /// Key of the question.
    pub question: String,
    /// Name on the family's device.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// It was longer than what is taken; its end is missing.
    pub too_large: bool,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({}, {} bytes)", self.question, self.bytes.len())
    }
}

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UploadProblem {
    /// Larger than [`LARGEST`].
    TooLarge,
    /// Not one of the types the question accepts, judged by content.
    WrongType,
    /// More files than the question takes.
    TooMany,
    /// Nothing in it.
    Empty,
}

impl UploadProblem {
    /// Word used in texts' keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::WrongType => "wrong_type",
            Self::TooMany => "too_many",
            Self::Empty => "empty",
        }
    }
}

/// A file for download.
pub struct File {
    /// Name as uploaded.
    pub name: String,
    /// Type found in the bytes.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Takes the posted files and removals into the draft's answers.
pub(crate) async fn take(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    opened: &mut Opened,
    input: &SaveStep,
) -> Result<Vec<(String, UploadProblem)>, Failure> {
    let questions: Vec<Question> = opened
        .definition
        .step(&input.step)
        .map(|step| {
            step.questions
                .iter()
                .filter(|question| question.kind == QuestionKind::File)
                .cloned()
                .collect()
        })
        .unwrap_or_default();
    for question in &questions {
        for id in &input.removals {
            if opened.answers.detach(&question.key, *id) {
                attachments::delete(tx, opened.draft.id, *id).await?;
            }
        }
    }
    let mut problems = Vec::new();
    for upload in &input.uploads {
        let Some(question) = questions.iter().find(|question| question.key == upload.question)
        else {
            continue;
        };
        if let Err(problem) = take_one(ctx, platform, tx, opened, (question, upload)).await? {
            problems.push((question.key.clone(), problem));
        }
    }
    Ok(problems)
}

async fn take_one(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    opened: &mut Opened,
    (question, upload): (&Question, &Upload),
) -> Result<Result<(), UploadProblem>, Failure> {
    let kind = match judge(question, upload, opened.answers.files(&question.key).len()) {
        Ok(kind) => kind,
        Err(problem) => return Ok(Err(problem)),
    };
    let keys = platform.keys(ctx.tenant).await?;
    let id = AttachmentId::new(ctx.now, &*platform.entropy);
    let name = safe_name(&upload.name, kind);
    let place = |column| Place { table: "attachment", row: id.uuid(), column };
    let row = AttachmentRow {
        id,
        draft: opened.draft.id,
        question_key: question.key.clone(),
        file_name_enc: keys.seal(&*platform.entropy, place("file_name_enc"), name.as_bytes()),
        media_type: kind.media_type().to_owned(),
        size: i32::try_from(upload.bytes.len())
            .map_err(|_| Failure::Malformed("attachment size"))?,
    };
    let body = keys.seal(&*platform.entropy, place("body_enc"), &upload.bytes);
    attachments::insert(tx, &row, &body, ctx.now).await?;
    opened.answers.attach(&question.key, &AttachedFile { id, name });
    Ok(Ok(()))
}

fn judge(question: &Question, upload: &Upload, held: usize) -> Result<FileType, UploadProblem> {
    if upload.bytes.is_empty() {
        return Err(UploadProblem::Empty);
    }
    if upload.too_large {
        return Err(UploadProblem::TooLarge);
    }
    if held >= question.most_files() {
        return Err(UploadProblem::TooMany);
    }
    let found = infer::get(&upload.bytes).map(|kind| kind.mime_type());
    [FileType::Pdf, FileType::Jpeg, FileType::Png]
        .into_iter()
        .filter(|kind| question.accept.is_empty() || question.accept.contains(kind))
        .find(|kind| found == Some(kind.media_type()))
        .ok_or(UploadProblem::WrongType)
}

/// The last part of the name without control and direction characters; it is shown, never used as a path. It ends as its
/// content says: a saved copy is opened by what shows that type, never run.
fn safe_name(name: &str, kind: FileType) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let unsafe_char = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let kept: String = last.chars().filter(|c| !unsafe_char(*c)).take(LONGEST_NAME).collect();
    let kept = if kept.trim().is_empty() { "file".to_owned() } else { kept };
    let (ending, others) = endings(kind);
    let lower = kept.to_ascii_lowercase();
    let fits = std::iter::once(&ending).chain(others).any(|ending| lower.ends_with(ending));
    if fits { kept } else { format!("{kept}{ending}") }
}

/// How names of a type end: the ending that is added, and others that are as good.
const fn endings(kind: FileType) -> (&'static str, &'static [&'static str]) {
    match kind {
        FileType::Pdf => (".pdf", &[]),
        FileType::Jpeg => (".jpg", &[".jpeg"]),
        FileType::Png => (".png", &[]),
    }
}

/// A file of a draft that the actor may open: the family its own, an officer any of the tenant's.
pub async fn file(
    ctx: &Ctx,
    platform: &Platform,
    draft: DraftId,
    id: AttachmentId,
) -> Result<File, Failure> {
    let allowed = ctx.may_open(draft) || matches!(ctx.actor, domain::Actor::Officer(_));
    if !allowed {
        return Err(Failure::NotFound);
    }
    let keys = platform.keys(ctx.tenant).await?;
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    let (row, body) = attachments::find(&mut tx, draft, id).await?.ok_or(Failure::NotFound)?;
    if matches!(ctx.actor, domain::Actor::Officer(_)) {
        let details = serde_json::json!({ "question": row.question_key });
        crate::audit::record(ctx, platform, &mut tx, "attachment_read", id.uuid(), details).await?;
    }
    tx.commit().await?;
    let place = |column| Place { table: "attachment", row: id.uuid(), column };
    Ok(File {
        name: open_text(&keys, place("file_name_enc"), &row.file_name_enc)?,
        media_type: row.media_type,
        bytes: keys.open(place("body_enc"), &body).map_err(|_| Failure::Secrets)?.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::safe_name;
    use domain::form::FileType;

    #[test]
    fn names_lose_paths_and_tricks_but_stay_readable() {
        let pdf = |name: &str| safe_name(name, FileType::Pdf);
        assert_eq!(pdf("../../etc/certificato medico.pdf"), "certificato medico.pdf");
        assert_eq!(pdf("C:\\foto\\carta\u{202e}gpj.pdf"), "cartagpj.pdf");
        assert_eq!(pdf("\r\n"), "file.pdf");
        assert_eq!(pdf(&"a".repeat(400)).len(), 124);
    }

    #[test]
    fn names_end_as_their_content_says() {
        assert_eq!(safe_name("modulo.hta", FileType::Pdf), "modulo.hta.pdf");
        assert_eq!(safe_name("FOTO.JPEG", FileType::Jpeg), "FOTO.JPEG");
        assert_eq!(safe_name("foto.jpg", FileType::Png), "foto.jpg.png");
    }
}
