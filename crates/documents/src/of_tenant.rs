//! What a comune's settings say on every document: letterhead and guide.

use crate::{
    GuideDoor, GuideService, GuideTerms, GuideWindow, Letterhead, OfficeContacts, UserGuide,
};
use domain::{
    Locale, SchoolService, SchoolYear,
    application::{EDGES, State},
    email_code,
    form::{FormDefinition, QuestionKind},
};
use tenants::{ServiceSettings, Tenant};

impl Letterhead {
    /// The letterhead of a comune in the reader's language.
    pub fn of(tenant: &Tenant, locale: Locale) -> Self {
        let settings = tenant.settings();
        let contacts = &settings.contacts;
        Self {
            tenant_name: tenant.name().to_owned(),
            province: settings.identity.province.clone(),
            department: Some(settings.identity.department.get(locale).to_owned()),
            place: tenant.short_name().to_owned(),
            brand_colour: settings.brand.colour,
            logo_svg: Some(tenant.logo().as_bytes().to_vec()),
            office: OfficeContacts {
                name: contacts.office.get(locale).to_owned(),
                address: Some(contacts.address.clone()),
                telephones: contacts.phones.clone(),
                email: contacts.email.clone(),
                pec: Some(contacts.pec.clone()),
                opening_hours: Some(contacts.opening_hours.get(locale).to_owned()),
                website: Some(contacts.website.clone()),
            },
        }
    }
}

impl UserGuide {
    /// The guide of a comune for one school year. Of the comune's doors only those in `built`
    /// are described, because a guide describes only what exists.
    pub fn of(
        tenant: &Tenant,
        school_year: SchoolYear,
        locale: Locale,
        built: &[GuideDoor],
        portal_url: &str,
        temporary_password_days: u32,
    ) -> Self {
        let terms = tenant.settings().terms;
        let services = tenant.settings().services.iter();
        Self {
            school_year,
            portal_url: portal_url.to_owned(),
            doors: built.iter().copied().filter(|door| is_open(tenant, *door)).collect(),
            services: services.map(|known| service(tenant, known, school_year, locale)).collect(),
            attachments: attachments(tenant, school_year, locale),
            states: reachable_states(),
            terms: GuideTerms {
                email_code_minutes: u32::try_from(email_code::LIFE.as_mins()).unwrap_or_default(),
                temporary_password_days,
                answer_days: u32::from(terms.answer_days),
                draft_days: Some(u32::from(terms.draft_days)),
            },
        }
    }
}

fn is_open(tenant: &Tenant, door: GuideDoor) -> bool {
    let doors = tenant.doors();
    match door {
        GuideDoor::Password => doors.password_access,
        GuideDoor::Spid => doors.spid,
        GuideDoor::Cie => doors.cie,
        GuideDoor::Eidas => doors.eidas,
    }
}

fn service(
    tenant: &Tenant,
    service: &ServiceSettings,
    school_year: SchoolYear,
    locale: Locale,
) -> GuideService {
    let windows = tenant.windows().filter(|window| {
        window.school_service == service.school_service && window.school_year == school_year
    });
    let meals = tenant.settings().meals.as_ref();
    let canteen = service.school_service == SchoolService::Canteen;
    GuideService {
        name: service.name.get(locale).to_owned(),
        windows: windows.map(|window| GuideWindow::from(&window)).collect(),
        cut_off: meals.filter(|_| canteen).map(|meals| meals.cut_off),
    }
}

/// Labels of the files that the form may ask for.
fn attachments(tenant: &Tenant, school_year: SchoolYear, locale: Locale) -> Vec<String> {
    let questions = tenant.form(school_year).into_iter().flat_map(FormDefinition::questions);
    questions
        .filter(|(_, question)| question.kind == QuestionKind::File)
        .map(|(_, question)| question.label.get(locale).to_owned())
        .collect()
}

/// States to which the transition table leads, beside the one that sending gives.
fn reachable_states() -> Vec<State> {
    let leads_to =
        |state: &State| *state == State::Submitted || EDGES.iter().any(|edge| edge.to == *state);
    State::ALL.into_iter().filter(leads_to).collect()
}
