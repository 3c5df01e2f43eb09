//! Each finding as a sentence: what is wrong, and where it is put right.

/// The sentence for a finding's code; the code itself where there is none.
pub(super) fn sentence(code: &'static str) -> &'static str {
    SENTENCES.iter().find(|(known, _)| *known == code).map_or(code, |(_, sentence)| sentence)
}

/// Sorted by code. `tenant.toml` and the aggregator's file are where most of it comes from.
pub(super) const SENTENCES: &[(&str, &str)] = &[
    ("attribute_set_content", "a set of attributes asks for none, or for one twice"),
    ("attribute_set_count", "there is no set of attributes"),
    ("attribute_set_index", "a set of attributes has no number, or another one's"),
    ("attribute_set_name", "a set of attributes has no name: [digital_identity] service"),
    ("attribute_unknown", "the federation knows no such attribute"),
    ("certificate_basic_constraints", "the certificate must say CA:FALSE, not marked critical"),
    ("certificate_digest", "the certificate is signed with a weak digest; make a new key"),
    (
        "certificate_disagrees",
        "certificate and document differ in this field: settings were changed after the key was made; make a new one \
         and roll over to it",
    ),
    ("certificate_expired", "the certificate has expired; make a new key and roll over to it"),
    ("certificate_key", "the key is none that the federations take; make a new one"),
    (
        "certificate_key_usage",
        "the certificate must allow digitalSignature and nonRepudiation, marked critical",
    ),
    (
        "certificate_names_person",
        "the certificate's subject names a person; only the body may stand in it",
    ),
    (
        "certificate_policy",
        "the certificate lacks this policy of AgID; make the key with `campanella spid keys`",
    ),
    ("certificate_subject_missing", "the certificate's subject lacks this field"),
    ("certificate_unreadable", "a published certificate cannot be read"),
    ("consumer_default", "the first address for answers must be number 0 and the only default"),
    ("consumer_location", "an address for answers must be https without a port, and take forms"),
    ("contact_activity", "the contact must say what the body does with this empty element"),
    ("contact_code_missing", "the contact lacks this code: [identity] or the aggregator's file"),
    (
        "contact_company",
        "the contact's company is missing, or differs from the organisation's name",
    ),
    ("contact_email", "the address must be institutional and plain: [digital_identity] email"),
    ("contact_extension_namespace", "this element of a contact belongs to another federation"),
    ("contact_extensions", "the contact says nothing about the body"),
    ("contact_kinds", "there must be exactly the contacts that this profile demands"),
    (
        "contact_telephone",
        "the number must begin with +39 and have no spaces: [digital_identity] telephone",
    ),
    ("contact_unidentified", "the contact has neither codice IPA nor VAT number nor tax code"),
    ("document", "this is no metadata of one service provider"),
    ("document_id", "the root needs an ID, which the signature refers to"),
    ("element_order", "this element stands in the wrong place"),
    ("element_unknown", "this element has no place here"),
    ("entity_id", "the entityID must be https without port and query, at most 1024 characters"),
    ("entity_id_without_activity", "an aggregated body's entityID contains pub-ag-full"),
    ("logout_binding", "no address for logout takes the way that the federation demands"),
    ("logout_location", "an address for logout must be https without a port"),
    ("name_id_format", "the only format of names must be transient"),
    ("no_signing_key", "no certificate for signing is published"),
    ("organisation_count", "there must be exactly one organisation"),
    ("organisation_empty", "a text of the organisation is empty"),
    ("organisation_language", "each text of the organisation is in Italian, and once per language"),
    ("organisation_languages_differ", "the organisation's texts must be in the same languages"),
    (
        "role_attribute",
        "the role of service provider must carry this attribute with the value that is demanded",
    ),
    ("role_count", "there must be exactly one role of service provider"),
    (
        "signature",
        "the signature does not cover the document, or does not verify with the published certificates",
    ),
    (
        "text_before_document",
        "something stands before the document; it must begin with its first tag",
    ),
];
