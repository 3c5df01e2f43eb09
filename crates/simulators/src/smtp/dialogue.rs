//! One connection, from the greeting to the end.

use super::{
    command::{Command, MailFrom},
    failure::{Failure, Moment},
    received::ReceivedMail,
    sink::{Encryption, Shared},
    wire::{CommandLine, Connection, MessageData, Stream, read_command, read_message, reply},
};
use base64::Engine as _;
use std::{io, ops::ControlFlow, sync::Arc};
use tokio::{io::BufReader, net::TcpStream, time::timeout};
use tokio_rustls::TlsAcceptor;

/// Most recipients of one message.
const MAX_RECIPIENTS: usize = 100;

/// Why the dialogue stops being read from this connection.
enum Pause {
    /// For good.
    Close,
    /// To go on encrypted.
    StartTls,
}

type Step = io::Result<ControlFlow<Pause>>;

const GO_ON: Step = Ok(ControlFlow::Continue(()));
const CLOSE: Step = Ok(ControlFlow::Break(Pause::Close));

struct Dialogue {
    shared: Arc<Shared>,
    greeted: bool,
    encrypted: bool,
    authenticated: bool,
    transaction: Option<Transaction>,
}

struct Transaction {
    from: MailFrom,
    to: Vec<String>,
}

/// Serves one client; whatever the network does ends the connection, never the server.
pub(super) async fn run(stream: TcpStream, shared: Arc<Shared>) {
    let acceptor = shared.certificate.as_ref().map(|certificate| certificate.acceptor.clone());
    let implicit = shared.options.encryption == Encryption::Implicit;
    let mut dialogue = Dialogue::new(shared);
    let mut stream: Box<dyn Stream> = Box::new(stream);
    let mut greet = true;
    if implicit && let Some(acceptor) = &acceptor {
        let Ok(encrypted) = acceptor.accept(stream).await else { return };
        stream = Box::new(encrypted);
        dialogue.encrypted = true;
    }
    while let Ok((Pause::StartTls, plain)) = dialogue.talk(stream, greet).await {
        let Some(encrypted) = upgrade(acceptor.as_ref(), plain).await else { return };
        stream = encrypted;
        dialogue = Dialogue { encrypted: true, ..Dialogue::new(dialogue.shared) };
        greet = false;
    }
}

/// The encrypted stream, unless the client spoke ahead: those bytes could be an attacker's.
async fn upgrade(acceptor: Option<&TlsAcceptor>, plain: Connection) -> Option<Box<dyn Stream>> {
    if !plain.buffer().is_empty() {
        return None;
    }
    let encrypted = acceptor?.accept(plain.into_inner()).await.ok()?;
    Some(Box::new(encrypted))
}

impl Dialogue {
    fn new(shared: Arc<Shared>) -> Self {
        Self { shared, greeted: false, encrypted: false, authenticated: false, transaction: None }
    }

    /// Answers commands until the connection closes or changes.
    async fn talk(
        &mut self,
        stream: Box<dyn Stream>,
        greet: bool,
    ) -> io::Result<(Pause, Connection)> {
        let mut connection = BufReader::new(stream);
        if greet {
            reply(&mut connection, 220, &["mail-simulator ESMTP"]).await?;
        }
        loop {
            let limit = self.shared.options.idle_timeout;
            let Ok(line) = timeout(limit, read_command(&mut connection)).await else {
                reply(&mut connection, 421, &["4.4.2 too slow"]).await?;
                return Ok((Pause::Close, connection));
            };
            let step = match line? {
                CommandLine::Text(line) => {
                    self.answer(&mut connection, Command::parse(&line)).await?
                }
                CommandLine::Bad => {
                    reply(&mut connection, 500, &["5.5.2 unreadable line"]).await?;
                    ControlFlow::Continue(())
                }
                CommandLine::Closed => ControlFlow::Break(Pause::Close),
            };
            if let ControlFlow::Break(pause) = step {
                return Ok((pause, connection));
            }
        }
    }

    async fn answer(&mut self, connection: &mut Connection, command: Command) -> Step {
        let (code, text) = match command {
            Command::Ehlo => return self.greet(connection).await,
            Command::Helo => {
                self.greeted = true;
                self.transaction = None;
                (250, "mail-simulator")
            }
            Command::StartTls => return self.start_tls(connection).await,
            Command::AuthPlain(response) => return self.authenticate(connection, response).await,
            Command::Mail(from) => self.mail(from),
            Command::Rcpt(to) => self.rcpt(to),
            Command::Data => return self.data(connection).await,
            Command::Rset => {
                self.transaction = None;
                (250, "2.0.0 forgotten")
            }
            Command::Noop => (250, "2.0.0 still here"),
            Command::Quit => {
                reply(connection, 221, &["2.0.0 goodbye"]).await?;
                return CLOSE;
            }
            Command::BadArgument => (501, "5.5.4 bad argument"),
            Command::BadParameter => (555, "5.5.4 parameter not offered"),
            Command::Unknown => (500, "5.5.1 unknown command"),
        };
        reply(connection, code, &[text]).await?;
        if code == 421 { CLOSE } else { GO_ON }
    }

    async fn greet(&mut self, connection: &mut Connection) -> Step {
        self.greeted = true;
        self.transaction = None;
        let size = format!("SIZE {}", self.shared.options.max_size);
        let mut lines = vec![
            "mail-simulator",
            &size,
            "8BITMIME",
            "SMTPUTF8",
            "PIPELINING",
            "ENHANCEDSTATUSCODES",
        ];
        if self.shared.certificate.is_some() && !self.encrypted {
            lines.push("STARTTLS");
        } else if self.shared.options.credentials.is_some() {
            lines.push("AUTH PLAIN");
        }
        reply(connection, 250, &lines).await?;
        GO_ON
    }

