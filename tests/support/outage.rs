//! A way to PostgreSQL that can be cut and mended, as when the database restarts.

use crate::{
    database::{APP, Database},
    environment,
};
use std::net::SocketAddr;
use storage::{Pool, Settings};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::{JoinHandle, JoinSet},
};

/// Forwards connections while it is whole.
pub struct Way {
    here: SocketAddr,
    there: String,
    forwarding: Option<JoinHandle<()>>,
}

impl Way {
    /// A whole way on a port of its own.
    pub async fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let here = listener.local_addr().expect("an address");
        let there = environment::database_address();
        let forwarding = Some(tokio::spawn(forward(listener, there.clone())));
        Self { here, there, forwarding }
    }

    /// A pool of connections that go this way.
    pub fn pool(&self, database: &Database) -> Pool {
        let address = database.url(APP).replacen(&self.there, &self.here.to_string(), 1);
        let settings = Settings { database_url: address.into(), max_connections: 5 };
        Pool::new(&settings).expect("the address is well-formed")
    }

    /// Every connection breaks, and no new one is taken.
    pub async fn cut(&mut self) {
        if let Some(forwarding) = self.forwarding.take() {
            forwarding.abort();
            // Waits until the port is really free.
            drop(forwarding.await);
        }
    }

    /// It is whole again.
    pub async fn mend(&mut self) {
        let listener = TcpListener::bind(self.here).await.expect("the port is free again");
        self.forwarding = Some(tokio::spawn(forward(listener, self.there.clone())));
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        if let Some(forwarding) = &self.forwarding {
            forwarding.abort();
        }
    }
}

/// The connections end with this task.
async fn forward(listener: TcpListener, there: String) {
    let mut connections = JoinSet::new();
    while let Ok((mut near, _)) = listener.accept().await {
        let there = there.clone();
        connections.spawn(async move {
            if let Ok(mut far) = TcpStream::connect(there).await {
                drop(copy_bidirectional(&mut near, &mut far).await);
            }
        });
    }
}
