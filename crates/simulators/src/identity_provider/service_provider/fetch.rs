//! Fetching metadata from the loopback.

use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::{Request, StatusCode, body::Bytes, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};
use tokio::net::TcpStream;
use url::{Host, Url};

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Largest metadata in bytes.
const LARGEST: usize = 1024 * 1024;

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error)]
pub(in crate::identity_provider) enum FetchError {
    /// Invented providers stay on this machine.
    #[error("only http on the loopback is fetched")]
    NotLoopback,
    /// Nobody listens, or the connection broke.
    #[error("no connection: {0}")]
    Connection(#[from] io::Error),
    /// Not HTTP.
    #[error("no answer: {0}")]
    Broken(#[from] hyper::Error),
    /// The request cannot be written.
    #[error("no request: {0}")]
    Request(#[from] hyper::http::Error),
    /// Something else than a document.
    #[error("the answer is {0}")]
    Status(StatusCode),
    /// Too long, or no text.
    #[error("the answer is too long or no text")]
    Body,
    /// Too slow.
    #[error("no answer in time")]
    Slow,
}

/// The text at an address of the loopback; `connect` stands in for a host that is none of the loopback's names.
pub(in crate::identity_provider) async fn fetch(
    address: &Url,
    connect: Option<SocketAddr>,
) -> Result<String, FetchError> {
    tokio::time::timeout(PATIENCE, get(address, connect)).await.map_err(|_| FetchError::Slow)?
}

async fn get(address: &Url, connect: Option<SocketAddr>) -> Result<String, FetchError> {
    let port = address.port_or_known_default().unwrap_or(80);
    let peer = connect
        .or_else(|| Some(SocketAddr::new(loopback(address)?, port)))
        .filter(|peer| peer.ip().is_loopback() && address.scheme() == "http")
        .ok_or(FetchError::NotLoopback)?;
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(TcpStream::connect(peer).await?)).await?;
    // It ends with the sender or with the server; the request then fails and says so.
    let running = tokio::spawn(async move { drop(connection.await) });
    let host = address.host_str().unwrap_or_default();
    let host = address.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let target = address
        .query()
        .map_or_else(|| address.path().to_owned(), |q| format!("{}?{q}", address.path()));
    let request = Request::get(target).header(header::HOST, host).body(Empty::<Bytes>::new())?;
    let response = sender.send_request(request).await?;
    if response.status() != StatusCode::OK {
        return Err(FetchError::Status(response.status()));
    }
    let body = Limited::new(response.into_body(), LARGEST).collect().await;
    let bytes = body.map_err(|_| FetchError::Body)?.to_bytes();
    running.abort();
    String::from_utf8(bytes.to_vec()).map_err(|_| FetchError::Body)
}

/// The loopback address that a browser knows behind a name.
fn loopback(address: &Url) -> Option<IpAddr> {
    match address.host()? {
        Host::Domain(name) if name == "localhost" || name.ends_with(".localhost") => {
            Some(Ipv4Addr::LOCALHOST.into())
        }
        Host::Domain(_) => None,
        Host::Ipv4(ip) => Some(ip.into()),
        Host::Ipv6(ip) => Some(ip.into()),
    }
}
