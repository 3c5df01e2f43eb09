//! The product on a port of the loopback, where the simulators' invented families walk it.

use crate::app::{Options, TestApp};
use simulators::families::Portal;
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};
use tokio::net::TcpListener;
use tracing::{instrument::WithSubscriber as _, subscriber::NoSubscriber};

const BETWEEN_JOBS: Duration = Duration::from_millis(20);

/// The running product and its port.
pub struct Loopback {
    /// The product.
    pub app: TestApp,
    port: u16,
}

impl Loopback {
    /// Starts it on a free port.
    pub async fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let public_url = format!("http://localhost:{port}");
        let app = TestApp::start_with(Options { public_url, ..Options::default() }).await;
        let service = app.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { app, port }
    }

    /// A comune at its path, with the mailbox of this product.
    pub fn portal(&self, slug: &str) -> Portal {
        let url = |text: String| text.parse().expect("an address");
        let start = url(format!("http://localhost:{}/", self.port));
        let mailbox = self.app.sink.http_addr().expect("the mail server shows its mails");
        let mailbox = url(format!("http://{mailbox}/"));
        Portal::of_tenant(&start, &mailbox, slug).expect("a slug makes an address")
    }

    /// Does jobs as they come for as long as the walk lasts; what the walkers log is their own.
    pub async fn while_working<T>(&self, walk: impl Future<Output = T>) -> T {
        let jobs = async {
            loop {
                let found = self.app.worker.work_one().await.expect("the queue can be read");
                if !found {
                    tokio::time::sleep(BETWEEN_JOBS).await;
                }
            }
        };
        tokio::select! {
            walked = walk.with_subscriber(NoSubscriber::default()) => walked,
            () = jobs => unreachable!("jobs are done until the walk is over"),
        }
    }
}
