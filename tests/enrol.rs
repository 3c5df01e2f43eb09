//! The family's way.

mod app;
mod attachments;
mod changed_services;
mod coming_back;
mod credential_door;
mod documents;
mod draft;
mod email_code;
mod guardians_code;
mod information;
mod journey;
mod password_link;
mod rating;
mod refusals;
mod screen_words;
mod service_page;
mod steps;
mod submit;
mod texts_in_force;
mod two_tabs;
mod windows;
