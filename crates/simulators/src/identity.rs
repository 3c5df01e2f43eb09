//! The subcommand `identity`: invented identity providers for the demo.

use anyhow::Context as _;
use domain::{Clock, Entropy};
use jiff::Timestamp;
use simulators::identity_provider::{
    IdentityProviders, Options, ServiceProviders, Signing, Source, metadata,
};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};
use url::Url;

#[derive(clap::Args)]
pub(super) struct IdentityArguments {
    /// Loopback address of all providers.
    #[arg(long, default_value = "127.0.0.1:8027")]
    http: SocketAddr,
    /// Where to write the certificate that signs the registry.
    #[arg(long)]
    registry_certificate: Option<PathBuf>,
    /// Where to write the metadata of CIE, which are in no registry.
    #[arg(long)]
    cie_metadata: Option<PathBuf>,
    /// Who may ask, as `<entityID>=<address of its metadata>`; repeat it for several.
    #[arg(long = "service-provider", value_parser = service_provider)]
    service_providers: Vec<(String, Url)>,
    /// A file with one more `EntityDescriptor` for the registry; repeat it for several.
    #[arg(long = "entity")]
    entities: Vec<PathBuf>,
    /// Sign only the assertion, not the response around it.
    #[arg(long)]
    assertion_only: bool,
}

/// An entityID may hold `=` itself, an address of metadata on the loopback does not: the last one counts.
fn service_provider(text: &str) -> anyhow::Result<(String, Url)> {
    let (entity_id, address) = text.rsplit_once('=').context("write <entityID>=<address>")?;
    Ok((entity_id.to_owned(), Url::parse(address)?))
}

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that is injected")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let filled = openssl::rand::rand_bytes(buffer);
        // The keys came from the same source, or the program would not have come this far.
        assert!(filled.is_ok(), "the system has no randomness");
    }
}

pub(super) async fn run(arguments: IdentityArguments) -> anyhow::Result<()> {
    let service_providers = ServiceProviders::default();
    for (entity_id, url) in arguments.service_providers {
        service_providers.register(&entity_id, Source::Address { url, connect: None });
    }
    let mut foreign = Vec::new();
    for path in &arguments.entities {
        foreign.push(read(path).await?);
    }
    let signing = if arguments.assertion_only { Signing::ASSERTION } else { Signing::BOTH };
    let options = Options {
        addr: arguments.http,
        service_providers,
        signing,
        foreign,
        ..Options::new(Arc::new(SystemClock), Arc::new(SystemEntropy))
    };
    let running = IdentityProviders::start(options).await?;
    running.registry_xml().context("a file of --entity is no descriptor")?;
    if let Some(path) = arguments.registry_certificate {
        let pem = running.registry_certificate_pem()?;
        tokio::fs::write(&path, pem).await.context("writing the certificate")?;
    }
    if let Some(path) = arguments.cie_metadata {
        let cie = running.provider("cie").context("no provider of CIE")?;
        let xml = metadata::signed_entity(&cie)?;
        tokio::fs::write(&path, xml).await.context("writing the metadata")?;
    }
    announce(&running);
    super::stop_signal().await
}

async fn read(path: &Path) -> anyhow::Result<String> {
    tokio::fs::read_to_string(path).await.with_context(|| format!("reading {}", path.display()))
}

#[expect(clippy::print_stdout, reason = "the addresses are this program's output")]
fn announce(running: &IdentityProviders) {
    let base = running.base_url();
    println!("identity providers on {base}");
    println!("registry on {base}registry.xml");
    println!("metadata of CIE on {base}cie/metadata");
}
