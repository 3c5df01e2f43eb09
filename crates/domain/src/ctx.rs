//! The context of one operation: who, where, when, in which language.

use crate::{
    ids::{DraftId, OfficerId, TenantId},
    locale::Locale,
};
use jiff::Timestamp;

/// Where the present instant comes from.
pub trait Clock: Send + Sync {
    /// The present instant. Read once per request or job.
    fn now(&self) -> Timestamp;
}

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody has signed in.
    Anonymous,
    /// A family whose session opens these drafts and the applications made from them.
    Family {
        /// The drafts this session may open.
        drafts: Vec<DraftId>,
    },
    /// A person of the school office, with second factor.
    Officer(OfficerId),
    /// The platform itself: jobs and the operator's command line.
    Platform,
}

/// Context of one operation. `now` is the instant of arrival and decides deadlines.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// The tenant everything is keyed by.
    pub tenant: TenantId,
    /// Instant of arrival.
    pub now: Timestamp,
    /// Language of the reader.
    pub locale: Locale,
    /// Who acts.
    pub actor: Actor,
}

impl Ctx {
    /// Whether the actor's session opens this draft.
    pub fn may_open(&self, draft: DraftId) -> bool {
        matches!(&self.actor, Actor::Family { drafts } if drafts.contains(&draft))
    }
}
