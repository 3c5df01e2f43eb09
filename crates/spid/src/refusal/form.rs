//! Refusals by decoding and by the guard, in the order in which they are looked for.

use super::Refusal;

refusals! { form:
    /// The form field is longer than anything a provider sends.
    FORM_TOO_LARGE = "form_too_large";
    /// The form field is no base64.
    NOT_BASE64 = "not_base64";
    /// The document, decoded or inflated, is too large.
    XML_TOO_LARGE = "xml_too_large";
    /// The message of a redirect is not compressed as the binding wants it.
    NOT_INFLATABLE = "not_inflatable";
    /// The document is not UTF-8, or says that it is something else.
    NOT_UTF8 = "not_utf8";
    /// A parameter of a redirect is missing, repeated or not encoded properly.
    QUERY_MALFORMED = "query_malformed";
    /// A character that XML does not know.
    FORBIDDEN_CHARACTER = "forbidden_character";
    /// A document type, the door to entities and to other people's files.
    DOCTYPE = "doctype";
    /// A comment, which splits a text in two for careless readers.
    COMMENT = "comment";
    /// A CDATA section; no provider needs one.
    CDATA = "cdata";
    /// A processing instruction.
    PROCESSING_INSTRUCTION = "processing_instruction";
    /// An XML declaration other than version 1.0.
    XML_DECLARATION = "xml_declaration";
    /// The document is not well-formed.
    MALFORMED_XML = "malformed_xml";
    /// Elements nested too deeply.
    TOO_DEEP = "too_deep";
    /// Too many elements or texts.
    TOO_MANY_ELEMENTS = "too_many_elements";
    /// Too many attributes on one element or in all.
    TOO_MANY_ATTRIBUTES = "too_many_attributes";
    /// An attribute longer than any address or name.
    ATTRIBUTE_TOO_LONG = "attribute_too_long";
    /// A text longer than any certificate.
    TEXT_TOO_LONG = "text_too_long";
    /// A namespace that is no absolute address.
    NAMESPACE = "namespace";
    /// The root is not the element that is read here.
    ROOT = "root";
    /// A message inside the message.
    NESTED_RESPONSE = "nested_response";
    /// More than one assertion, wherever they are.
    SEVERAL_ASSERTIONS = "several_assertions";
    /// The assertion is not a child of the response.
    ASSERTION_MISPLACED = "assertion_misplaced";
    /// Something encrypted: no provider has a key of ours to do so.
    ENCRYPTED = "encrypted";
    /// A signature that is neither the message's nor the assertion's.
    SIGNATURE_MISPLACED = "signature_misplaced";
    /// A signature with content of its own.
    SIGNATURE_OBJECT = "signature_object";
    /// Two signatures on one element.
    SEVERAL_SIGNATURES = "several_signatures";
    /// A signature that lacks a part, or has it twice or in another order.
    SIGNATURE_SHAPE = "signature_shape";
    /// A signature over more than one thing.
    SEVERAL_REFERENCES = "several_references";
    /// A signature over something else than the element that it lies in.
    REFERENCE = "reference";
    /// Transforms other than the two prescribed ones.
    TRANSFORMS = "transforms";
    /// A canonicalisation other than the exclusive one.
    CANONICALISATION = "canonicalisation";
    /// A list of namespace prefixes that is none.
    PREFIX_LIST = "prefix_list";
    /// A signature algorithm that is not on the list.
    SIGNATURE_ALGORITHM = "signature_algorithm";
    /// A digest algorithm that is not on the list.
    DIGEST_ALGORITHM = "digest_algorithm";
    /// Key information other than a certificate.
    KEY_INFO = "key_info";
    /// An element where none such belongs.
    UNEXPECTED_ELEMENT = "unexpected_element";
    /// An attribute of the XML namespace that changes how a document is read.
    UNEXPECTED_ATTRIBUTE = "unexpected_attribute";
    /// Elements inside what is a text.
    TEXT_WITH_ELEMENTS = "text_with_elements";
    /// An identifier on an element that has none.
    ID_MISPLACED = "id_misplaced";
    /// An identifier that is no name.
    ID_INVALID = "id_invalid";
    /// The same identifier twice.
    ID_DUPLICATE = "id_duplicate";
    /// The message has no identifier.
    RESPONSE_ID_MISSING = "response_id_missing";
    /// The assertion has no identifier.
    ASSERTION_ID_MISSING = "assertion_id_missing";
    /// The response does not say which request it answers.
    IN_RESPONSE_TO_MISSING = "in_response_to_missing";
}
