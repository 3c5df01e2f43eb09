//! A server's certificate for the loopback, made anew at every start and signed by an authority of its own.

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use rustls::{
    ServerConfig,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// What a server needs for TLS, and what its clients need to trust it.
pub struct Certificate {
    /// Opens connections.
    pub acceptor: TlsAcceptor,
    /// The authority's certificate, PEM.
    pub root_pem: String,
}

/// The certificate could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// From the certificate generator.
    #[error("the certificate could not be generated")]
    Generate(#[from] rcgen::Error),
    /// From the TLS library.
    #[error("the certificate does not serve for TLS")]
    Tls(#[from] rustls::Error),
}

/// An authority and a server certificate for this machine's loopback names.
///
/// # Errors
/// From the generator or the TLS library.
pub fn generate() -> Result<Certificate, CertificateError> {
    let root_key = KeyPair::generate()?;
    let mut root = CertificateParams::new(Vec::new())?;
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    root.distinguished_name.push(DnType::CommonName, "Authority of the simulators");
    let root_certificate = root.self_signed(&root_key)?;

    let key = KeyPair::generate()?;
    let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned);
    let mut server = CertificateParams::new(names)?;
    server.distinguished_name.push(DnType::CommonName, "Simulator");
    // Strict clients, as of Python 3.13, want to be told which key signed.
    server.use_authority_key_identifier_extension = true;
    let certificate = server.signed_by(&key, &Issuer::new(root, root_key))?;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
        )?;
    Ok(Certificate {
        acceptor: TlsAcceptor::from(Arc::new(config)),
        root_pem: root_certificate.pem(),
    })
}
