//! A step's form, which may carry files: a file too large does not cost the family what it typed beside it.

use super::form_input::{FormInput, Typed, TypedSlot};
use crate::error::WebError;
use axum::{
    extract::{FromRequest, Multipart, Request, multipart::Field},
    http::header,
};
use operations::drafts::{LARGEST_UPLOAD, Upload};
use pages::errors::Problem;

/// Most parts of one form.
const MOST_PARTS: usize = 1_000;
/// Longest text value, in bytes.
const LONGEST_TEXT: usize = 64 * 1024;
/// Most bytes of files kept of one form.
const MOST_KEPT: usize = 3 * LARGEST_UPLOAD;

/// A posted step.
#[derive(Debug)]
pub(crate) struct UploadInput {
    /// The fields.
    pub(crate) form: FormInput,
    /// The files; one over the limit arrives marked, without its end.
    pub(crate) files: Vec<Upload>,
}

impl<S: Send + Sync> FromRequest<S> for UploadInput {
    type Rejection = WebError;

    async fn from_request(request: Request, state: &S) -> Result<Self, WebError> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let form = FormInput::from_request(request, state).await?;
            return Ok(Self { form, files: Vec::new() });
        }
        let extensions = request.extensions().clone();
        let multipart =
            Multipart::from_request(request, state).await.map_err(|_| Problem::UnsupportedMedia)?;
        let mut parts = Parts::default();
        let whole = parts.read(multipart).await;
        // Also when it breaks off: the page that says so gives back what came before.
        TypedSlot::keep(&extensions, &parts.fields, true);
        whole.map(|()| Self { form: FormInput::new(parts.fields), files: parts.files })
    }
}

/// What has arrived so far.
#[derive(Default)]
struct Parts {
    fields: Typed,
    files: Vec<Upload>,
    kept: usize,
}

impl Parts {
    async fn read(&mut self, mut multipart: Multipart) -> Result<(), WebError> {
        let mut parts = 0;
        while let Some(field) = multipart.next_field().await.map_err(|_| Problem::TooLarge)? {
            parts += 1;
            if parts > MOST_PARTS {
                return Err(Problem::TooLarge.into());
            }
            self.take(field).await?;
        }
        Ok(())
    }

    async fn take(&mut self, field: Field<'_>) -> Result<(), WebError> {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file_name) = field.file_name().map(str::to_owned) {
            let room = MOST_KEPT.saturating_sub(self.kept).min(LARGEST_UPLOAD);
            let (bytes, length) = read(field, room).await?;
            self.kept += bytes.len();
            let name_only = file_name.is_empty() && length == 0;
            if !name_only {
                let too_large = length > room;
                self.files.push(Upload { question: name, name: file_name, bytes, too_large });
            }
            return Ok(());
        }
        let (bytes, length) = read(field, LONGEST_TEXT).await?;
        if length > LONGEST_TEXT {
            return Err(Problem::TooLarge.into());
        }
        let text = String::from_utf8(bytes).map_err(|_| Problem::BadRequest)?;
        self.fields.entry(name).or_default().push(text.replace("\r\n", "\n"));
        Ok(())
    }
}

/// Reads a part and tells its length; beyond the room it is read on but not kept, so that the fields after it still
/// arrive.
async fn read(mut field: Field<'_>, room: usize) -> Result<(Vec<u8>, usize), WebError> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    while let Some(chunk) = field.chunk().await.map_err(|_| Problem::TooLarge)? {
        length += chunk.len();
        bytes.extend(chunk.into_iter().take(room.saturating_sub(bytes.len())));
    }
    Ok((bytes, length))
}
