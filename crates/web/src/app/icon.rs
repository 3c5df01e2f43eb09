//! The app's icon: the comune's logo, or a bell, on the comune's colour, drawn once and kept.

use super::Owner;
use crate::{State, error::WebError, extract::Path};
use axum::{
    body::Bytes,
    extract::State as Shared,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use pages::errors::Problem;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{ImageHrefResolver, Options, Tree},
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// One image of the icon.
pub(super) struct Image {
    /// Its file name.
    pub(super) name: &'static str,
    /// Width and height in pixels.
    pub(super) size: u16,
    /// What the manifest offers it for; none where only a `link` names it.
    pub(super) purpose: Option<&'static str>,
    /// Radius of its corners, of 512; none where the system cuts it into a shape of its own.
    corners: u16,
}

/// Every image.
pub(super) const IMAGES: [Image; 4] = [
    Image { name: "192.png", size: 192, purpose: Some("any"), corners: 96 },
    Image { name: "512.png", size: 512, purpose: Some("any"), corners: 96 },
    Image { name: "intera.png", size: 512, purpose: Some("maskable"), corners: 0 },
    Image { name: "apple.png", size: 180, purpose: None, corners: 0 },
];

/// A bell, drawn in a square of 512; like the logo's plate it stays within the circle that no system cuts off.
const BELL: &str = r##"<g fill="#fff"><circle cx="256" cy="112" r="22"/><path d="M256 120c-62 0-100 46-100 108v72l-36 48h272l-36-48v-72c0-62-38-108-100-108z"/><path d="M220 364h72a36 36 0 0 1-72 0z"/></g>"##;
/// What lies below a logo, which was drawn for white paper.
const PLATE: &str = r##"<circle cx="256" cy="256" r="184" fill="#fff"/>"##;
/// The square within the plate: where it begins and how wide it is, of 512.
const INSIDE: [f32; 2] = [130.0, 252.0];

/// Drawn images by owner, version and name.
#[derive(Debug, Default)]
pub struct Icons(Mutex<HashMap<[String; 3], Bytes>>);

impl Icons {
    fn find(&self, key: &[String; 3]) -> Option<Bytes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: [String; 3], bytes: Bytes) {
        let mut icons = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // What an owner looked like before is asked for no more.
        icons.retain(|[owner, version, _], _| *owner != key[0] || *version == key[1]);
        icons.insert(key, bytes);
    }
}

/// `GET /icona/{image}`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    owner: Owner,
    Path(name): Path<String>,
) -> Result<Response, WebError> {
    let image = IMAGES.iter().find(|image| image.name == name).ok_or(Problem::NotFound)?;
    let slug = owner.tenant.as_ref().map(|tenant| tenant.slug().to_owned()).unwrap_or_default();
    let key = [slug, owner.version(), name];
    let bytes = if let Some(bytes) = state.icons.find(&key) {
        bytes
    } else {
        let drawn = tokio::task::spawn_blocking(move || draw(&owner, image)).await;
        let bytes = Bytes::from(drawn.ok().flatten().ok_or(Problem::Internal)?);
        state.icons.keep(key, bytes.clone());
        bytes
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CACHE_CONTROL, crate::brand::KEEP),
    ];
    Ok((headers, bytes).into_response())
}

/// The image as PNG.
fn draw(owner: &Owner, image: &Image) -> Option<Vec<u8>> {
    // A logo names no files: nothing is read from the disk for it.
    let image_href_resolver = ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    };
    let options = Options { image_href_resolver, ..Options::default() };
    let logo =
        owner.tenant.as_ref().and_then(|tenant| Tree::from_str(tenant.logo(), &options).ok());
    let [red, green, blue] = owner.colour();
    let ground = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="{}" fill="#{red:02x}{green:02x}{blue:02x}"/>{}</svg>"##,
        image.corners,
        if logo.is_some() { PLATE } else { BELL },
    );
    let ground = Tree::from_str(&ground, &options).ok()?;
    let mut pixels = Pixmap::new(image.size.into(), image.size.into())?;
    let scale = f32::from(image.size) / 512.0;
    resvg::render(&ground, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    if let Some(logo) = logo {
        let [begin, width] = INSIDE;
        let fit = width / logo.size().width().max(logo.size().height());
        let margin = |length: f32| begin + (width - length * fit) / 2.0;
        let place = Transform::from_scale(scale, scale)
            .pre_translate(margin(logo.size().width()), margin(logo.size().height()))
            .pre_scale(fit, fit);
        resvg::render(&logo, place, &mut pixels.as_mut());
    }
    pixels.encode_png().ok()
}
