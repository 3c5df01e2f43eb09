//! The running server and what tests ask of it.

use super::{
    dialogue,
    failure::{Failure, Moment, Script},
    mailbox::Mailbox,
    mailbox_page,
    received::ReceivedMail,
};
use crate::certificate::{self, Certificate, CertificateError};
use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{net::TcpListener, task::JoinSet};

/// How connections are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// Never.
    None,
    /// By STARTTLS, where the client asks for it.
    StartTls,
    /// From the first byte.
    Implicit,
}

/// How to start a server.
#[derive(Clone, Debug)]
pub struct SinkOptions {
    /// Loopback address of the mail server; port 0 picks a free one.
    pub smtp: SocketAddr,
    /// Loopback address of the mailbox page, if there is to be one.
    pub http: Option<SocketAddr>,
    /// Folder for one `.eml` file per mail; none keeps mails in memory only.
    pub dir: Option<PathBuf>,
    /// Protection of connections.
    pub encryption: Encryption,
    /// User and password that a client must present, if any.
    pub credentials: Option<(String, String)>,
    /// Largest accepted message in bytes.
    pub max_size: usize,
    /// After how long a silent client is hung up on.
    pub idle_timeout: Duration,
}

impl Default for SinkOptions {
    /// Free ports, in memory, STARTTLS offered, no password, 25 MiB.
    fn default() -> Self {
        let free = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            smtp: free,
            http: None,
            dir: None,
            encryption: Encryption::StartTls,
            credentials: None,
            max_size: 25 * 1024 * 1024,
            idle_timeout: Duration::from_mins(5),
        }
    }
}

/// The server could not start.
#[derive(Debug, thiserror::Error)]
pub enum SinkError {
    /// The address would be reachable from other machines.
    #[error("{0} is not a loopback address")]
    NotLoopback(SocketAddr),
    /// The address is taken, or the folder cannot be used.
    #[error("the address or the folder cannot be used")]
    Io(#[from] io::Error),
    /// No certificate.
    #[error("no certificate for the mail server")]
    Certificate(#[from] CertificateError),
}

/// A running mail server; it stops when dropped.
pub struct SmtpSink {
    addr: SocketAddr,
    http_addr: Option<SocketAddr>,
    shared: Arc<Shared>,
    // Dropping the set stops the servers, and with them their connections.
    _servers: JoinSet<()>,
}

/// What the server, its connections and its page have in common.
pub(super) struct Shared {
    pub(super) mailbox: Mailbox,
    pub(super) options: SinkOptions,
    pub(super) certificate: Option<Certificate>,
    script: Mutex<Script>,
    connections: AtomicUsize,
}

impl SmtpSink {
    /// Starts the server and, where asked for, the mailbox page.
    pub async fn start(options: SinkOptions) -> Result<Self, SinkError> {
        for addr in [Some(options.smtp), options.http].into_iter().flatten() {
            if !addr.ip().is_loopback() {
                return Err(SinkError::NotLoopback(addr));
            }
        }
        let listener = TcpListener::bind(options.smtp).await?;
        let page = match options.http {
            Some(http) => Some(TcpListener::bind(http).await?),
            None => None,
        };
        let addr = listener.local_addr()?;
        let http_addr = page.as_ref().map(TcpListener::local_addr).transpose()?;
        let certificate = match options.encryption {
            Encryption::None => None,
            Encryption::StartTls | Encryption::Implicit => Some(certificate::generate()?),
        };
        let shared = Arc::new(Shared {
            mailbox: Mailbox::open(options.dir.clone()).await?,
            options,
            certificate,
            script: Mutex::default(),
            connections: AtomicUsize::new(0),
        });
        let mut servers = JoinSet::new();
        servers.spawn(accept(listener, Arc::clone(&shared)));
        if let Some(page) = page {
            servers.spawn(mailbox_page::serve(page, Arc::clone(&shared)));
        }
        Ok(Self { addr, http_addr, shared, _servers: servers })
    }

    /// Address of the mail server.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Address of the mailbox page.
    pub fn http_addr(&self) -> Option<SocketAddr> {
        self.http_addr
    }

    /// All mails, oldest first.
    pub fn messages(&self) -> Vec<ReceivedMail> {
        self.shared.mailbox.all()
    }

    /// Forgets the mails in memory; files stay.
    pub fn clear(&self) {
        self.shared.mailbox.clear();
    }

    /// The first mail to this recipient that fits, waiting for it at most `timeout`.
    pub async fn wait_for(
        &self,
        recipient: &str,
        fits: impl Fn(&ReceivedMail) -> bool,
        timeout: Duration,
    ) -> Option<ReceivedMail> {
        let is_for =
            |mail: &ReceivedMail| mail.to.iter().any(|to| to.eq_ignore_ascii_case(recipient));
        let wait = self.shared.mailbox.wait_for(|mail| is_for(mail) && fits(mail));
        tokio::time::timeout(timeout, wait).await.ok()
    }

    /// The next `count` deliveries fail in this way.
    pub fn fail_next(&self, count: u32, failure: Failure) {
        self.shared.script().next(count, failure);
    }

    /// Every delivery to this address fails in this way.
    pub fn fail_for(&self, recipient: &str, failure: Failure) {
        self.shared.script().always_for(recipient, failure);
    }

    /// No more failures.
    pub fn clear_failures(&self) {
        self.shared.script().clear();
    }

    /// How many connections were ever opened.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::Relaxed)
    }

    /// Certificate (PEM) that a client must trust for TLS; none without encryption.
    pub fn root_certificate_pem(&self) -> Option<&str> {
        self.shared.certificate.as_ref().map(|certificate| certificate.root_pem.as_str())
    }
}

impl Shared {
    /// The scripted failure that strikes now, if any.
    pub(super) fn strike(&self, moment: Moment, recipients: &[String]) -> Option<Failure> {
        self.script().strike(moment, recipients)
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, _)) => {
                shared.connections.fetch_add(1, Ordering::Relaxed);
                connections.spawn(dialogue::run(stream, Arc::clone(&shared)));
            }
            // Out of descriptors, most likely: wait for some to come back.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}
