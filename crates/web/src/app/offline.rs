//! The page that browsers keep for when the network is away.

use super::Owner;
use crate::{State, error::WebError, views};
use axum::{
    extract::State as Shared,
    response::{Html, IntoResponse, Response},
};
use domain::Locale;
use pages::{Frame, FrameKind, app::Offline};

/// `GET /senza-rete`: the same for everybody, signed in or not, because every browser keeps it.
pub(crate) async fn get(Shared(state): Shared<State>, owner: Owner) -> Result<Response, WebError> {
    let (locale, mount) = (owner.locale, &owner.mount);
    let mut frame = match &owner.tenant {
        Some(tenant) => views::tenant_frame(tenant, locale, FrameKind::Family, mount, "/"),
        None => Frame::new(FrameKind::Platform, locale, &Locale::ALL, mount, "/"),
    };
    // Choosing another needs the network.
    frame.languages.retain(|language| language.selected);
    Ok(Html(state.engine.html(&Offline {}, &frame)?).into_response())
}
