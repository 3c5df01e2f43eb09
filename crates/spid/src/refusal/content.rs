//! Refusals by what a well-formed message says, in the order in which it is read.

use super::Refusal;

refusals! { content:
    /// The message is not SAML 2.0.
    RESPONSE_VERSION = "response_version";
    /// The message does not say when it was made.
    RESPONSE_ISSUE_INSTANT_MISSING = "response_issue_instant_missing";
    /// The message's time is no instant.
    RESPONSE_ISSUE_INSTANT_MALFORMED = "response_issue_instant_malformed";
    /// The response is older than the request.
    RESPONSE_BEFORE_REQUEST = "response_before_request";
    /// The message comes from the future.
    RESPONSE_IN_FUTURE = "response_in_future";
    /// The response answers another request.
    IN_RESPONSE_TO_MISMATCH = "in_response_to_mismatch";
    /// The message does not say for whom it is.
    DESTINATION_MISSING = "destination_missing";
    /// The message is for another address.
    DESTINATION_MISMATCH = "destination_mismatch";
    /// The message has no issuer.
    RESPONSE_ISSUER_MISSING = "response_issuer_missing";
    /// The issuer of the message is given in another format.
    RESPONSE_ISSUER_FORMAT = "response_issuer_format";
    /// The message comes from another provider than the one asked.
    RESPONSE_ISSUER_MISMATCH = "response_issuer_mismatch";
    /// The response has no status.
    STATUS_MISSING = "status_missing";
    /// The status says nothing.
    STATUS_CODE_MISSING = "status_code_missing";
    /// The status is none that SAML knows.
    STATUS_UNKNOWN = "status_unknown";
    /// The provider did not authenticate the person and says so.
    PROVIDER_ERROR = "provider_error";
    /// Something that is there once is there twice.
    ELEMENT_REPEATED = "element_repeated";
    /// Success without an assertion.
    ASSERTION_MISSING = "assertion_missing";
    /// The provider has no key that could have signed.
    PROVIDER_WITHOUT_KEY = "provider_without_key";
    /// The assertion is not signed.
    ASSERTION_UNSIGNED = "assertion_unsigned";
    /// The response is not signed, and this provider always signs it.
    RESPONSE_UNSIGNED = "response_unsigned";
    /// A signature does not verify with any key of the provider.
    SIGNATURE_INVALID = "signature_invalid";
    /// What was verified says something else than what was received.
    VERIFIED_DIFFERS = "verified_differs";
    /// The assertion is not SAML 2.0.
    ASSERTION_VERSION = "assertion_version";
    /// The assertion does not say when it was made.
    ASSERTION_ISSUE_INSTANT_MISSING = "assertion_issue_instant_missing";
    /// The assertion's time is no instant.
    ASSERTION_ISSUE_INSTANT_MALFORMED = "assertion_issue_instant_malformed";
    /// The assertion is older than the request.
    ASSERTION_BEFORE_REQUEST = "assertion_before_request";
    /// The assertion comes from the future.
    ASSERTION_IN_FUTURE = "assertion_in_future";
    /// The assertion has no issuer.
    ASSERTION_ISSUER_MISSING = "assertion_issuer_missing";
    /// The issuer of the assertion is given without its format.
    ASSERTION_ISSUER_FORMAT_MISSING = "assertion_issuer_format_missing";
    /// The issuer of the assertion is given in another format.
    ASSERTION_ISSUER_FORMAT = "assertion_issuer_format";
    /// The assertion comes from another provider than the one asked.
    ASSERTION_ISSUER_MISMATCH = "assertion_issuer_mismatch";
    /// The assertion is about nobody.
    SUBJECT_MISSING = "subject_missing";
    /// The subject has no name.
    NAME_ID_MISSING = "name_id_missing";
    /// The subject's name is not a transient one.
    NAME_ID_FORMAT = "name_id_format";
    /// The subject's name is not qualified.
    NAME_QUALIFIER_MISSING = "name_qualifier_missing";
    /// The subject is not confirmed.
    CONFIRMATION_MISSING = "confirmation_missing";
    /// The subject is confirmed otherwise than by bearer.
    CONFIRMATION_METHOD = "confirmation_method";
    /// The confirmation has no data.
    CONFIRMATION_DATA_MISSING = "confirmation_data_missing";
    /// The confirmation has a beginning, which a bearer's has not.
    CONFIRMATION_NOT_BEFORE = "confirmation_not_before";
    /// The confirmation does not say for whom it is.
    RECIPIENT_MISSING = "recipient_missing";
    /// The confirmation is for another address.
    RECIPIENT_MISMATCH = "recipient_mismatch";
    /// The confirmation does not say which request it answers.
    CONFIRMATION_REQUEST_MISSING = "confirmation_request_missing";
    /// The confirmation answers another request.
    CONFIRMATION_REQUEST_MISMATCH = "confirmation_request_mismatch";
    /// The confirmation has no end.
    CONFIRMATION_EXPIRY_MISSING = "confirmation_expiry_missing";
    /// The end of the confirmation is no instant.
    CONFIRMATION_EXPIRY_MALFORMED = "confirmation_expiry_malformed";
    /// The confirmation has ended.
    CONFIRMATION_EXPIRED = "confirmation_expired";
    /// The assertion has no conditions.
    CONDITIONS_MISSING = "conditions_missing";
    /// The conditions have no beginning.
    NOT_BEFORE_MISSING = "not_before_missing";
    /// The beginning is no instant.
    NOT_BEFORE_MALFORMED = "not_before_malformed";
    /// The assertion does not hold yet.
    NOT_YET_VALID = "not_yet_valid";
    /// The conditions have no end.
    NOT_ON_OR_AFTER_MISSING = "not_on_or_after_missing";
    /// The end is no instant.
    NOT_ON_OR_AFTER_MALFORMED = "not_on_or_after_malformed";
    /// The assertion holds no longer.
    EXPIRED = "expired";
    /// The assertion is for everybody.
    AUDIENCE_RESTRICTION_MISSING = "audience_restriction_missing";
    /// The restriction names nobody.
    AUDIENCE_MISSING = "audience_missing";
    /// The assertion is for somebody else.
    AUDIENCE_MISMATCH = "audience_mismatch";
    /// The assertion does not say that anybody signed in.
    AUTHN_STATEMENT_MISSING = "authn_statement_missing";
    /// The time of signing in is missing, no instant, or to come.
    AUTHN_INSTANT = "authn_instant";
    /// The statement does not say how the person signed in.
    AUTHN_CONTEXT_MISSING = "authn_context_missing";
    /// The context has no class.
    CLASS_MISSING = "class_missing";
    /// The class is none of the three levels.
    CLASS_UNKNOWN = "class_unknown";
    /// The level is lower than the one asked for.
    LEVEL_TOO_LOW = "level_too_low";
    /// The assertion says nothing about the person.
    ATTRIBUTES_MISSING = "attributes_missing";
    /// An attribute without a name.
    ATTRIBUTE_NAME_MISSING = "attribute_name_missing";
    /// The same attribute twice.
    ATTRIBUTE_REPEATED = "attribute_repeated";
    /// An attribute without a value.
    ATTRIBUTE_VALUE_MISSING = "attribute_value_missing";
    /// An attribute that is read here has several values.
    ATTRIBUTE_SEVERAL_VALUES = "attribute_several_values";
    /// The codice fiscale was asked for and is missing.
    FISCAL_NUMBER_MISSING = "fiscal_number_missing";
    /// The codice fiscale is none.
    FISCAL_NUMBER_MALFORMED = "fiscal_number_malformed";
    /// Through eIDAS the person's code is the only key, and it is missing.
    PERSON_CODE_MISSING = "person_code_missing";
    /// The given name is missing.
    NAME_MISSING = "name_missing";
    /// The surname is missing.
    FAMILY_NAME_MISSING = "family_name_missing";
    /// The date of birth is no date.
    BIRTH_DATE_MALFORMED = "birth_date_malformed";
    /// The request to sign out is too old, or its time is over.
    LOGOUT_TOO_OLD = "logout_too_old";
    /// The request to sign out is not signed.
    LOGOUT_UNSIGNED = "logout_unsigned";
}
