//! Which budgets an act draws from. They are asked before the operation; tries of a secret are counted in the database.

use crate::{State, error::WebError, extract::Visit};
use domain::{CodiceFiscale, EmailAddress};
use limits::{Budget, Key, Verdict, budgets as b};
use pages::errors::Problem;
use secrets::{LookupKind, TenantKeys};
use std::sync::Arc;

/// The budgets of one visit.
pub(crate) struct Budgets<'a> {
    state: &'a State,
    visit: &'a Visit,
    keys: Arc<TenantKeys>,
}

impl<'a> Budgets<'a> {
    /// Budgets are kept under keyed hashes only.
    pub(crate) async fn of(state: &'a State, visit: &'a Visit) -> Result<Self, WebError> {
        let keys = state.platform.keys(visit.tenant.id()).await?;
        Ok(Self { state, visit, keys })
    }

    /// Beginning a draft: different codici fiscali per browser, all per network.
    pub(crate) async fn start(&self, codice_fiscale: &CodiceFiscale) -> Result<(), WebError> {
        let tenant = self.visit.tenant.id();
        let member = self.keys.lookup_hash(LookupKind::CodiceFiscale, codice_fiscale.as_str());
        let mut uses = vec![(&b::START_PER_NETWORK, self.network())];
        if let Some(browser) = self.browser() {
            uses.push((&b::START_PER_BROWSER, Key::distinct(tenant, browser, member)));
        }
        self.take(&uses).await
    }

    /// Trying a password.
    pub(crate) async fn sign_in(&self, codice_fiscale: &CodiceFiscale) -> Result<(), WebError> {
        let subject = self.keys.lookup_hash(LookupKind::CodiceFiscale, codice_fiscale.as_str());
        let mut uses = vec![
            (&b::SIGN_IN_PER_CODICE_FISCALE, self.key(subject)),
            (&b::SIGN_IN_PER_NETWORK, self.network()),
        ];
        self.and_browser(&mut uses, &b::SIGN_IN_PER_BROWSER);
        self.take(&uses).await
    }

    /// Sending a code.
    pub(crate) async fn code(&self, email: &EmailAddress) -> Result<(), WebError> {
        let address = self.address(email);
        let mut uses = vec![
            (&b::CODE_PER_ADDRESS_HOUR, address),
            (&b::CODE_PER_ADDRESS_DAY, address),
            (&b::CODE_PER_TENANT, Key::tenant(self.visit.tenant.id())),
            (&b::CODE_PER_NETWORK, self.network()),
        ];
        self.and_browser(&mut uses, &b::CODE_PER_BROWSER);
        self.take(&uses).await
    }

    /// Sending a password link.
    pub(crate) async fn link(&self, email: &EmailAddress) -> Result<(), WebError> {
        let mut uses = vec![
            (&b::LINK_PER_ADDRESS, self.address(email)),
            (&b::LINK_PER_NETWORK, self.network()),
        ];
        self.and_browser(&mut uses, &b::LINK_PER_BROWSER);
        self.take(&uses).await
    }

    /// Leaving for an identity provider.
    pub(crate) async fn login(&self) -> Result<(), WebError> {
        let mut uses = vec![(&b::LOGIN_PER_NETWORK, self.network())];
        self.and_browser(&mut uses, &b::LOGIN_PER_BROWSER);
        self.take(&uses).await
    }

    /// An answer of an identity provider: judging it costs.
    pub(crate) async fn login_answer(&self) -> Result<(), WebError> {
        self.take(&[(&b::LOGIN_ANSWER_PER_NETWORK, self.network())]).await
    }

    /// An officer's sign-in.
    pub(crate) async fn office_sign_in(&self, email: &EmailAddress) -> Result<(), WebError> {
        let uses = [
            (&b::OFFICE_SIGN_IN_PER_ACCOUNT, self.address(email)),
            (&b::OFFICE_SIGN_IN_PER_NETWORK, self.network()),
        ];
        self.take(&uses).await
    }

    /// Checking a document's code.
    pub(crate) async fn verification(&self) -> Result<(), WebError> {
        self.take(&[(&b::VERIFICATION_PER_NETWORK, self.network())]).await
    }

    /// Rating a page.
    pub(crate) async fn rating(&self) -> Result<(), WebError> {
        let mut uses = vec![
            (&b::RATING_PER_NETWORK, self.network()),
            (&b::RATING_PER_TENANT, Key::tenant(self.visit.tenant.id())),
        ];
        self.and_browser(&mut uses, &b::RATING_PER_BROWSER);
        self.take(&uses).await
    }

    async fn take(&self, uses: &[(&Budget, Key)]) -> Result<(), WebError> {
        match self.state.limits.take(self.visit.now, uses).await {
            Verdict::Allowed => Ok(()),
            Verdict::Refused { retry_after, budget } => {
                metrics::counter!("budget_refused_total", "budget" => budget).increment(1);
                tracing::warn!(budget, "budget refused");
                let seconds = u64::try_from(retry_after.as_secs()).unwrap_or(0).max(1);
                Err(Problem::TooManyRequests(seconds).into())
            }
        }
    }

    fn key(&self, subject: [u8; 32]) -> Key {
        Key::of(self.visit.tenant.id(), subject)
    }

    fn address(&self, email: &EmailAddress) -> Key {
        self.key(self.keys.lookup_hash(LookupKind::Email, &email.normalised()))
    }

    fn network(&self) -> Key {
        self.key(self.keys.lookup_hash(LookupKind::Network, &self.visit.network))
    }

    fn browser(&self) -> Option<[u8; 32]> {
        self.visit.browser().map(|token| self.keys.lookup_hash(LookupKind::Browser, &token.text()))
    }

    fn and_browser(&self, uses: &mut Vec<(&'static Budget, Key)>, budget: &'static Budget) {
        if let Some(browser) = self.browser() {
            uses.push((budget, self.key(browser)));
        }
    }
}
