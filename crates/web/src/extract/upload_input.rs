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

/// A posted step.
#[derive(Debug)]
pub(crate) struct UploadInput {
    /// The fields.
    pub(crate) form: FormInput,
    /// The files; one over the limit arrives cut, one byte longer than allowed.
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
        let mut multipart =
            Multipart::from_request(request, state).await.map_err(|_| Problem::UnsupportedMedia)?;
        let (mut fields, mut files, mut parts) = (Typed::new(), Vec::new(), 0);
        while let Some(field) = multipart.next_field().await.map_err(|_| Problem::TooLarge)? {
            parts += 1;
            if parts > MOST_PARTS {
                return Err(Problem::TooLarge.into());
            }
            let name = field.name().unwrap_or_default().to_owned();
            if let Some(file_name) = field.file_name().map(str::to_owned) {
                let bytes = read(field, LARGEST_UPLOAD).await?;
                if !(file_name.is_empty() && bytes.is_empty()) {
                    files.push(Upload { question: name, name: file_name, bytes });
                }
                continue;
            }
            let bytes = read(field, LONGEST_TEXT).await?;
            let text = String::from_utf8(bytes).map_err(|_| Problem::BadRequest)?;
            fields.entry(name).or_default().push(text.replace("\r\n", "\n"));
        }
        TypedSlot::keep(&extensions, &fields, true);
        Ok(Self { form: FormInput::new(fields), files })
    }
}

/// Reads a part; beyond the limit it is read on but not kept, so that the fields after it still arrive.
async fn read(mut field: Field<'_>, limit: usize) -> Result<Vec<u8>, WebError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| Problem::TooLarge)? {
        let room = (limit + 1).saturating_sub(bytes.len());
        bytes.extend(chunk.into_iter().take(room));
    }
    Ok(bytes)
}
