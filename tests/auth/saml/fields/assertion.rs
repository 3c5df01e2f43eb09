//! Cases 33 to 103: what is said in the assertion.

use super::{Case, check, empty, some};
use simulators::identity_provider::{
    Answer, Value,
    answer::{
        Attribute, AuthnStatement, Conditions, Confirmation, ConfirmationData, Issuer, NameId,
        Place, Subject,
    },
    names,
};
use support::saml_desk::{ACS, assertion};

const EMPTY_SUBJECT: Subject = Subject { name_id: None, confirmation: None };
const EMPTY_CONFIRMATION: Confirmation = Confirmation { method: None, data: None };
const EMPTY_CONDITIONS: Conditions =
    Conditions { not_before: None, not_on_or_after: None, audiences: None };
const EMPTY_STATEMENT: AuthnStatement =
    AuthnStatement { authn_instant: None, session_index: None, context: None };

const FRAME: &[Case] = &[
    (33, |a| assertion(a).id = empty(), "assertion_id_missing"),
    (34, |a| assertion(a).id = None, "assertion_id_missing"),
    (35, |a| assertion(a).version = some("1.0"), "assertion_version"),
    (35, |a| assertion(a).version = None, "assertion_version"),
    (36, |a| assertion(a).issue_instant = empty(), "assertion_issue_instant_missing"),
    (37, |a| assertion(a).issue_instant = None, "assertion_issue_instant_missing"),
    (38, |a| assertion(a).issue_instant = some("15/09/2026"), "assertion_issue_instant_malformed"),
    (39, |a| assertion(a).issue_instant = some("2000-01-01T00:00:00Z"), "assertion_before_request"),
    (40, |a| assertion(a).issue_instant = some("2099-01-01T00:00:00Z"), "assertion_in_future"),
    (67, |a| issuer(a).value = "".into(), "assertion_issuer_missing"),
    (68, |a| assertion(a).issuer = None, "assertion_issuer_missing"),
    (69, |a| issuer(a).value = "https://x.example.test".into(), "assertion_issuer_mismatch"),
    (70, |a| issuer(a).format = empty(), "assertion_issuer_format_missing"),
    (71, |a| issuer(a).format = None, "assertion_issuer_format_missing"),
    (72, |a| issuer(a).format = some(names::FORMAT_TRANSIENT), "assertion_issuer_format"),
];

const SUBJECT: &[Case] = &[
    (41, |a| assertion(a).subject = Some(EMPTY_SUBJECT), "name_id_missing"),
    (42, |a| assertion(a).subject = None, "subject_missing"),
    (43, |a| name(a).value = "".into(), "name_id_missing"),
    (44, |a| subject(a).name_id = None, "name_id_missing"),
    (45, |a| name(a).format = empty(), "name_id_format"),
    (46, |a| name(a).format = None, "name_id_format"),
    (47, |a| name(a).format = some(names::FORMAT_ENTITY), "name_id_format"),
    (48, |a| name(a).name_qualifier = empty(), "name_qualifier_missing"),
    (49, |a| name(a).name_qualifier = None, "name_qualifier_missing"),
    (51, |a| subject(a).confirmation = Some(EMPTY_CONFIRMATION), "confirmation_method"),
    (52, |a| subject(a).confirmation = None, "confirmation_missing"),
    (53, |a| confirmation(a).method = empty(), "confirmation_method"),
    (54, |a| confirmation(a).method = None, "confirmation_method"),
    (55, |a| confirmation(a).method = some("urn:other"), "confirmation_method"),
    (56, |a| confirmation(a).data = None, "confirmation_data_missing"),
    (57, |a| data(a).recipient = empty(), "recipient_missing"),
    (58, |a| data(a).recipient = None, "recipient_missing"),
    (59, |a| data(a).recipient = some("https://x.example.test/acs"), "recipient_mismatch"),
    (60, |a| data(a).in_response_to = empty(), "confirmation_request_missing"),
    (61, |a| data(a).in_response_to = None, "confirmation_request_missing"),
    (62, |a| data(a).in_response_to = some("_other"), "confirmation_request_mismatch"),
    (63, |a| data(a).not_on_or_after = empty(), "confirmation_expiry_missing"),
    (64, |a| data(a).not_on_or_after = None, "confirmation_expiry_missing"),
    (65, |a| data(a).not_on_or_after = some("tomorrow"), "confirmation_expiry_malformed"),
    (66, |a| data(a).not_on_or_after = some("2020-01-01T00:00:00Z"), "confirmation_expired"),
    (0, |a| data(a).recipient = Some(with_beginning()), "confirmation_not_before"),
];

