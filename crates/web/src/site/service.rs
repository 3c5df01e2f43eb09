//! The page of one school service («scheda servizio»).

use crate::{
    State,
    enrol::{journey::window_card, start},
    error::WebError,
    extract::{Path, Visit},
    respond,
};
use axum::{extract::State as Shared, http::StatusCode, response::Response};
use domain::{Locale, SchoolService, enrolment_window::WindowKind, form::LocalisedText};
use pages::{
    enrol::WindowCard,
    errors::Problem,
    site::{Metatag, Service, ServiceTexts},
    words,
};
use routes::{Route as _, tenant::Start};
use tenants::ServiceSettings;

/// `GET /servizi/{service}`
pub(crate) async fn get(
    Shared(state): Shared<State>,
    visit: Visit,
    Path(service): Path<SchoolService>,
) -> Result<Response, WebError> {
    let settings = visit.tenant.service(service).ok_or(Problem::NotFound)?;
    let terms = visit.tenant.settings().terms;
    let texts = texts(&visit, settings);
    let declarations = &visit.tenant.settings().declarations.texts;
    let page = Service {
        service,
        name: settings.name.get(visit.locale).to_owned(),
        windows: windows(&visit, service),
        taking: taking(&visit, service),
        answer_days: terms.answer_days.into(),
        minutes: terms.minutes_needed.into(),
        declarations: declarations.iter().map(|it| it.get(visit.locale).to_owned()).collect(),
        metatag: metatag(&state, &visit, settings, &texts),
        texts,
    };
    respond::page(&state, &visit, StatusCode::OK, &page)
}

/// The windows of the school year spoken of, new enrolments first.
fn windows(visit: &Visit, service: SchoolService) -> Vec<WindowCard> {
    let Some(year) = visit.tenant.shown_year(visit.now) else { return Vec::new() };
    let label = year.label();
    let of_kind = |(kind, key): (WindowKind, &str)| {
        let title = i18n::t(visit.locale, key, &[("year", &label)]);
        let offers = visit.tenant.offers(year, kind, visit.now);
        let offer = offers.iter().find(|offer| offer.service.school_service == service)?;
        Some(WindowCard { service: title, about: None, ..window_card(offer, visit.locale) })
    };
    let kinds =
        [(WindowKind::New, "site.service.new"), (WindowKind::Renewal, "site.service.renewal")];
    kinds.into_iter().filter_map(of_kind).collect()
}

fn taking(visit: &Visit, service: SchoolService) -> bool {
    let year = visit.tenant.shown_year(visit.now);
    year.is_some_and(|year| visit.tenant.open_services(year, visit.now).contains(&service))
}

/// What the comune says, and the product's own words where it is silent.
fn texts(visit: &Visit, settings: &ServiceSettings) -> ServiceTexts {
    let said = |text: &Option<LocalisedText>, own: &dyn Fn() -> Vec<String>| match text {
        Some(text) => lines(text.get(visit.locale)),
        None => own(),
    };
    let own = |key: &str| vec![i18n::t(visit.locale, key, &[])];
    let of_kind = |prefix: &str| own(&format!("{prefix}{}", settings.school_service));
    ServiceTexts {
        audience: said(&settings.audience, &|| own("site.service.audience_text")),
        about: said(&settings.description, &|| of_kind("site.about.")),
        how: said(&settings.how, &|| {
            [own("site.service.how_text"), own("site.service.how_save")].concat()
        }),
        needs: said(&settings.needs, &|| usual_needs(visit)),
        outcome: said(&settings.outcome, &|| of_kind("site.outcome.")),
        costs: said(&settings.costs, &|| own("site.service.costs_text")),
        more: said(&settings.more, &Vec::new),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// What the start page asks everybody for, and the documents of the form.
fn usual_needs(visit: &Visit) -> Vec<String> {
    let word = |key| i18n::t(visit.locale, key, &[]);
    let mut needs = vec![
        word("enrol.start.need_codice_fiscale"),
        word("enrol.start.need_email"),
        word("enrol.start.need_guardian"),
    ];
    let year = visit.tenant.shown_year(visit.now);
    needs.extend(year.map(|year| start::needs(visit, year)).unwrap_or_default());
    needs
}

fn metatag(
    state: &State,
    visit: &Visit,
    settings: &ServiceSettings,
    texts: &ServiceTexts,
) -> String {
    let tenant = &visit.tenant;
    let contacts = &tenant.settings().contacts;
    Metatag {
        name: settings.name.get(visit.locale),
        service_type: &words::school_service(Locale::It, settings.school_service),
        operator: tenant.name(),
        area: tenant.short_name(),
        audience: &texts.audience.join(" "),
        url: &tenant.address(&state.settings.public_url, &Start {}.path()),
        office: contacts.office.get(visit.locale),
        address: &contacts.address,
    }
    .json()
}
