//! The wire to the browser's driver: plain HTTP on the loopback, so that no TLS comes with it.

use async_trait::async_trait;
use axum::body::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, Response, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use std::{sync::Arc, time::Duration};
use support::environment;
use thirtyfour::{
    error::{WebDriverError, WebDriverResult},
    session::http::{Body, HttpClient},
};
use tokio::net::TcpStream;

/// A page that does not load within this time is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// One connection per command: commands are few, and nothing is left behind.
pub struct DriverWire;

#[async_trait]
impl HttpClient for DriverWire {
    async fn send(&self, request: Request<Body<'_>>) -> WebDriverResult<Response<Bytes>> {
        let (mut parts, body) = request.into_parts();
        let body = match body {
            Body::Empty => Bytes::new(),
            Body::Json(value) => Bytes::from(serde_json::to_vec(value)?),
        };
        let authority = environment::chromedriver().replace("http://", "");
        parts.headers.insert(header::HOST, authority.parse().map_err(failed)?);
        let path = parts.uri.path().parse();
        parts.uri = path.map_err(failed)?;
        let request = Request::from_parts(parts, Full::new(body));
        let answer = tokio::time::timeout(PATIENCE, exchange(&authority, request)).await;
        answer.map_err(failed)?
    }

    async fn new(&self) -> Arc<dyn HttpClient> {
        Arc::new(Self)
    }
}

async fn exchange(
    authority: &str,
    request: Request<Full<Bytes>>,
) -> WebDriverResult<Response<Bytes>> {
    let stream = TcpStream::connect(authority).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(failed)?;
    tokio::spawn(connection);
    let (parts, body) = sender.send_request(request).await.map_err(failed)?.into_parts();
    let bytes = body.collect().await.map_err(failed)?.to_bytes();
    Ok(Response::from_parts(parts, bytes))
}

fn failed(error: impl std::fmt::Display) -> WebDriverError {
    WebDriverError::RequestFailed(error.to_string())
}
