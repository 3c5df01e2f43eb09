//! One tenant as the running program asks it.

use crate::{
    bundle::TenantBundle,
    settings::{Doors, ServiceSettings, TenantSettings},
};
use domain::{
    Locale, SchoolService, SchoolYear,
    enrolment_window::{Window, WindowKind, WindowState, rome_date, rome_instant},
    folding::fold,
    form::FormDefinition,
    ids::TenantId,
    school::School,
};
use jiff::{Timestamp, ToSpan, civil::Date};

/// A tenant in force: a version of its bundle under its identifier.
#[derive(Clone, Debug)]
pub struct Tenant {
    id: TenantId,
    version: i32,
    bundle: TenantBundle,
    folded_name: String,
    folded_words: String,
}

/// A service with one of its windows, as the start page lists it.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// The service.
    pub service: &'a ServiceSettings,
    /// Its window.
    pub window: Window,
    /// Where the window stands now.
    pub state: WindowState,
}

impl Tenant {
    /// A tenant as loaded.
    pub fn new(id: TenantId, version: i32, bundle: TenantBundle) -> Self {
        let name = &bundle.settings.identity.short_name;
        let folded_name = fold(name);
        let folded_words = fold(&name.replace(['\'', '’'], " "));
        Self { id, version, bundle, folded_name, folded_words }
    }

    /// Its identifier, given by the database.
    pub const fn id(&self) -> TenantId {
        self.id
    }

    /// The version in force.
    pub const fn version(&self) -> i32 {
        self.version
    }

    /// Name of the path `/<slug>/`.
    pub fn slug(&self) -> &str {
        &self.bundle.slug
    }

    /// Full name: `Comune di Taranto`.
    pub fn name(&self) -> &str {
        &self.settings().identity.name
    }

    /// Name in the field «Comune»: `Taranto`.
    pub fn short_name(&self) -> &str {
        &self.settings().identity.short_name
    }

    /// All its settings.
    pub const fn settings(&self) -> &TenantSettings {
        &self.bundle.settings
    }

    /// The whole bundle.
    pub const fn bundle(&self) -> &TenantBundle {
        &self.bundle
    }

    /// The languages offered, Italian first.
    pub fn locales(&self) -> &[Locale] {
        &self.settings().languages.offered
    }

    /// The ways in.
    pub const fn doors(&self) -> Doors {
        self.bundle.settings.doors
    }

    /// Its schools.
    pub fn schools(&self) -> &[School] {
        &self.bundle.schools
    }

    /// The logo's SVG source.
    pub fn logo(&self) -> &str {
        &self.bundle.logo
    }

    /// The form of a school year.
    pub fn form(&self, school_year: SchoolYear) -> Option<&FormDefinition> {
        self.bundle.forms.get(&school_year)
    }

    /// A service it offers.
    pub fn service(&self, school_service: SchoolService) -> Option<&ServiceSettings> {
        self.settings().services.iter().find(|known| known.school_service == school_service)
    }

    /// Version of the privacy notice in force.
    pub fn privacy_version(&self) -> &str {
        &self.settings().privacy_notice.version
    }

    /// Version of the declarations in force.
    pub fn declarations_version(&self) -> &str {
        &self.settings().declarations.version
    }

    /// All windows.
    pub fn windows(&self) -> impl Iterator<Item = Window> {
        self.settings().windows.iter().map(crate::WindowSettings::window)
    }

    /// The services with their windows of one year and kind, in the tenant's order.
    pub fn offers(&self, year: SchoolYear, kind: WindowKind, now: Timestamp) -> Vec<Offer<'_>> {
        let services = self.settings().services.iter();
        services
            .flat_map(|service| {
                self.windows()
                    .filter(move |window| window.school_service == service.school_service)
                    .filter(move |window| window.school_year == year && window.kind == kind)
                    .map(move |window| Offer { service, state: window.state(now), window })
            })
            .collect()
    }

    /// The services that take applications of families not yet on the portal now.
    pub fn open_services(&self, school_year: SchoolYear, now: Timestamp) -> Vec<SchoolService> {
        self.open_for(school_year, WindowKind::New, now)
    }

    /// The services that take applications of one kind now.
    pub fn open_for(
        &self,
        year: SchoolYear,
        kind: WindowKind,
        now: Timestamp,
    ) -> Vec<SchoolService> {
        let offers = self.offers(year, kind, now);
        let open = offers.iter().filter(|offer| offer.state.accepts());
        open.map(|offer| offer.service.school_service).collect()
    }

    /// The school year that applications of this kind are for now; `None` when none is taken.
    /// With two years open, the later one.
    pub fn enrolling_year(&self, kind: WindowKind, now: Timestamp) -> Option<SchoolYear> {
        self.windows()
            .filter(|window| window.kind == kind && window.state(now).accepts())
            .map(|window| window.school_year)
            .max()
    }

    /// The school year to speak of: the one that is enrolling, else the next to open, else the
    /// last one.
    pub fn shown_year(&self, now: Timestamp) -> Option<SchoolYear> {
        let upcoming = || {
            self.windows()
                .filter(|window| window.opens_at > now)
                .min_by_key(|window| window.opens_at)
                .map(|window| window.school_year)
        };
        self.enrolling_year(WindowKind::New, now)
            .or_else(upcoming)
            .or_else(|| self.windows().map(|window| window.school_year).max())
    }

    /// When a draft saved now stops being kept: the end, in Rome, of the last of the promised
    /// days, and never after the end of its school year.
    pub fn draft_expires_at(&self, school_year: SchoolYear, now: Timestamp) -> Timestamp {
        let days = i32::from(self.settings().terms.draft_days) + 1;
        let promised = rome_date(now).checked_add(days.days()).ok();
        let end_of_year = Date::new(school_year.first() + 1, 9, 1).ok();
        let day = [promised, end_of_year].into_iter().flatten().min();
        let expires = day.and_then(|day| rome_instant(day.at(0, 0, 0, 0))).unwrap_or(now);
        expires.max(now)
    }

    /// The last day for the office's answer to an application sent now.
    pub fn answer_by(&self, now: Timestamp) -> Date {
        let sent = rome_date(now);
        let days = i32::from(self.settings().terms.answer_days);
        sent.checked_add(days.days()).unwrap_or(sent)
    }

    /// The name as lists sort it.
    pub(crate) fn folded_name(&self) -> &str {
        &self.folded_name
    }

    /// How well the name fits a folded query: 0 when it begins with it, 1 when a word does (also
    /// behind an apostrophe), `None` when nothing does.
    pub(crate) fn rank(&self, query: &str) -> Option<u8> {
        let ways = [&self.folded_name, &self.folded_words];
        let word = format!(" {query}");
        if ways.iter().any(|name| name.starts_with(query)) {
            Some(0)
        } else {
            ways.iter().any(|name| name.contains(&word)).then_some(1)
        }
    }
}