    async fn start_tls(&mut self, connection: &mut Connection) -> Step {
        if self.shared.certificate.is_none() || self.encrypted {
            reply(connection, 503, &["5.5.1 not offered"]).await?;
            return GO_ON;
        }
        reply(connection, 220, &["2.0.0 go ahead"]).await?;
        Ok(ControlFlow::Break(Pause::StartTls))
    }

    async fn authenticate(
        &mut self,
        connection: &mut Connection,
        response: Option<String>,
    ) -> Step {
        let response = if let Some(response) = response {
            response
        } else {
            reply(connection, 334, &[""]).await?;
            match read_command(connection).await? {
                CommandLine::Text(line) => line,
                CommandLine::Bad => String::new(),
                CommandLine::Closed => return CLOSE,
            }
        };
        let presented = base64::engine::general_purpose::STANDARD.decode(response);
        let wanted = self.shared.options.credentials.as_ref();
        self.authenticated = wanted.is_some_and(|(user, password)| {
            presented.is_ok_and(|bytes| bytes == format!("\0{user}\0{password}").into_bytes())
        });
        let answer = if self.authenticated { (235, "2.7.0 welcome") } else { (535, "5.7.8 no") };
        reply(connection, answer.0, &[answer.1]).await?;
        GO_ON
    }

    fn mail(&mut self, from: MailFrom) -> (u16, &'static str) {
        if !self.greeted || self.transaction.is_some() {
            return (503, "5.5.1 not now");
        }
        if self.shared.options.credentials.is_some() && !self.authenticated {
            return (530, "5.7.0 authenticate first");
        }
        if from.size.is_some_and(|size| size > self.shared.options.max_size) {
            return (552, "5.3.4 too big");
        }
        if !from.utf8 && !from.address.is_ascii() {
            return (553, "5.6.7 needs SMTPUTF8");
        }
        if let Some(Failure::Sender(code)) = self.shared.strike(Moment::Sender, &[]) {
            return (code, "sender refused as scripted");
        }
        self.transaction = Some(Transaction { from, to: Vec::new() });
        (250, "2.1.0 sender fine")
    }

    fn rcpt(&mut self, to: String) -> (u16, &'static str) {
        let Some(transaction) = &mut self.transaction else { return (503, "5.5.1 MAIL first") };
        if transaction.to.len() >= MAX_RECIPIENTS {
            return (452, "4.5.3 too many");
        }
        if !transaction.from.utf8 && !to.is_ascii() {
            return (553, "5.6.7 needs SMTPUTF8");
        }
        let failure = self.shared.strike(Moment::Recipient, std::slice::from_ref(&to));
        if let Some(Failure::Recipient(code)) = failure {
            return (code, "recipient refused as scripted");
        }
        transaction.to.push(to);
        (250, "2.1.5 recipient fine")
    }

    async fn data(&mut self, connection: &mut Connection) -> Step {
        let Some(transaction) = self.transaction.take_if(|transaction| !transaction.to.is_empty())
        else {
            reply(connection, 503, &["5.5.1 RCPT first"]).await?;
            return GO_ON;
        };
        reply(connection, 354, &["end with a dot"]).await?;
        let max_size = self.shared.options.max_size;
        let limit = self.shared.options.idle_timeout;
        let Ok(data) = timeout(limit, read_message(connection, max_size)).await else {
            reply(connection, 421, &["4.4.2 too slow"]).await?;
            return CLOSE;
        };
        let (code, text) = match data? {
            MessageData::Whole(raw) if !transaction.from.eight_bit && !raw.is_ascii() => {
                (554, "5.6.1 eight-bit data was not announced")
            }
            MessageData::Whole(raw) => return self.finish(connection, transaction, raw).await,
            MessageData::TooBig => (552, "5.3.4 too big"),
            MessageData::LineTooLong => (554, "5.6.0 line too long"),
            MessageData::BareLineEnd => {
                reply(connection, 521, &["5.5.2 bare CR or LF"]).await?;
                return CLOSE;
            }
            MessageData::Closed => return CLOSE,
        };
        reply(connection, code, &[text]).await?;
        GO_ON
    }

    /// Keeps the message and says so, unless the script has something else in mind.
    async fn finish(
        &mut self,
        connection: &mut Connection,
        transaction: Transaction,
        raw: Vec<u8>,
    ) -> Step {
        let failure = self.shared.strike(Moment::Message, &transaction.to);
        match failure {
            Some(Failure::Message(code)) => {
                reply(connection, code, &["message refused as scripted"]).await?;
                return if code == 421 { CLOSE } else { GO_ON };
            }
            Some(Failure::CutBeforeReply { kept: false }) => return CLOSE,
            _ => {}
        }
        let Some(mail) = ReceivedMail::parse(transaction.from.address, transaction.to, raw) else {
            reply(connection, 554, &["5.6.0 not a message"]).await?;
            return GO_ON;
        };
        if self.shared.mailbox.deliver(mail).await.is_err() {
            reply(connection, 452, &["4.3.1 cannot store"]).await?;
            return GO_ON;
        }
        match failure {
            Some(Failure::CutBeforeReply { .. }) => return CLOSE,
            Some(Failure::Delay(delay)) => tokio::time::sleep(delay).await,
            _ => {}
        }
        reply(connection, 250, &["2.0.0 kept"]).await?;
        GO_ON
    }
}
