//! Answering connections. By hand, because `axum::serve` waits for ever for the headers of a slow client.

use crate::stop::{Stop, stopped};
use axum::{Extension, Router, extract::ConnectInfo};
use hyper::server::conn::http1::Builder;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use std::{pin::pin, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::sleep,
};

/// How long a request's headers may take. An idle connection ends after that time too, so that it is longer than the
/// minute for which proxies usually keep one: they must not send into a connection that is being closed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(75);
/// Pause when no connection can be accepted, as when all file descriptors are taken.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// Answers until told to stop, then until the requests in hand are answered.
pub(crate) async fn answer(listener: TcpListener, router: Router, patience: Duration, stop: Stop) {
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stopped(stop.clone()) => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let router = router.clone().layer(Extension(ConnectInfo(peer)));
                    connections.spawn(converse(builder.clone(), stream, router, stop.clone()));
                }
                Err(error) => {
                    tracing::error!(%error, "no connection can be accepted");
                    sleep(AFTER_FAILURE).await;
                }
            },
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// One connection to its end. How it ends is the client's affair.
async fn converse(builder: Builder, stream: TcpStream, router: Router, stop: Stop) {
    let service = TowerToHyperService::new(router);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = connection.as_mut() => return,
        () = stopped(stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

#[cfg(test)]
mod tests {
    use super::answer;
    use axum::{Router, extract::ConnectInfo, routing::get};
    use std::{net::SocketAddr, time::Duration};
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::{TcpListener, TcpStream},
        sync::watch,
        task::JoinHandle,
        time::{sleep, timeout},
    };

    const PATIENCE: Duration = Duration::from_millis(300);

    async fn peer(ConnectInfo(peer): ConnectInfo<SocketAddr>) -> String {
        sleep(PATIENCE * 2).await;
        peer.ip().to_string()
    }

    /// A server with one slow page, what stops it, and a connection to it.
    async fn start() -> (JoinHandle<()>, watch::Sender<bool>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stopper, stop) = watch::channel(false);
        let router = Router::new().route("/", get(peer));
        let server = tokio::spawn(answer(listener, router, PATIENCE, stop));
        (server, stopper, TcpStream::connect(address).await.unwrap())
    }

    #[tokio::test]
    async fn headers_that_do_not_come_to_an_end_end_the_connection() {
        let (_server, _stopper, mut client) = start().await;
        client.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n").await.unwrap();
        let mut answer = Vec::new();
        let ended = timeout(PATIENCE * 10, client.read_to_end(&mut answer)).await;
        assert!(ended.is_ok(), "it is still open");
    }

    #[tokio::test]
    async fn a_request_in_hand_is_answered_before_the_end() {
        let (server, stopper, mut client) = start().await;
        client.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        sleep(PATIENCE / 3).await;
        stopper.send_replace(true);
        let mut answer = String::new();
        timeout(PATIENCE * 10, client.read_to_string(&mut answer)).await.unwrap().unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
        timeout(PATIENCE, server).await.expect("the server ends too").unwrap();
    }
}
