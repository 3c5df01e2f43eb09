//! Received mails as `.eml` files, so that a demo can be looked at after it ended.

use super::received::{ReceivedMail, header_addresses};
use std::{io, path::Path};

/// Longest part of the file name that comes from the subject.
const MAX_STEM: usize = 40;

/// Writes one mail; the file appears whole or not at all.
pub(super) async fn write(dir: &Path, mail: &ReceivedMail) -> io::Result<()> {
    let path = dir.join(file_name(mail));
    let partial = path.with_extension("part");
    tokio::fs::write(&partial, &mail.raw).await?;
    tokio::fs::rename(partial, path).await
}

/// Reads the mails that an earlier run left, in their order.
pub(super) async fn read_all(dir: &Path) -> io::Result<Vec<ReceivedMail>> {
    tokio::fs::create_dir_all(dir).await?;
    let mut entries = tokio::fs::read_dir(dir).await?;
    let mut mails = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        if let Some(sequence) = sequence_of(&entry.path()) {
            let raw = tokio::fs::read(entry.path()).await?;
            // The envelope is not in the file; the header names the same people here.
            let (from, to) = header_addresses(&raw);
            let mail = ReceivedMail::parse(from, to, raw);
            mails.extend(mail.map(|mail| ReceivedMail { sequence, ..mail }));
        }
    }
    mails.sort_by_key(|mail| mail.sequence);
    Ok(mails)
}

fn sequence_of(path: &Path) -> Option<u64> {
    let name = path.file_name()?.to_str()?.strip_suffix(".eml")?;
    name.split('-').next()?.parse().ok()
}

fn file_name(mail: &ReceivedMail) -> String {
    let mut stem = String::new();
    for c in mail.subject.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        if stem.len() >= MAX_STEM {
            break;
        }
    }
    match stem.trim_matches('-') {
        "" => format!("{:04}.eml", mail.sequence),
        stem => format!("{:04}-{stem}.eml", mail.sequence),
    }
}

#[cfg(test)]
mod tests {
    use super::{read_all, write};
    use crate::smtp::ReceivedMail;

    fn mail(sequence: u64, subject: &str) -> ReceivedMail {
        let raw = format!("From: a@example.it\r\nTo: b@example.it\r\nSubject: {subject}\r\n\r\nx");
        let mail = ReceivedMail::parse(String::new(), Vec::new(), raw.into_bytes()).unwrap();
        ReceivedMail { sequence, ..mail }
    }

    #[tokio::test]
    async fn what_was_written_is_read_again_in_order() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &mail(12, "../Iscrizione: inviata!")).await.unwrap();
        write(dir.path(), &mail(2, "!!")).await.unwrap();
        assert!(dir.path().join("0012-iscrizione-inviata.eml").exists());
        assert!(dir.path().join("0002.eml").exists());
        let mails = read_all(dir.path()).await.unwrap();
        assert_eq!(mails.iter().map(|mail| mail.sequence).collect::<Vec<_>>(), [2, 12]);
        assert_eq!(mails[1].to, ["b@example.it"]);
    }
}
