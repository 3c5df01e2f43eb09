//! The product behind TLS on a port of the loopback, as an ingress serves it: some clients keep secure cookies to TLS.

use crate::app::{Options, TestApp};
use simulators::certificate::{self, Certificate};
use std::net::{Ipv4Addr, SocketAddr};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};

/// The running product, and what its clients need to trust it.
pub struct TlsFront {
    /// The product.
    pub app: TestApp,
    /// Its address, without a slash at the end.
    pub url: String,
    /// The authority that vouches for it, PEM.
    pub authority: String,
}

impl TlsFront {
    /// Starts it; the comuni are reached by their paths.
    pub async fn open() -> Self {
        let Certificate { acceptor, root_pem } = certificate::generate().expect("a certificate");
        let (front, behind) = (listener().await, listener().await);
        let port = front.local_addr().expect("a bound port").port();
        let url = format!("https://localhost:{port}");
        let app = TestApp::start_with(Options { public_url: url.clone(), ..Options::default() });
        let app = app.await;
        for slug in ["alfa", "beta"] {
            let mut bundle = TestApp::bundle(slug);
            bundle.settings.access.hosts.clear();
            app.apply(slug, &bundle).await;
        }
        let inner = behind.local_addr().expect("a bound port");
        let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(behind, service).await });
        tokio::spawn(async move {
            loop {
                let (stream, _) = front.accept().await.expect("a listening port");
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // A client that goes away in the middle says so itself.
                    let Ok(mut outside) = acceptor.accept(stream).await else { return };
                    let mut inside = TcpStream::connect(inner).await.expect("the product listens");
                    drop(copy_bidirectional(&mut outside, &mut inside).await);
                });
            }
        });
        Self { app, url, authority: root_pem }
    }
}

async fn listener() -> TcpListener {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port")
}
