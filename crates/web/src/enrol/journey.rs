//! What several pages of the journey share: progress, sections in words, where to go on.

use crate::{extract::Visit, views};
use domain::{
    Locale,
    enrolment_window::{WindowKind, WindowState, last_moment, rome_instant},
    form::{Answers, FormDefinition, Journey, display_steps},
    school_service::SchoolService,
};
use operations::drafts::Opened;
use pages::{
    enrol::{NoticeView, WindowCard, WindowCardState},
    journey::{Progress, Section, section},
};
use routes::{
    Route as _,
    enrol::{Privacy, Step, Summary},
};
use tenants::{Offer, Tenant};

/// Where the family stands.
pub(super) enum Here<'a> {
    /// The privacy notice.
    Privacy,
    /// A step of the form.
    Step(&'a str),
    /// The summary.
    Summary,
}

/// The line of steps with links to what lies behind.
pub(super) fn progress(visit: &Visit, opened: &Opened, here: &Here<'_>) -> Progress {
    let draft = opened.draft.id;
    let word = |key| i18n::t(visit.locale, key, &[]);
    let steps = Journey::new(&opened.definition, &opened.answers, &opened.offered).steps();
    let current = match here {
        Here::Privacy => 0,
        Here::Step(key) => steps.iter().position(|step| step.key == *key).map_or(0, |at| at + 1),
        Here::Summary => steps.len() + 1,
    };
    let mut titles =
        vec![(word("enrol.progress.privacy"), Some(Privacy { draft }.href(&visit.mount)))];
    titles.extend(steps.iter().map(|step| {
        let href = Step { draft, step: step.key.clone() }.href(&visit.mount);
        (step.title.get(visit.locale).to_owned(), Some(href))
    }));
    titles.push((word("enrol.progress.summary"), None));
    Progress::new(titles, current)
}

/// Where a family goes on: the privacy notice, the first step with something missing, or the summary.
pub(super) fn continue_href(visit: &Visit, opened: &Opened) -> String {
    let draft = opened.draft.id;
    if !opened.has_read_privacy() {
        return Privacy { draft }.href(&visit.mount);
    }
    let journey = Journey::new(&opened.definition, &opened.answers, &opened.offered);
    match journey.first_incomplete(&opened.form_context(visit.now)) {
        Some(step) => Step { draft, step: step.key.clone() }.href(&visit.mount),
        None => Summary { draft }.href(&visit.mount),
    }
}

/// The tenant's own name of a service.
pub(crate) fn service_name(tenant: &Tenant, locale: Locale) -> impl Fn(SchoolService) -> String {
    move |service| match tenant.service(service) {
        Some(settings) => settings.name.get(locale).to_owned(),
        None => pages::words::school_service(locale, service),
    }
}

/// Answers in words, step by step.
pub(crate) fn sections(
    tenant: &Tenant,
    definition: &FormDefinition,
    answers: &Answers,
    offered: &[SchoolService],
    locale: Locale,
) -> Vec<Section> {
    let name = service_name(tenant, locale);
    display_steps(definition, answers, offered, locale, tenant.schools())
        .iter()
        .map(|step| section(step, locale, &name))
        .collect()
}

/// The tenant's privacy notice in the reader's language.
pub(crate) fn notice(tenant: &Tenant, locale: Locale) -> NoticeView {
    let notice = &tenant.settings().privacy_notice;
    NoticeView {
        title: notice.title.get(locale).to_owned(),
        paragraphs: notice.paragraphs.iter().map(|text| text.get(locale).to_owned()).collect(),
        version: notice.version.clone(),
    }
}

/// The windows of some services, as the closed-window page shows them.
pub(crate) fn window_cards(
    visit: &Visit,
    opened: &Opened,
    services: &[SchoolService],
) -> Vec<WindowCard> {
    let offers = opened.tenant.offers(opened.school_year, WindowKind::New, visit.now);
    offers
        .iter()
        .filter(|offer| services.contains(&offer.service.school_service))
        .map(|offer| window_card(offer, visit.locale))
        .collect()
}

/// The comune's own names of services, as one enumeration; empty when there are none.
pub(super) fn service_names(visit: &Visit, opened: &Opened, services: &[SchoolService]) -> String {
    let name = service_name(&opened.tenant, visit.locale);
    i18n::list(visit.locale, &services.iter().map(|service| name(*service)).collect::<Vec<_>>())
}

/// A service with its window. A closing at midnight is shown as the last minute that counts.
pub(crate) fn window_card(offer: &Offer<'_>, locale: Locale) -> WindowCard {
    let last = |end| rome_instant(last_moment(end)).unwrap_or(end);
    WindowCard {
        service: offer.service.name.get(locale).to_owned(),
        about: Some(offer.service.school_service),
        state: card_state(offer.state),
        opens_at: offer.window.opens_at,
        closes_at: offer.window.closes_at.map(last),
    }
}

/// The state of a window as pages name it.
const fn card_state(state: WindowState) -> WindowCardState {
    match state {
        WindowState::NotYetOpen { .. } => WindowCardState::Upcoming,
        WindowState::Open { .. } => WindowCardState::Open,
        WindowState::OpenLate { .. } => WindowCardState::Late,
        WindowState::Closed { .. } => WindowCardState::Closed,
    }
}

/// Last day on which a draft is kept: the page's promise, which the erasing job keeps.
pub(super) fn kept_until(opened: &Opened) -> Option<jiff::civil::Date> {
    opened.draft.expires_at.map(views::last_day)
}
