//! What surrounds every mail: the comune that writes and how to reach its office.

use super::Pending;
use crate::Worker;
use pages::{Contacts, MailFrame, Phone};
use routes::tenant::Start;
use tenants::Tenant;

/// The surroundings of a mail, in its language.
pub(super) fn frame(worker: &Worker, pending: &Pending) -> MailFrame {
    let (tenant, locale) = (&*pending.tenant, pending.locale());
    let contacts = &tenant.settings().contacts;
    MailFrame {
        locale,
        dir: locale.direction(),
        tenant: tenant.name().to_owned(),
        office: contacts.office.get(locale).to_owned(),
        colour: tenant.settings().brand.colour.to_string(),
        contacts: Contacts {
            address: vec![contacts.address.clone()],
            phones: contacts.phones.iter().map(|shown| phone(shown)).collect(),
            email: contacts.email.clone(),
            pec: Some(contacts.pec.clone()),
            hours: vec![contacts.opening_hours.get(locale).to_owned()],
        },
        start_href: address(worker, tenant, &Start {}),
    }
}

/// The absolute address of a page of the tenant, from the settings and never from a request.
pub(super) fn address(worker: &Worker, tenant: &Tenant, route: &impl routes::Route) -> String {
    tenant.address(&worker.settings.public_url, &route.path())
}

/// A number as shown, and as a telephone dials it.
fn phone(shown: &str) -> Phone {
    let dialled = |c: &char| c.is_ascii_digit() || *c == '+';
    Phone { shown: shown.to_owned(), number: shown.chars().filter(dialled).collect() }
}

#[cfg(test)]
mod tests {
    use super::phone;

    #[test]
    fn a_number_is_dialled_without_its_spaces() {
        assert_eq!(phone("+39 099 458 1342").number, "+390994581342");
    }
}
