//! The mails received so far, in memory and, where asked for, on disk.

use super::{received::ReceivedMail, stored_file};
use std::{
    io,
    path::PathBuf,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::watch;

/// All mails of one server.
pub(super) struct Mailbox {
    dir: Option<PathBuf>,
    last: AtomicU64,
    mails: Mutex<Vec<ReceivedMail>>,
    arrivals: watch::Sender<()>,
}

impl Mailbox {
    /// An empty mailbox, or what the folder holds.
    pub(super) async fn open(dir: Option<PathBuf>) -> io::Result<Self> {
        let mails = match &dir {
            Some(dir) => stored_file::read_all(dir).await?,
            None => Vec::new(),
        };
        let last = mails.last().map_or(0, |mail| mail.sequence);
        Ok(Self {
            dir,
            last: AtomicU64::new(last),
            mails: Mutex::new(mails),
            arrivals: watch::Sender::new(()),
        })
    }

    /// Keeps one mail and tells who waits; the file is there before this returns.
    pub(super) async fn deliver(&self, mail: ReceivedMail) -> io::Result<()> {
        let sequence = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let mail = ReceivedMail { sequence, ..mail };
        if let Some(dir) = &self.dir {
            stored_file::write(dir, &mail).await?;
        }
        let mut mails = self.lock();
        let place = mails.partition_point(|other| other.sequence < sequence);
        mails.insert(place, mail);
        drop(mails);
        self.arrivals.send_replace(());
        Ok(())
    }

    /// Copies of all mails, oldest first.
    pub(super) fn all(&self) -> Vec<ReceivedMail> {
        self.lock().clone()
    }

    /// What `of` makes of the mails that fit, oldest first; the mails themselves are not copied.
    pub(super) fn select<T>(&self, of: impl Fn(&ReceivedMail) -> Option<T>) -> Vec<T> {
        self.lock().iter().filter_map(of).collect()
    }

    /// A copy of the first mail that fits.
    pub(super) fn find(&self, fits: impl Fn(&ReceivedMail) -> bool) -> Option<ReceivedMail> {
        self.lock().iter().find(|mail| fits(mail)).cloned()
    }

    /// Forgets the mails in memory; files stay.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    /// Waits until a mail fits; the caller sets the limit of time.
    pub(super) async fn wait_for(&self, fits: impl Fn(&ReceivedMail) -> bool) -> ReceivedMail {
        let mut arrivals = self.arrivals.subscribe();
        loop {
            if let Some(mail) = self.find(&fits) {
                return mail;
            }
            if arrivals.changed().await.is_err() {
                // The sender lives in `self`, so this cannot happen; never spin if it does.
                std::future::pending::<()>().await;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<ReceivedMail>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