const CONDITIONS: &[Case] = &[
    (73, |a| assertion(a).conditions = Some(EMPTY_CONDITIONS), "not_before_missing"),
    (74, |a| assertion(a).conditions = None, "conditions_missing"),
    (75, |a| conditions(a).not_before = empty(), "not_before_missing"),
    (76, |a| conditions(a).not_before = None, "not_before_missing"),
    (77, |a| conditions(a).not_before = some("now"), "not_before_malformed"),
    (78, |a| conditions(a).not_before = some("2099-01-01T00:00:00Z"), "not_yet_valid"),
    (79, |a| conditions(a).not_on_or_after = empty(), "not_on_or_after_missing"),
    (80, |a| conditions(a).not_on_or_after = None, "not_on_or_after_missing"),
    (81, |a| conditions(a).not_on_or_after = some("later"), "not_on_or_after_malformed"),
    (82, |a| conditions(a).not_on_or_after = some("2020-01-01T00:00:00Z"), "expired"),
    (83, |a| conditions(a).audiences = Some(Vec::new()), "audience_missing"),
    (84, |a| conditions(a).audiences = None, "audience_restriction_missing"),
    (85, |a| conditions(a).audiences = Some(vec!["".into()]), "audience_missing"),
    (
        87,
        |a| conditions(a).audiences = Some(vec!["https://x.example.test".into()]),
        "audience_mismatch",
    ),
    (0, |a| conditions(a).audiences.as_mut().unwrap().push("urn:x".into()), "element_repeated"),
    (0, |a| a.inserted.push((Place::ConditionsEnd, restriction())), "element_repeated"),
];

const STATEMENTS: &[Case] = &[
    (88, |a| assertion(a).authn_statement = Some(EMPTY_STATEMENT), "authn_context_missing"),
    (89, |a| assertion(a).authn_statement = None, "authn_statement_missing"),
    (90, |a| class(a, None), "class_missing"),
    (91, |a| statement(a).context = None, "authn_context_missing"),
    (92, |a| class(a, empty()), "class_missing"),
    (94, |a| class(a, some("https://www.spid.gov.it/SpidL1")), "level_too_low"),
    (95, |a| class(a, some("https://www.spid.gov.it/SpidL2")), "accepted"),
    (96, |a| class(a, some("https://www.spid.gov.it/SpidL3")), "accepted"),
    (97, |a| class(a, some("urn:oasis:names:tc:SAML:2.0:ac:classes:SpidL1")), "class_unknown"),
    (97, |a| class(a, some("https://www.spid.gov.it/SpidL22")), "class_unknown"),
    (0, |a| statement(a).authn_instant = None, "authn_instant"),
    (98, |a| assertion(a).attributes = Some(Vec::new()), "attributes_missing"),
    (98, |a| assertion(a).attributes = None, "attributes_missing"),
    (99, |a| attributes(a)[1].values.clear(), "attribute_value_missing"),
    (99, |a| attributes(a)[1].values = vec!["".into()], "fiscal_number_missing"),
    (103, |a| attributes(a).truncate(1), "fiscal_number_missing"),
    (0, |a| attributes(a)[1].values.push("TINIT-X".into()), "attribute_several_values"),
    (0, |a| attributes(a)[1].name = "".into(), "attribute_name_missing"),
    (0, |a| attributes(a)[1].name = "name".into(), "attribute_repeated"),
    (0, |a| drop(attributes(a).remove(2)), "name_missing"),
    (0, |a| drop(attributes(a).remove(3)), "family_name_missing"),
    (0, |a| attributes(a)[4].values = vec!["12/03/1984".into()], "birth_date_malformed"),
    (0, |a| drop(attributes(a).remove(0)), "accepted"),
];

fn issuer(answer: &mut Answer) -> &mut Issuer {
    assertion(answer).issuer.as_mut().unwrap()
}

fn subject(answer: &mut Answer) -> &mut Subject {
    assertion(answer).subject.as_mut().unwrap()
}

fn name(answer: &mut Answer) -> &mut NameId {
    subject(answer).name_id.as_mut().unwrap()
}

fn confirmation(answer: &mut Answer) -> &mut Confirmation {
    subject(answer).confirmation.as_mut().unwrap()
}

fn data(answer: &mut Answer) -> &mut ConfirmationData {
    confirmation(answer).data.as_mut().unwrap()
}

fn conditions(answer: &mut Answer) -> &mut Conditions {
    assertion(answer).conditions.as_mut().unwrap()
}

fn statement(answer: &mut Answer) -> &mut AuthnStatement {
    assertion(answer).authn_statement.as_mut().unwrap()
}

fn class(answer: &mut Answer, class: Option<Value>) {
    statement(answer).context.as_mut().unwrap().class_ref = class;
}

fn attributes(answer: &mut Answer) -> &mut Vec<Attribute> {
    assertion(answer).attributes.as_mut().unwrap()
}

/// A confirmation by bearer has no beginning (SAML profiles, §4.1.4.2).
fn with_beginning() -> Value {
    Value::raw(format!("{ACS}\" NotBefore=\"2026-09-15T07:00:00Z"))
}

fn restriction() -> String {
    "<saml:AudienceRestriction><saml:Audience>urn:x</saml:Audience></saml:AudienceRestriction>"
        .into()
}

#[test]
fn what_is_said_about_the_assertion_is_checked() {
    check(FRAME);
}

#[test]
fn what_is_said_about_the_subject_is_checked() {
    check(SUBJECT);
}

#[test]
fn the_conditions_are_checked() {
    check(CONDITIONS);
}

#[test]
fn the_statements_are_checked() {
    check(STATEMENTS);
}
