//! Sessions: opening them, letting them open drafts, ending them.

use crate::{Failure, Platform};
use domain::{
    Ctx,
    ids::{IdentityId, OfficerId, SessionId, TenantId},
};
use jiff::{SignedDuration, Timestamp};
use secrets::Token;
use storage::{
    TenantTx,
    sessions::{self, Grant, Session},
};

/// A session ends after this long without a request.
pub const IDLE: SignedDuration = SignedDuration::from_mins(20);
/// A session ends after this long in any case.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(8);

/// What the browser gets: the token goes into the cookie, only its hash is stored.
#[derive(Debug)]
pub struct Opened {
    /// The new session's token.
    pub token: Token,
}

/// Opens a family session in the caller's transaction. A session the browser already has ends, and the drafts it opened
/// come along: a new id at each sign-in, several children side by side.
pub(crate) async fn open_family(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    previous: Option<&Session>,
    grant: Grant,
) -> Result<Opened, Failure> {
    let mut drafts: Vec<Grant> = previous
        .filter(|session| session.officer.is_none())
        .map(|session| {
            session.drafts.iter().copied().filter(|known| known.draft != grant.draft).collect()
        })
        .unwrap_or_default();
    drafts.push(grant);
    if let Some(previous) = previous {
        sessions::delete(tx, previous.id).await?;
    }
    // A person who is signed in stays so, with whatever else the browser may open.
    let holder = match previous {
        Some(Session { identity: Some(identity), subject_hash, .. }) => {
            Holder::Person { identity: *identity, subject_hash: subject_hash.clone() }
        }
        _ => Holder::Family,
    };
    // Who is signed in does not stay longer for it.
    let latest = previous.filter(|session| session.identity.is_some()).map(|known| known.ends_at);
    insert(ctx, platform, tx, holder, (drafts, latest)).await
}

/// Opens the session of a person who has just signed in with a digital identity. A session the browser already has
/// ends, and nothing of it comes along: it may have been somebody else's.
pub(crate) async fn open_person(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    previous: Option<SessionId>,
    (identity, subject_hash): (IdentityId, Vec<u8>),
) -> Result<Opened, Failure> {
    if let Some(previous) = previous {
        sessions::delete(tx, previous).await?;
    }
    let holder = Holder::Person { identity, subject_hash: Some(subject_hash) };
    insert(ctx, platform, tx, holder, (Vec::new(), None)).await
}

/// Whose session it is.
enum Holder {
    Family,
    Person { identity: IdentityId, subject_hash: Option<Vec<u8>> },
    Officer(OfficerId),
}

/// Opens an officer's session in the caller's transaction.
pub(crate) async fn open_officer(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    officer: OfficerId,
) -> Result<Opened, Failure> {
    insert(ctx, platform, tx, Holder::Officer(officer), (Vec::new(), None)).await
}

async fn insert(
    ctx: &Ctx,
    platform: &Platform,
    tx: &mut TenantTx,
    holder: Holder,
    (drafts, latest): (Vec<Grant>, Option<Timestamp>),
) -> Result<Opened, Failure> {
    let (officer, identity, subject_hash) = match holder {
        Holder::Family => (None, None, None),
        Holder::Person { identity, subject_hash } => (None, Some(identity), subject_hash),
        Holder::Officer(officer) => (Some(officer), None, None),
    };
    let token = Token::new(&*platform.entropy);
    let longest = ctx.now + LONGEST;
    let ends_at = latest.map_or(longest, |latest| latest.min(longest));
    let session = Session {
        id: SessionId::new(ctx.now, &*platform.entropy),
        officer,
        identity,
        subject_hash,
        idle_until: (ctx.now + IDLE).min(ends_at),
        ends_at,
        drafts,
    };
    sessions::insert(tx, &session, &token.hash(), ctx.now).await?;
    Ok(Opened { token })
}

/// The live session behind a token; using it moves the idle limit, at most once a minute.
pub async fn resume(
    platform: &Platform,
    tenant: TenantId,
    token: &Token,
    now: Timestamp,
) -> Result<Option<Session>, Failure> {
    let mut tx = platform.pool.tenant(tenant).await?;
    let Some(mut session) = sessions::find_live(&mut tx, &token.hash(), now).await? else {
        return Ok(None);
    };
    let idle_until = (now + IDLE).min(session.ends_at);
    if idle_until.duration_since(session.idle_until) > SignedDuration::from_mins(1) {
        sessions::update_idle(&mut tx, session.id, idle_until).await?;
        session.idle_until = idle_until;
    }
    tx.commit().await?;
    Ok(Some(session))
}

/// Logout: the session is gone on the server.
pub async fn end(ctx: &Ctx, platform: &Platform, session: SessionId) -> Result<(), Failure> {
    let mut tx = platform.pool.tenant(ctx.tenant).await?;
    sessions::delete(&mut tx, session).await?;
    Ok(tx.commit().await?)
}
