//! Opening one connection to the relay.

use crate::{
    failure::{Code, SendError},
    settings::{Encryption, Endpoint, Settings, SettingsError, is_host_name},
};
use lettre::transport::smtp::{
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, Certificate, TlsParameters, TlsParametersBuilder},
    extension::ClientId,
};
use secrecy::ExposeSecret as _;
use std::time::Duration;

/// Everything needed to connect, checked.
pub(super) struct Connector {
    endpoint: Endpoint,
    tls: Option<TlsParameters>,
    hello: ClientId,
    timeout: Duration,
}

impl Connector {
    pub(super) fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let endpoint = settings.endpoint()?;
        let tls = match endpoint.encryption {
            Encryption::None => None,
            Encryption::StartTls | Encryption::Implicit => Some(tls(settings, &endpoint.host)?),
        };
        let hello = match &settings.helo_name {
            None => ClientId::default(),
            Some(name) if is_host_name(name) => ClientId::Domain(name.clone()),
            Some(_) => return Err(SettingsError::HeloName),
        };
        Ok(Self { endpoint, tls, hello, timeout: settings.timeout() })
    }

    /// Connects, encrypts and signs in. The caller limits the time.
    pub(super) async fn connect(&self) -> Result<AsyncSmtpConnection, SendError> {
        let Endpoint { host, port, encryption, credentials } = &self.endpoint;
        let at_once = self.tls.clone().filter(|_| *encryption == Encryption::Implicit);
        let server = (host.as_str(), *port);
        let timeout = Some(self.timeout);
        let failed = |error| SendError::while_connecting(&error);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(server, timeout, &self.hello, at_once, None)
                .await
                .map_err(failed)?;
        if let Some(tls) = self.tls.clone().filter(|_| *encryption == Encryption::StartTls) {
            if !connection.can_starttls() {
                return Err(SendError::Retry { code: Code::Tls });
            }
            connection.starttls(tls, &self.hello).await.map_err(failed)?;
        }
        if let Some((user, password)) = credentials {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            let mechanisms = [Mechanism::Plain, Mechanism::Login];
            connection.auth(&mechanisms, &credentials).await.map_err(|error| {
                if error.is_permanent() || error.is_client() {
                    SendError::Retry { code: Code::Credentials }
                } else {
                    SendError::while_connecting(&error)
                }
            })?;
        }
        Ok(connection)
    }
}

fn tls(settings: &Settings, host: &str) -> Result<TlsParameters, SettingsError> {
    let mut builder = TlsParametersBuilder::new(host.to_owned());
    if let Some(path) = &settings.ca_file {
        let pem = std::fs::read(path).map_err(SettingsError::CaFile)?;
        // The library takes a file without certificates for an empty list.
        if !String::from_utf8_lossy(&pem).contains("-----BEGIN CERTIFICATE-----") {
            return Err(SettingsError::CaContent);
        }
        let certificate = Certificate::from_pem(&pem).map_err(|_| SettingsError::CaContent)?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map_err(|_| SettingsError::CaContent)
}
