//! The commands a client may send, parsed strictly.

/// One command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Ehlo,
    Helo,
    Mail(MailFrom),
    Rcpt(String),
    Data,
    Rset,
    Noop,
    Quit,
    StartTls,
    /// `AUTH PLAIN`, with the initial response where the client sent one.
    AuthPlain(Option<String>),
    /// A known command with a wrong argument.
    BadArgument,
    /// A parameter or mechanism that is not offered.
    BadParameter,
    Unknown,
}

/// What `MAIL FROM` announced.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct MailFrom {
    pub(super) address: String,
    pub(super) size: Option<usize>,
    pub(super) eight_bit: bool,
    pub(super) utf8: bool,
}

impl Command {
    /// Parses one line without its end.
    pub(super) fn parse(line: &str) -> Self {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim_end();
        match (verb.to_ascii_uppercase().as_str(), rest) {
            ("EHLO" | "HELO", "") => Self::BadArgument,
            ("EHLO", _) => Self::Ehlo,
            ("HELO", _) => Self::Helo,
            ("MAIL", _) => mail(rest),
            ("RCPT", _) => rcpt(rest),
            ("DATA", "") => Self::Data,
            ("RSET", "") => Self::Rset,
            ("NOOP", _) => Self::Noop,
            ("QUIT", "") => Self::Quit,
            ("STARTTLS", "") => Self::StartTls,
            ("AUTH", _) => auth(rest),
            ("DATA" | "RSET" | "QUIT" | "STARTTLS", _) => Self::BadArgument,
            _ => Self::Unknown,
        }
    }
}

fn mail(rest: &str) -> Command {
    let Some((address, parameters)) = path(rest, "FROM:") else { return Command::BadArgument };
    let mut from = MailFrom { address, ..MailFrom::default() };
    for parameter in parameters.split_ascii_whitespace() {
        let parameter = parameter.to_ascii_uppercase();
        match parameter.as_str() {
            "BODY=7BIT" => {}
            "BODY=8BITMIME" => from.eight_bit = true,
            "SMTPUTF8" => from.utf8 = true,
            other => match other.strip_prefix("SIZE=").map(str::parse) {
                Some(Ok(size)) => from.size = Some(size),
                _ => return Command::BadParameter,
            },
        }
    }
    Command::Mail(from)
}

fn rcpt(rest: &str) -> Command {
    match path(rest, "TO:") {
        Some((address, "")) if !address.is_empty() => Command::Rcpt(address),
        Some((address, _)) if !address.is_empty() => Command::BadParameter,
        _ => Command::BadArgument,
    }
}

fn auth(rest: &str) -> Command {
    let (mechanism, response) = rest.split_once(' ').unwrap_or((rest, ""));
    if !mechanism.eq_ignore_ascii_case("PLAIN") {
        return Command::BadParameter;
    }
    Command::AuthPlain(Some(response.to_owned()).filter(|response| !response.is_empty()))
}

/// Address in angle brackets after the keyword, and the parameters behind it.
fn path<'line>(rest: &'line str, keyword: &str) -> Option<(String, &'line str)> {
    let (head, tail) = rest.split_at_checked(keyword.len())?;
    if !head.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let (address, parameters) = tail.strip_prefix('<')?.split_once('>')?;
    let spaced = parameters.is_empty() || parameters.starts_with(' ');
    let plausible = address.is_empty()
        || address.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && !domain.is_empty() && !domain.contains('@')
        });
    let strange = |c: char| c.is_whitespace() || c.is_control() || c == '<';
    (spaced && plausible && !address.contains(strange))
        .then(|| (address.to_owned(), parameters.trim()))
}

#[cfg(test)]
mod tests {
    use super::{Command, MailFrom};

    #[test]
    fn reads_addresses_with_their_parameters() {
        let expected = MailFrom {
            address: "ufficio@example.it".to_owned(),
            size: Some(12),
            eight_bit: true,
            utf8: false,
        };
        let line = "mail from:<ufficio@example.it> BODY=8BITMIME SIZE=12";
        assert_eq!(Command::parse(line), Command::Mail(expected));
        assert_eq!(Command::parse("MAIL FROM:<>"), Command::Mail(MailFrom::default()));
        let to = Command::Rcpt("anna.prova@example.it".to_owned());
        assert_eq!(Command::parse("RCPT TO:<anna.prova@example.it>"), to);
    }

    #[test]
    fn refuses_what_is_no_single_address() {
        for line in [
            "RCPT TO:<>",
            "RCPT TO:anna@example.it",
            "RCPT TO:<a@b@c>",
            "RCPT TO:<a@example.it",
            "RCPT TO:<a b@example.it>",
            "RCPT TO:<a@example.it>,<b@example.it>",
            "MAIL FROM:<a\r@example.it>",
        ] {
            assert_eq!(Command::parse(line), Command::BadArgument, "{line}");
        }
        assert_eq!(Command::parse("RCPT TO:<a@example.it> X=1"), Command::BadParameter);
        assert_eq!(Command::parse("TURN"), Command::Unknown);
    }
}
