//! Bytes on the connection: command lines, replies and message data, each with its limit.

use std::io;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

/// Longest command line, with the room that extensions ask for.
const MAX_COMMAND: usize = 4096;
/// Longest line of a message: RFC 5321 §4.5.3.1.6, plus one stuffed dot.
const MAX_TEXT_LINE: usize = 1001;

/// Plain or encrypted.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection with what was read ahead.
pub(super) type Connection = BufReader<Box<dyn Stream>>;

/// One line, without its end.
enum Line {
    Ended { bytes: Vec<u8>, with_cr: bool },
    TooLong,
    Closed,
}

/// One command line as received.
pub(super) enum CommandLine {
    Text(String),
    /// Longer than allowed, or not UTF-8.
    Bad,
    Closed,
}

/// What came after `DATA`.
pub(super) enum MessageData {
    /// The message, dots unstuffed, lines ended by CR LF.
    Whole(Vec<u8>),
    /// Larger than the server accepts.
    TooBig,
    /// A line longer than RFC 5321 allows.
    LineTooLong,
    /// A CR or LF alone, with which two servers can be made to see different messages.
    BareLineEnd,
    Closed,
}

/// Reads one command.
pub(super) async fn read_command(connection: &mut Connection) -> io::Result<CommandLine> {
    Ok(match read_line(connection, MAX_COMMAND).await? {
        Line::Ended { bytes, .. } => {
            String::from_utf8(bytes).map_or(CommandLine::Bad, CommandLine::Text)
        }
        Line::TooLong => CommandLine::Bad,
        Line::Closed => CommandLine::Closed,
    })
}

/// Reads a message up to the line that holds a single dot.
pub(super) async fn read_message(
    connection: &mut Connection,
    max_size: usize,
) -> io::Result<MessageData> {
    let mut message = Vec::new();
    let (mut too_big, mut line_too_long) = (false, false);
    loop {
        let bytes = match read_line(connection, MAX_TEXT_LINE).await? {
            Line::Ended { with_cr: false, .. } => return Ok(MessageData::BareLineEnd),
            Line::Ended { bytes, .. } if bytes.contains(&b'\r') => {
                return Ok(MessageData::BareLineEnd);
            }
            Line::Ended { bytes, .. } => bytes,
            Line::TooLong => {
                line_too_long = true;
                continue;
            }
            Line::Closed => return Ok(MessageData::Closed),
        };
        if bytes == b"." {
            break;
        }
        let line = bytes.strip_prefix(b".").unwrap_or(&bytes);
        too_big = too_big || message.len() + line.len() + 2 > max_size;
        if !too_big {
            message.extend_from_slice(line);
            message.extend_from_slice(b"\r\n");
        }
    }
    Ok(match (too_big, line_too_long) {
        (true, _) => MessageData::TooBig,
        (_, true) => MessageData::LineTooLong,
        _ => MessageData::Whole(message),
    })
}

/// Sends one reply of one or more lines.
pub(super) async fn reply(
    connection: &mut Connection,
    code: u16,
    lines: &[&str],
) -> io::Result<()> {
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        let mark = if index + 1 == lines.len() { " " } else { "-" };
        text.extend([&code.to_string(), mark, line, "\r\n"]);
    }
    connection.get_mut().write_all(text.as_bytes()).await?;
    connection.get_mut().flush().await
}

/// Reads up to the next LF; of a line beyond the limit nothing is kept.
async fn read_line(connection: &mut Connection, limit: usize) -> io::Result<Line> {
    let mut bytes = Vec::new();
    let mut too_long = false;
    loop {
        let available = connection.fill_buf().await?;
        if available.is_empty() {
            return Ok(Line::Closed);
        }
        let end = available.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(available.len(), |end| end + 1);
        too_long = too_long || bytes.len() + used > limit;
        if !too_long {
            bytes.extend(available.iter().take(used));
        }
        connection.consume(used);
        if end.is_some() {
            break;
        }
    }
    if too_long {
        return Ok(Line::TooLong);
    }
    bytes.pop();
    let with_cr = bytes.pop_if(|last| *last == b'\r').is_some();
    Ok(Line::Ended { bytes, with_cr })
}

#[cfg(test)]
mod tests {
    use super::{Connection, MessageData, read_message};
    use tokio::io::BufReader;

    async fn read(input: &'static [u8], max_size: usize) -> MessageData {
        let stream = tokio::io::join(input, tokio::io::sink());
        let mut connection: Connection = BufReader::with_capacity(7, Box::new(stream));
        read_message(&mut connection, max_size).await.unwrap()
    }

    #[tokio::test]
    async fn dots_are_unstuffed_and_the_end_is_found() {
        let data = read(b"a\r\n..\r\n...b\r\n.\r\nQUIT\r\n", 100).await;
        assert!(matches!(data, MessageData::Whole(bytes) if bytes == b"a\r\n.\r\n..b\r\n"));
    }

    #[tokio::test]
    async fn only_crlf_ends_a_line() {
        assert!(matches!(read(b"a\n.\r\nMAIL", 100).await, MessageData::BareLineEnd));
        assert!(matches!(read(b"a\r\n.\nMAIL", 100).await, MessageData::BareLineEnd));
        assert!(matches!(read(b"a\rb\r\n.\r\n", 100).await, MessageData::BareLineEnd));
    }

    #[tokio::test]
    async fn limits_hold_and_an_early_end_is_no_message() {
        assert!(matches!(read(b"0123456789\r\n.\r\n", 11).await, MessageData::TooBig));
        assert!(matches!(read(b"0123456789\r\n.\r\n", 12).await, MessageData::Whole(_)));
        assert!(matches!(read(b"0123\r\n", 100).await, MessageData::Closed));
        let long: &'static [u8] = Box::leak(vec![b'x'; 1200].into_boxed_slice());
        let line: &'static [u8] = Box::leak([long, b"\r\n.\r\n"].concat().into_boxed_slice());
        assert!(matches!(read(line, 9000).await, MessageData::LineTooLong));
    }
}
