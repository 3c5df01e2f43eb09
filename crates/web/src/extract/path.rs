//! Parts of an address: one that is not what it should be leads nowhere.

use crate::error::WebError;
use axum::{
    extract::{self, FromRequestParts},
    http::request::Parts,
};
use pages::errors::Problem;
use serde::de::DeserializeOwned;

/// The parts of an address that its pattern names; a malformed one answers 404, as an unknown one does.
#[derive(Debug)]
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, WebError> {
        let path = extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|extract::Path(value)| Self(value)).map_err(|_| Problem::NotFound.into())
    }
}
