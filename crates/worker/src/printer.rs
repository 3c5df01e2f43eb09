//! Documents off the async threads, a few at a time.

use crate::JobError;
use documents::{Document, Renderer};
use std::sync::Arc;
use tokio::{sync::Semaphore, task};

/// Renders documents; cheap to clone, clones share the permits.
#[derive(Clone)]
pub struct Printer {
    renderer: Renderer,
    permits: Arc<Semaphore>,
}

impl Printer {
    /// At most `permits` documents at a time (at least one); others wait their turn.
    pub fn new(renderer: Renderer, permits: usize) -> Self {
        Self { renderer, permits: Arc::new(Semaphore::new(permits.max(1))) }
    }

    /// The PDF of a document.
    pub(crate) async fn print(&self, document: Document) -> Result<Vec<u8>, JobError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(|_| JobError::CutShort)?;
        let renderer = self.renderer.clone();
        let printing = task::spawn_blocking(move || {
            let pdf = renderer.render(&document);
            drop(permit);
            pdf
        });
        Ok(printing.await.map_err(|_| JobError::CutShort)??)
    }
}
