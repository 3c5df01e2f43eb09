//! Files uploaded by families, sealed.

use crate::{StorageError, TenantTx};
use domain::ids::{AttachmentId, DraftId};
use jiff::Timestamp;
use jiff_sqlx::ToSqlx as _;

/// A file without its bytes.
#[derive(Clone, Debug)]
pub struct AttachmentRow {
    /// Key.
    pub id: AttachmentId,
    /// The draft it belongs to.
    pub draft: DraftId,
    /// The question it answers.
    pub question_key: String,
    /// Sealed file name as the family had it.
    pub file_name_enc: Vec<u8>,
    /// Type found in the bytes, never the one claimed.
    pub media_type: String,
    /// Bytes before sealing.
    pub size: i32,
}

/// Inserts a file with its sealed bytes.
pub async fn insert(
    tx: &mut TenantTx,
    attachment: &AttachmentRow,
    body_enc: &[u8],
    created_at: Timestamp,
) -> Result<(), StorageError> {
    let tenant = tx.key();
    sqlx::query!(
        "INSERT INTO attachment (tenant_id, id, draft_id, question_key, file_name_enc, media_type, size, body_enc,
                                 created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        tenant,
        attachment.id.uuid(),
        attachment.draft.uuid(),
        attachment.question_key,
        attachment.file_name_enc,
        attachment.media_type,
        attachment.size,
        body_enc,
        created_at.to_sqlx(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// A file of this draft with its sealed bytes.
pub async fn find(
    tx: &mut TenantTx,
    draft: DraftId,
    id: AttachmentId,
) -> Result<Option<(AttachmentRow, Vec<u8>)>, StorageError> {
    let row = sqlx::query!(
        "SELECT id, draft_id, question_key, file_name_enc, media_type, size, body_enc
           FROM attachment
          WHERE id = $1
            AND draft_id = $2",
        id.uuid(),
        draft.uuid(),
    )
    .fetch_optional(tx.conn())
    .await?;
    Ok(row.map(|row| {
        let attachment = AttachmentRow {
            id: row.id.into(),
            draft: row.draft_id.into(),
            question_key: row.question_key,
            file_name_enc: row.file_name_enc,
            media_type: row.media_type,
            size: row.size,
        };
        (attachment, row.body_enc)
    }))
}

/// Erases a file of a draft that no application refers to.
pub async fn delete(
    tx: &mut TenantTx,
    draft: DraftId,
    id: AttachmentId,
) -> Result<(), StorageError> {
    sqlx::query!(
        "DELETE FROM attachment a
          WHERE a.id = $1
            AND a.draft_id = $2
            AND NOT EXISTS (SELECT 1 FROM application p WHERE p.tenant_id = a.tenant_id AND p.draft_id = a.draft_id)",
        id.uuid(),
        draft.uuid(),
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}
