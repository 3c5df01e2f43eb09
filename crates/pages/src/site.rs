//! Pages about the service itself, for anybody: what is offered, how accessible it is, what visitors say about it.

mod accessibility;
mod metatag;
mod privacy_notice;
mod rating;
mod service;

pub use accessibility::Accessibility;
pub use metatag::{Metatag, PostalAddress};
pub use privacy_notice::PrivacyNotice;
pub use rating::{Rating, RatingField, RatingQuestion, RatingThanks};
pub use service::{Service, ServiceTexts};
