//! The contacts of SPID metadata: one for a public body by itself, two under an aggregator.

use super::{Aggregator, Mode, ServiceProvider};
use crate::xml::XmlWriter;

pub(super) fn write(writer: &mut XmlWriter, provider: &ServiceProvider) {
    match &provider.mode {
        Mode::Public => public(writer, provider, None),
        Mode::PublicFullAggregator(aggregator) => {
            aggregating(writer, aggregator);
            public(writer, provider, Some("spid:aggregated"));
        }
    }
}

fn public(writer: &mut XmlWriter, provider: &ServiceProvider, entity_type: Option<&str>) {
    let contact = Contact {
        entity_type,
        company: &provider.organisation_name,
        email: &provider.email,
        telephone: provider.telephone.as_deref(),
    };
    contact.write(writer, |writer| {
        writer.leaf("spid:IPACode", &[], &provider.codice_ipa);
        writer.empty("spid:Public", &[]);
    });
}

fn aggregating(writer: &mut XmlWriter, aggregator: &Aggregator) {
    let contact = Contact {
        entity_type: Some("spid:aggregator"),
        company: &aggregator.name,
        email: &aggregator.email,
        telephone: aggregator.telephone.as_deref(),
    };
    contact.write(writer, |writer| {
        optional(writer, "spid:IPACode", aggregator.codice_ipa.as_deref());
        optional(writer, "spid:VATNumber", aggregator.vat.as_deref());
        optional(writer, "spid:FiscalCode", aggregator.fiscal_code.as_deref());
        writer.empty("spid:PublicServicesFullAggregator", &[]);
    });
}

struct Contact<'a> {
    entity_type: Option<&'a str>,
    company: &'a str,
    email: &'a str,
    telephone: Option<&'a str>,
}

impl Contact<'_> {
    fn write(&self, writer: &mut XmlWriter, extensions: impl FnOnce(&mut XmlWriter)) {
        let mut attributes = vec![("contactType", "other")];
        attributes.extend(self.entity_type.map(|entity_type| ("spid:entityType", entity_type)));
        writer.element("md:ContactPerson", &attributes, |writer| {
            writer.element("md:Extensions", &[], extensions);
            reach(writer, self.company, self.email, self.telephone);
        });
    }
}

/// The elements every contact ends with.
pub(super) fn reach(writer: &mut XmlWriter, company: &str, email: &str, telephone: Option<&str>) {
    writer.leaf("md:Company", &[], company);
    writer.leaf("md:EmailAddress", &[], email);
    optional(writer, "md:TelephoneNumber", telephone);
}

pub(super) fn optional(writer: &mut XmlWriter, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        writer.leaf(name, &[], text);
    }
}
