//! The product on a port of the loopback, with its jobs done while somebody looks at it.

use axum::Router;
use simulators::smtp::ReceivedMail;
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};
use support::app::{Options, TestApp};
use tokio::{
    net::TcpListener,
    sync::{Mutex, oneshot},
    task::JoinHandle,
};
use tracing::{instrument::WithSubscriber as _, subscriber::NoSubscriber};

const MAIL_COMES_WITHIN: Duration = Duration::from_secs(20);
const BETWEEN_JOBS: Duration = Duration::from_millis(100);

/// The running product and its address.
pub struct Portal {
    /// The product.
    pub app: TestApp,
    /// Its address: browsers trust `localhost` with secure cookies.
    pub address: String,
    /// What browsers reach it by.
    pub line: Line,
}

/// The way to the product, which can be cut and mended.
pub struct Line {
    port: u16,
    router: Router,
    running: Mutex<Option<(oneshot::Sender<()>, JoinHandle<()>)>>,
}

impl Line {
    fn lay(listener: TcpListener, router: Router) -> Self {
        let port = listener.local_addr().expect("a bound port").port();
        let running = Mutex::new(Some(serve(listener, router.clone())));
        Self { port, router, running }
    }

    /// Nobody is reached any more; who is being answered is answered to the end.
    pub async fn cut(&self) {
        let running = self.running.lock().await.take();
        let (stop, done) = running.expect("it was whole");
        drop(stop);
        done.await.expect("the server ends");
    }

    /// Everybody is reached again, at the same address.
    pub async fn mend(&self) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await;
        let again = serve(listener.expect("the port is free again"), self.router.clone());
        *self.running.lock().await = Some(again);
    }
}

fn serve(listener: TcpListener, router: Router) -> (oneshot::Sender<()>, JoinHandle<()>) {
    let (stop, stopped) = oneshot::channel::<()>();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async {
        drop(stopped.await);
    });
    (stop, tokio::spawn(async move { serving.await.expect("it serves") }))
}

impl Portal {
    /// Starts it on a free port.
    pub async fn open() -> Self {
        Self::open_with(Router::new()).await
    }

    /// The same with pages of a test's own beside it.
    pub async fn open_with(beside: Router) -> Self {
        Self::open_as(beside, |options| options).await
    }

    /// The same with other options.
    pub async fn open_as(beside: Router, change: impl FnOnce(Options) -> Options) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let port = listener.local_addr().expect("a bound port").port();
        let address = format!("http://localhost:{port}");
        let options = Options { public_url: address.clone(), ..Options::default() };
        let app = TestApp::start_with(change(options)).await;
        let router = beside.fallback_service(app.router.clone());
        Self { app, address, line: Line::lay(listener, router) }
    }

    /// Does jobs as they come for as long as the visit lasts.
    ///
    /// What the browser's driver logs is the test's own, with all that was typed: it is not the product's log.
    pub async fn while_working<T>(&self, visit: impl Future<Output = T>) -> T {
        let jobs = async {
            loop {
                self.app.work().await;
                tokio::time::sleep(BETWEEN_JOBS).await;
            }
        };
        tokio::select! {
            done = visit.with_subscriber(NoSubscriber::default()) => done,
            () = jobs => unreachable!("jobs are done until the visit is over"),
        }
    }

    /// What is found in the newest mail to an address that has it, as soon as it came.
    pub async fn mailed<T>(&self, to: &str, find: impl Fn(&ReceivedMail) -> Option<T>) -> T {
        let arrival = async {
            loop {
                let mut mails = self.app.sink.messages();
                mails.retain(|mail| mail.to.iter().any(|known| known == to));
                if let Some(found) = mails.iter().rev().find_map(&find) {
                    return found;
                }
                tokio::time::sleep(BETWEEN_JOBS).await;
            }
        };
        let found = tokio::time::timeout(MAIL_COMES_WITHIN, arrival).await;
        found.expect("the mail comes while somebody waits for it")
    }
}
