//! Settings and sessions as the pages' frame shows them.

use crate::extract::Visit;
use domain::{Locale, enrolment_window::rome_date};
use pages::{Contacts, Frame, FrameKind, Link, ModelLinks, Phone, SessionView, TenantView};
use tenants::{Brand, MenuHook, Tenant};

/// The frame of a page of the tenant.
pub(crate) fn frame(visit: &Visit, kind: FrameKind) -> Frame {
    let frame = tenant_frame(&visit.tenant, visit.locale, kind, &visit.mount, &visit.here);
    let wanted = |officer: bool| officer == (kind == FrameKind::Office);
    match visit.session_if_known().filter(|session| wanted(session.officer.is_some())) {
        Some(session) => {
            let left = session.idle_until.min(session.ends_at).duration_since(visit.now).as_secs();
            frame.with_session(SessionView {
                seconds_left: u64::try_from(left).unwrap_or(0),
                name: None,
            })
        }
        None => frame,
    }
}

/// The frame of a tenant's page without regard to who is there.
pub(crate) fn tenant_frame(
    tenant: &Tenant,
    locale: Locale,
    kind: FrameKind,
    mount: &str,
    here: &str,
) -> Frame {
    let italian_only = [Locale::It];
    let offered = if kind == FrameKind::Office { &italian_only } else { tenant.locales() };
    let locale = if kind == FrameKind::Office { Locale::It } else { locale };
    Frame::new(kind, locale, offered, mount, here).with_tenant(tenant_view(tenant, locale))
}

fn tenant_view(tenant: &Tenant, locale: Locale) -> TenantView {
    let settings = tenant.settings();
    let link = |link: &tenants::Link| Link {
        label: link.label.get(locale).to_owned(),
        href: link.url.clone(),
        hook: None,
    };
    let item = |link: &tenants::MenuLink| Link {
        label: link.label.get(locale).to_owned(),
        href: link.url.clone(),
        hook: link.hook.map(MenuHook::name),
    };
    let menu: Vec<Link> = settings.brand.header_links.iter().map(item).collect();
    TenantView {
        name: tenant.name().to_owned(),
        office: settings.contacts.office.get(locale).to_owned(),
        version: tenant.version().to_string(),
        logo: true,
        region: None,
        site: Some(Link {
            label: tenant.name().to_owned(),
            href: settings.contacts.website.clone(),
            hook: None,
        }),
        services: menu.iter().find(|link| link.hook == Some(MenuHook::AllServices.name())).cloned(),
        menu,
        model: model_links(&settings.brand),
        footer: settings.brand.footer_links.iter().map(link).collect(),
        pnrr: settings.brand.pnrr_logo,
        codice_fiscale: settings.identity.codice_fiscale.clone(),
        contacts: contacts(tenant, locale),
    }
}

fn model_links(brand: &Brand) -> ModelLinks {
    ModelLinks {
        declaration: brand.accessibility_declaration.clone(),
        legal_notes: brand.legal_notes.clone(),
        faq: brand.faq.clone(),
        appointment_booking: brand.appointment_booking.clone(),
        report_inefficiency: brand.report_inefficiency.clone(),
    }
}

fn contacts(tenant: &Tenant, locale: Locale) -> Contacts {
    let contacts = &tenant.settings().contacts;
    let phone = |shown: &String| Phone {
        shown: shown.clone(),
        number: shown.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
    };
    Contacts {
        address: vec![contacts.address.clone()],
        phones: contacts.phones.iter().map(phone).collect(),
        email: contacts.email.clone(),
        pec: Some(contacts.pec.clone()),
        hours: contacts.opening_hours.get(locale).lines().map(str::to_owned).collect(),
    }
}

/// The last day that lies before an instant, in Europe/Rome: what ends at midnight is kept until the day before.
pub(crate) fn last_day(end: jiff::Timestamp) -> jiff::civil::Date {
    rome_date(end.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(end))
}
