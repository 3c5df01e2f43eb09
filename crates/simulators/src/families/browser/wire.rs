//! One connection to one server of the loopback.

use http_body_util::{BodyExt as _, Full};
use hyper::{
    Request, Response,
    body::Bytes,
    client::conn::http1::{self, SendRequest},
};
use hyper_util::rt::TokioIo;
use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::Duration,
};
use tokio::net::TcpStream;
use url::{Host, Url};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(in crate::families) enum WireError {
    /// Invented families stay on this machine.
    #[error("only http on the loopback is walked")]
    NotLoopback,
    /// Nobody listens.
    #[error("cannot connect")]
    Connect(#[source] io::Error),
    /// The connection broke.
    #[error("the connection broke: {0}")]
    Broken(hyper::Error),
    /// It took too long.
    #[error("no answer within {} s", .0.as_secs())]
    Slow(Duration),
}

/// A connection that is made when it is needed, and again when the server has closed it.
pub(in crate::families) struct Wire {
    peer: SocketAddr,
    host: String,
    patience: Duration,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Wire {
    /// A connection to the server of an address, or to `connect` in its place.
    pub(in crate::families) fn new(
        address: &Url,
        connect: Option<SocketAddr>,
        patience: Duration,
    ) -> Result<Self, WireError> {
        let port = address.port_or_known_default().unwrap_or(80);
        let named = loopback(address).map(|ip| SocketAddr::new(ip, port));
        let peer = connect
            .or(named)
            .filter(|peer| peer.ip().is_loopback())
            .ok_or(WireError::NotLoopback)?;
        let host = address
            .host_str()
            .filter(|_| address.scheme() == "http")
            .ok_or(WireError::NotLoopback)?;
        let host = address.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Ok(Self { peer, host, patience, sender: None })
    }

    /// Value of `Host`.
    pub(in crate::families) fn host(&self) -> &str {
        &self.host
    }

    /// Sends a request and reads the whole answer.
    pub(in crate::families) async fn exchange(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Bytes>, WireError> {
        let patience = self.patience;
        if let Ok(answered) = tokio::time::timeout(patience, self.attempt(request)).await {
            return answered;
        }
        self.sender = None;
        Err(WireError::Slow(patience))
    }

    async fn attempt(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> Result<Response<Bytes>, WireError> {
        let again = request.clone();
        let sender = self.sender().await?;
        let response = match sender.send_request(request).await {
            // It was never sent: the server had closed the connection in the meantime.
            Err(error) if error.is_canceled() => {
                self.sender = None;
                self.sender().await?.send_request(again).await
            }
            answered => answered,
        };
        let (parts, body) = response.map_err(WireError::Broken)?.into_parts();
        let bytes = body.collect().await.map_err(WireError::Broken)?.to_bytes();
        Ok(Response::from_parts(parts, bytes))
    }

    async fn sender(&mut self) -> Result<&mut SendRequest<Full<Bytes>>, WireError> {
        let ready = match &mut self.sender {
            Some(sender) => sender.ready().await.is_ok(),
            None => false,
        };
        if !ready {
            self.sender = None;
        }
        if self.sender.is_none() {
            let stream = TcpStream::connect(self.peer).await.map_err(WireError::Connect)?;
            stream.set_nodelay(true).map_err(WireError::Connect)?;
            let (sender, connection) =
                http1::handshake(TokioIo::new(stream)).await.map_err(WireError::Broken)?;
            // It ends with the sender or with the server; a request then fails and says so.
            tokio::spawn(async move { drop(connection.await) });
            self.sender = Some(sender);
        }
        self.sender.as_mut().ok_or(WireError::NotLoopback)
    }
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

#[cfg(test)]
mod tests {
    use super::{Wire, WireError};
    use std::time::Duration;
    use url::Url;

    fn peer(address: &str, connect: Option<&str>) -> Result<String, WireError> {
        let connect = connect.map(|text| text.parse().unwrap());
        let wire = Wire::new(&Url::parse(address).unwrap(), connect, Duration::from_secs(1))?;
        Ok(format!("{} {}", wire.peer, wire.host()))
    }

    #[test]
    fn names_of_the_loopback_are_known_without_asking_anybody() {
        assert_eq!(
            peer("http://localhost:8080/alfa/", None).unwrap(),
            "127.0.0.1:8080 localhost:8080"
        );
        assert_eq!(peer("http://alfa.localhost/", None).unwrap(), "127.0.0.1:80 alfa.localhost");
        let served = peer("http://servizi.alfa.example:81/", Some("127.0.0.1:9000"));
        assert_eq!(served.unwrap(), "127.0.0.1:9000 servizi.alfa.example:81");
    }

    #[test]
    fn nobody_walks_a_real_portal() {
        for (address, connect) in [
            ("http://iscrizioni.comune.example/", None),
            ("http://192.0.2.1/", None),
            ("https://localhost/", None),
            ("http://localhost/", Some("192.0.2.1:80")),
        ] {
            assert!(matches!(peer(address, connect), Err(WireError::NotLoopback)), "{address}");
        }
    }
}
