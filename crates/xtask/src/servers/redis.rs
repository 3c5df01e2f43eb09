//! A private Redis that keeps nothing.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result};

use super::free_port;
use crate::child::{self, Running, StopBy};
use crate::keys::Keys;
use crate::{account, paths};

/// A running Redis.
pub(crate) struct Redis {
    server: Running,
    port: u16,
    password: String,
}

impl Redis {
    /// Starts it with its log in `folder`.
    pub(crate) fn start(folder: &Path, keys: &Keys) -> Result<Self> {
        let program = paths::program("redis-server").context("Redis is not installed")?;
        let port = free_port()?;
        // By way of its input: the list of processes shows arguments.
        let settings = format!(
            "bind {}\nport {port}\nprotected-mode yes\nrequirepass {}\nsave \"\"\nappendonly no\ndir /tmp\n",
            Ipv4Addr::LOCALHOST,
            keys.redis
        );
        let user = account::unprivileged("redis");
        let mut command = child::command(program, user, StopBy::Term);
        command.arg("-").stdin(Stdio::piped());
        let log = folder.join("log/redis.log");
        let mut server = Running::start("Redis", command, &log, StopBy::Term)?;
        server.feed(&settings)?;
        server.wait_until(Duration::from_secs(20), || answers(port))?;
        Ok(Self { server, port, password: keys.redis.clone() })
    }

    /// Fails, with the end of its log, when the server is gone.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.server.check()
    }

    /// Its address, password included.
    pub(crate) fn url(&self) -> String {
        format!("redis://:{}@{}:{}/", self.password, Ipv4Addr::LOCALHOST, self.port)
    }
}

/// Asked without a password, a ready server refuses; that is answer enough.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(b"PING\r\n")?;
        let mut reply = [0; 7];
        stream.read_exact(&mut reply)?;
        Ok(&reply == b"-NOAUTH")
    };
    ask().unwrap_or(false)
}
