//! The tenants in force, found by identifier, path, host or name.

use crate::tenant::Tenant;
use domain::{folding::fold, ids::TenantId};
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

/// All tenants that serve. Readers get a snapshot; replacing one tenant leaves the others alone.
#[derive(Debug, Default)]
pub struct Registry {
    snapshot: RwLock<Arc<Snapshot>>,
    /// Newest version of each tenant that could not be read: looked at once, not at every reload.
    unreadable: RwLock<HashMap<TenantId, i32>>,
    /// Whether the stored tenants have been read at least once.
    loaded: AtomicBool,
}

#[derive(Clone, Debug, Default)]
struct Snapshot {
    tenants: HashMap<TenantId, Arc<Tenant>>,
    slugs: HashMap<String, TenantId>,
    hosts: HashMap<String, TenantId>,
}

impl Registry {
    /// No tenants.
    pub fn new() -> Self {
        Self::default()
    }

    /// The stored tenants have been read, be there none.
    pub fn set_loaded(&self) {
        self.loaded.store(true, Ordering::Release);
    }

    /// Whether the stored tenants have been read at least once: before that, an unknown tenant may well exist.
    pub fn is_loaded(&self) -> bool {
        self.loaded.load(Ordering::Acquire)
    }

    /// Puts versions of tenants in force, each in place of its earlier one, all at once.
    pub fn replace(&self, changed: Vec<Tenant>) {
        if changed.is_empty() {
            return;
        }
        self.change(|snapshot| {
            snapshot.tenants.extend(changed.into_iter().map(|tenant| (tenant.id(), tenant.into())));
        });
    }

    /// Remembers that this version of a tenant cannot be read: the tenant keeps what is in force.
    pub fn set_unreadable(&self, id: TenantId, version: i32) {
        self.unreadable.write().unwrap_or_else(PoisonError::into_inner).insert(id, version);
    }

    /// Whether there is nothing to do about this version: it or a newer one is in force, or it is known to be unreadable.
    pub fn is_settled(&self, id: TenantId, version: i32) -> bool {
        let in_force = self.by_id(id).is_some_and(|known| known.version() >= version);
        let unreadable = self.unreadable.read().unwrap_or_else(PoisonError::into_inner);
        in_force || unreadable.get(&id).is_some_and(|known| *known >= version)
    }

    /// Takes a tenant out of service.
    pub fn remove(&self, id: TenantId) {
        self.change(|snapshot| {
            snapshot.tenants.remove(&id);
        });
    }

    /// The tenant with this identifier.
    pub fn by_id(&self, id: TenantId) -> Option<Arc<Tenant>> {
        self.snapshot().tenants.get(&id).cloned()
    }

    /// The tenant of the path `/<slug>/`.
    pub fn by_slug(&self, slug: &str) -> Option<Arc<Tenant>> {
        let snapshot = self.snapshot();
        snapshot.tenants.get(snapshot.slugs.get(slug)?).cloned()
    }

    /// The tenant of a host, as written in the request's `Host` header.
    pub fn by_host(&self, header: &str) -> Option<Arc<Tenant>> {
        let snapshot = self.snapshot();
        snapshot.tenants.get(snapshot.hosts.get(&host_of(header)?)?).cloned()
    }

    /// Tenants by name, for the field «Comune»: those whose name begins with the query first,
    /// then those with a word that does; case and accents do not matter.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Arc<Tenant>> {
        let query = fold(query);
        if query.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(u8, Arc<Tenant>)> = self
            .all()
            .into_iter()
            .filter_map(|tenant| Some((tenant.rank(&query)?, tenant)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, tenant)| tenant).take(limit).collect()
    }

    /// All tenants by name.
    pub fn all(&self) -> Vec<Arc<Tenant>> {
        let mut all: Vec<Arc<Tenant>> = self.snapshot().tenants.values().cloned().collect();
        all.sort_by(|a, b| (a.folded_name(), a.slug()).cmp(&(b.folded_name(), b.slug())));
        all
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes a copy, then swaps it in; readers never wait for the work.
    fn change(&self, change: impl FnOnce(&mut Snapshot)) {
        let mut current = self.snapshot.write().unwrap_or_else(PoisonError::into_inner);
        let mut next = Snapshot::clone(&current);
        change(&mut next);
        next.index();
        *current = Arc::new(next);
    }
}

impl Snapshot {
    /// Invariant: every slug and host leads to a tenant that is there.
    fn index(&mut self) {
        self.slugs = self.tenants.values().map(|t| (t.slug().to_owned(), t.id())).collect();
        self.hosts = self
            .tenants
            .values()
            .flat_map(|tenant| {
                let hosts = &tenant.settings().access.hosts;
                hosts.iter().map(|host| (host.as_str().to_owned(), tenant.id()))
            })
            .collect();
    }
}

/// The host of a `Host` header in lower case, without port and without the root's dot.
pub fn host_of(header: &str) -> Option<String> {
    let header = header.trim();
    let name = match header.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        Some(_) => return None,
        None => header,
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    (!name.is_empty() && name.bytes().all(plain)).then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests;
