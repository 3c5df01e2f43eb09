//! Screens and mails as types: one struct per template, with samples for its interesting states.
//!
//! A handler fills a page struct and a [`Frame`], and asks the [`Engine`] for HTML. Words come
//! from the locale files, links from the route table; a struct carries only what differs.

pub mod action;
pub mod app;
mod engine;
pub mod enrol;
pub mod errors;
pub mod form;
mod frame;
pub mod identity;
pub mod journey;
pub mod mail;
pub mod office;
mod page;
pub mod platform;
pub mod question;
mod registry;
pub mod sample;
pub mod site;
pub mod words;

#[cfg(test)]
mod tests;

pub use engine::{Engine, RenderError, brand_stylesheet};
pub use form::{ErrorLine, FormField, FormState, Message};
pub use frame::{
    Contacts, Frame, FrameKind, LanguageChoice, Link, ModelLinks, Phone, SessionView, TenantView,
};
pub use mail::{Mail, MailFrame, RenderedMail};
pub use page::{Page, Sample, Typed};
pub use registry::{MAILS, MailEntry, NamedMails, PAGES, PageEntry, RenderedSample};
