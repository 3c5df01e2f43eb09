//! The single-use link of a mail: a new password, or the news that the link is spent.

use super::PasswordField;
use crate::{FormState, Message, Page, Sample};
use jiff::Timestamp;
use serde::Serialize;

/// Choosing a new password through a link.
#[derive(Clone, Debug, Serialize)]
pub struct NewPassword {
    /// Secret of the link; it is in the address of the page already.
    pub token: String,
    /// What is wrong.
    pub form: FormState<PasswordField>,
}

impl Page for NewPassword {
    const TEMPLATE: &'static str = "enrol/new_password.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let page = |form| Self { token: "prova".into(), form };
        let differ = Message::new("errors.passwords_differ");
        vec![
            Sample::new("fresh", page(FormState::default())),
            Sample::new("differ", page(FormState::default().error(PasswordField::Repeat, differ))),
        ]
    }
}

/// The link was used already, is too old, or never existed: one answer for all.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PasswordLinkSpent {}

impl Page for PasswordLinkSpent {
    const TEMPLATE: &'static str = "enrol/password_link_spent.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        vec![Sample::new("spent", Self {})]
    }
}
