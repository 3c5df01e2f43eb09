//! The parts of an answer. What is `None` is left out.

use crate::identity_provider::value::Value;

/// Where raw XML can be put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// As first child of the response.
    ResponseStart,
    /// After its issuer (and before its signature, which goes right after the issuer).
    AfterResponseIssuer,
    /// After its status, before the assertion.
    BeforeAssertion,
    /// As last child of the response.
    ResponseEnd,
    /// As first child of the assertion.
    AssertionStart,
    /// After its issuer.
    AfterAssertionIssuer,
    /// As last child of the subject.
    SubjectEnd,
    /// Inside the subject's confirmation data.
    ConfirmationData,
    /// As last child of the conditions.
    ConditionsEnd,
    /// As last child of the authentication statement.
    AuthnStatementEnd,
    /// As first attribute.
    AttributesStart,
    /// As last attribute.
    AttributesEnd,
    /// As last child of the assertion.
    AssertionEnd,
}

/// Who answers.
#[derive(Clone, PartialEq, Eq)]
pub struct Issuer {
    /// entityID.
    pub value: Value,
    /// `Format`
    pub format: Option<Value>,
    /// `NameQualifier`
    pub name_qualifier: Option<Value>,
}

/// How it went. All `None`: an empty `Status`.
#[derive(Clone, PartialEq, Eq)]
pub struct Status {
    /// `Value` of the `StatusCode`; without it (and without a code inside) there is no `StatusCode`.
    pub code: Option<Value>,
    /// `Value` of the `StatusCode` inside.
    pub sub_code: Option<Value>,
    /// `StatusMessage`
    pub message: Option<Value>,
}

/// What is asserted about a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Assertion {
    /// `ID`
    pub id: Option<Value>,
    /// `Version`
    pub version: Option<Value>,
    /// `IssueInstant`
    pub issue_instant: Option<Value>,
    /// `Issuer`
    pub issuer: Option<Issuer>,
    /// `Subject`
    pub subject: Option<Subject>,
    /// `Conditions`
    pub conditions: Option<Conditions>,
    /// `AuthnStatement`
    pub authn_statement: Option<AuthnStatement>,
    /// `AttributeStatement`; an empty list makes an empty one.
    pub attributes: Option<Vec<Attribute>>,
}

/// Whom it is about. All `None`: an empty `Subject`.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject {
    /// `NameID`
    pub name_id: Option<NameId>,
    /// `SubjectConfirmation`
    pub confirmation: Option<Confirmation>,
}

/// The person's name of this one time.
#[derive(Clone, PartialEq, Eq)]
pub struct NameId {
    /// The name.
    pub value: Value,
    /// `Format`
    pub format: Option<Value>,
    /// `NameQualifier`
    pub name_qualifier: Option<Value>,
}

/// Why the bearer is the subject.
#[derive(Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// `Method`
    pub method: Option<Value>,
    /// `SubjectConfirmationData`
    pub data: Option<ConfirmationData>,
}

/// For whom and until when.
#[derive(Clone, PartialEq, Eq)]
pub struct ConfirmationData {
    /// `Recipient`
    pub recipient: Option<Value>,
    /// `InResponseTo`
    pub in_response_to: Option<Value>,
    /// `NotOnOrAfter`
    pub not_on_or_after: Option<Value>,
}

/// When and for whom the assertion holds. All `None`: an empty `Conditions`.
#[derive(Clone, PartialEq, Eq)]
pub struct Conditions {
    /// `NotBefore`
    pub not_before: Option<Value>,
    /// `NotOnOrAfter`
    pub not_on_or_after: Option<Value>,
    /// The audiences of the `AudienceRestriction`; an empty list makes an empty restriction.
    pub audiences: Option<Vec<Value>>,
}

/// How the person was recognised.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthnStatement {
    /// `AuthnInstant`
    pub authn_instant: Option<Value>,
    /// `SessionIndex`
    pub session_index: Option<Value>,
    /// `AuthnContext`
    pub context: Option<AuthnContext>,
}

/// On which level.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthnContext {
    /// `AuthnContextClassRef`
    pub class_ref: Option<Value>,
}

/// One attribute of the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Attribute {
    /// `Name`
    pub name: Value,
    /// `NameFormat`
    pub name_format: Option<Value>,
    /// `xsi:type` of the values.
    pub value_type: Option<Value>,
    /// The values; an empty list makes an attribute without any.
    pub values: Vec<Value>,
}
