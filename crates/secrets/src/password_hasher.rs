//! Passwords people choose: argon2id, a bounded number at a time, off the async threads.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::phc::PasswordHash,
};
use domain::{Entropy, entropy::random_bytes, password};
use std::sync::Arc;
use tokio::{sync::Semaphore, task};
use zeroize::Zeroizing;

/// Memory in KiB, passes, lanes: the floor OWASP recommends; about 20 ms and 19 MiB each.
const PARAMS: (u32, u32, u32) = (19_456, 2, 1);

/// Octets of a salt.
const SALT: usize = 16;

/// Verified when there is no hash, so that an unknown account costs the same work. Nobody knows
/// a password for it.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Y2FtcGFuZWxsYWR1bW15cw$Tm9ib2R5IGhhcyBhIHBhc3N3b3JkIGZvciB0aGlzLiE";

/// Hashes and verifies passwords. Cloning shares the permits.
#[derive(Clone, Debug)]
pub struct PasswordHasher {
    permits: Arc<Semaphore>,
}

/// The work could not be done; the process is ending or short of memory.
#[derive(Debug, thiserror::Error)]
pub enum PasswordHasherError {
    /// The thread that did the work ended.
    #[error("password hashing was cut short")]
    CutShort,
    /// The hash function failed.
    #[error("password hashing failed")]
    Failed,
}

impl PasswordHasher {
    /// At most `permits` hashes at a time (at least one), 19 MiB each; others wait their turn.
    pub fn new(permits: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(permits.max(1))) }
    }

    /// The hash to store, in PHC format, with a fresh salt.
    pub async fn hash(
        &self,
        chosen: &str,
        entropy: &dyn Entropy,
    ) -> Result<String, PasswordHasherError> {
        let salt = random_bytes::<SALT>(entropy);
        let chosen = Zeroizing::new(password::normalised(chosen));
        let hash = move || argon2()?.hash_password_with_salt(chosen.as_bytes(), &salt);
        let hash = self.run(hash).await?.map_err(|_| PasswordHasherError::Failed)?;
        Ok(hash.to_string())
    }

    /// Whether the typed password belongs to the stored hash. Without a hash, or with one that
    /// cannot be read, the same work is done and the answer is no.
    pub async fn verify(
        &self,
        typed: &str,
        stored: Option<&str>,
    ) -> Result<bool, PasswordHasherError> {
        let typed = Zeroizing::new(password::normalised(typed));
        let readable = stored.filter(|stored| PasswordHash::new(stored).is_ok());
        let (known, hash) = (readable.is_some(), readable.unwrap_or(DUMMY).to_owned());
        let verify = move || argon2()?.verify_password(typed.as_bytes(), hash.as_str());
        match self.run(verify).await? {
            Ok(()) => Ok(known),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(_) => Err(PasswordHasherError::Failed),
        }
    }

    /// The permit goes along with the work, so that it holds even when the caller has left.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordHasherError> {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let permit = permit.map_err(|_| PasswordHasherError::CutShort)?;
        let done = task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        done.await.map_err(|_| PasswordHasherError::CutShort)
    }
}

fn argon2() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    let (memory, passes, lanes) = PARAMS;
    let params = Params::new(memory, passes, lanes, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::{DUMMY, PasswordHasher};
    use crate::testing::Seeded;
    use argon2::password_hash::phc::PasswordHash;

    const CHOSEN: &str = "perché no, cavallo?";

    #[tokio::test]
    async fn the_right_password_and_no_other_is_verified() {
        let hasher = PasswordHasher::new(1);
        let stored = hasher.hash(CHOSEN, &Seeded::new(1)).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(hasher.verify(CHOSEN, Some(&stored)).await.unwrap());
        assert!(hasher.verify("perche\u{301} no, cavallo?", Some(&stored)).await.unwrap());
        assert!(!hasher.verify("perche no, cavallo?", Some(&stored)).await.unwrap());
        assert!(!hasher.verify("", Some(&stored)).await.unwrap());
    }

    #[tokio::test]
    async fn equal_passwords_have_different_hashes() {
        let (hasher, entropy) = (PasswordHasher::new(2), Seeded::new(1));
        let first = hasher.hash(CHOSEN, &entropy).await.unwrap();
        assert_ne!(first, hasher.hash(CHOSEN, &entropy).await.unwrap());
    }

    #[tokio::test]
    async fn without_a_hash_the_answer_is_no_after_the_same_work() {
        let hasher = PasswordHasher::new(0);
        assert!(!hasher.verify(CHOSEN, None).await.unwrap());
        assert!(!hasher.verify(CHOSEN, Some("rubbish")).await.unwrap());
        let stored = hasher.hash(CHOSEN, &Seeded::new(1)).await.unwrap();
        let (dummy, real) =
            (PasswordHash::new(DUMMY).unwrap(), PasswordHash::new(&stored).unwrap());
        assert_eq!((dummy.algorithm, dummy.version), (real.algorithm, real.version));
        assert_eq!(dummy.params, real.params);
        assert_eq!(dummy.salt.unwrap().len(), real.salt.unwrap().len());
        assert_eq!(dummy.hash.unwrap().len(), real.hash.unwrap().len());
    }
}
