//! The constants of the wire: namespaces, URIs and the few fixed words of SAML, SPID and CIE.

/// Namespace of SAML metadata.
pub const NS_METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// Namespace of assertions.
pub const NS_ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// Namespace of requests and responses.
pub const NS_PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// Namespace of XML signatures.
pub const NS_DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
/// Namespace of XML encryption; nothing of it is accepted.
pub const NS_XENC: &str = "http://www.w3.org/2001/04/xmlenc#";
/// Namespace of XInclude; nothing of it is accepted.
pub const NS_XINCLUDE: &str = "http://www.w3.org/2001/XInclude";
/// Namespace of `xsi:type`.
pub const NS_XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// Namespace of `xs:string`.
pub const NS_XS: &str = "http://www.w3.org/2001/XMLSchema";
/// Namespace of `xml:lang`.
pub const NS_XML: &str = "http://www.w3.org/XML/1998/namespace";
/// Namespace of SPID's metadata extensions.
pub const NS_SPID: &str = "https://spid.gov.it/saml-extensions";
/// Namespace of CIE's metadata extensions.
pub const NS_CIE: &str = "https://www.cartaidentita.interno.gov.it/saml-extensions";

/// The only version of SAML spoken.
pub const SAML_VERSION: &str = "2.0";
/// Binding by redirect.
pub const BINDING_REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
/// Binding by form.
pub const BINDING_POST: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
/// Format of an `Issuer`.
pub const FORMAT_ENTITY: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
/// Format of a `NameID`: another one at every access.
pub const FORMAT_TRANSIENT: &str = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
/// Format of attribute names.
pub const ATTRIBUTE_BASIC: &str = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
/// The only accepted way to confirm a subject.
pub const METHOD_BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
/// Status of a response that carries an assertion.
pub const STATUS_SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
/// Status: the fault lies with us.
pub const STATUS_REQUESTER: &str = "urn:oasis:names:tc:SAML:2.0:status:Requester";
/// Status: the provider or the person could not go on.
pub const STATUS_RESPONDER: &str = "urn:oasis:names:tc:SAML:2.0:status:Responder";
/// Status: another version of SAML.
pub const STATUS_VERSION_MISMATCH: &str = "urn:oasis:names:tc:SAML:2.0:status:VersionMismatch";
/// Class of authentication, level 1.
pub const CLASS_L1: &str = "https://www.spid.gov.it/SpidL1";
/// Class of authentication, level 2.
pub const CLASS_L2: &str = "https://www.spid.gov.it/SpidL2";
/// Class of authentication, level 3.
pub const CLASS_L3: &str = "https://www.spid.gov.it/SpidL3";

/// RSA with SHA-256.
pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
/// RSA with SHA-384.
pub const RSA_SHA384: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384";
/// RSA with SHA-512.
pub const RSA_SHA512: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";
/// SHA-256 as digest.
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";
/// SHA-384 as digest.
pub const SHA384: &str = "http://www.w3.org/2001/04/xmldsig-more#sha384";
/// SHA-512 as digest.
pub const SHA512: &str = "http://www.w3.org/2001/04/xmlenc#sha512";
/// Canonical XML without the namespaces around, and namespace of its parameters.
pub const EXCLUSIVE_C14N: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
/// The signature lies inside what it signs.
pub const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
