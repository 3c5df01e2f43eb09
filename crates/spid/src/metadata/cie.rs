//! The contacts of CIE metadata: the comune, and the company that runs the service for it.

use super::{
    MetadataError, ServiceProvider, TechnicalPartner,
    contacts::{optional, reach},
    service_provider::{contact, is_vat, require},
};
use crate::xml::XmlWriter;

/// Category of municipalities in the register of public bodies.
const IPA_CATEGORY: &str = "L6";

/// What CIE demands beyond SPID.
pub(super) fn check(provider: &ServiceProvider) -> Result<(), MetadataError> {
    require(provider.codice_catastale.as_deref().is_some_and(is_belfiore), "codice catastale")?;
    let Some(partner) = &provider.technical_partner else {
        return Ok(());
    };
    require(is_belfiore(&partner.codice_catastale), "technical partner's codice catastale")?;
    require(is_vat(&partner.vat), "technical partner's VAT number")?;
    for text in [&partner.name, &partner.fiscal_code, &partner.nace2_code] {
        require(!text.trim().is_empty(), "technical partner")?;
    }
    contact(&partner.email, partner.telephone.as_deref())
}

/// A capital letter and three digits.
fn is_belfiore(code: &str) -> bool {
    let mut characters = code.chars();
    characters.next().is_some_and(|c| c.is_ascii_uppercase())
        && characters.clone().count() == 3
        && characters.all(|c| c.is_ascii_digit())
}

pub(super) fn contacts(writer: &mut XmlWriter, provider: &ServiceProvider) {
    writer.element("md:ContactPerson", &[("contactType", "administrative")], |writer| {
        writer.element("md:Extensions", &[], |writer| {
            writer.empty("cie:Public", &[]);
            writer.leaf("cie:IPACode", &[], &provider.codice_ipa);
            writer.leaf("cie:IPACategory", &[], IPA_CATEGORY);
            let municipality = provider.codice_catastale.as_deref().unwrap_or_default();
            place(writer, municipality, provider.province.as_deref());
        });
        let telephone = provider.telephone.as_deref();
        reach(writer, &provider.organisation_name, &provider.email, telephone);
    });
    if let Some(partner) = &provider.technical_partner {
        technical(writer, partner);
    }
}

fn technical(writer: &mut XmlWriter, partner: &TechnicalPartner) {
    writer.element("md:ContactPerson", &[("contactType", "technical")], |writer| {
        writer.element("md:Extensions", &[], |writer| {
            writer.empty("cie:Private", &[]);
            writer.leaf("cie:VATNumber", &[], &partner.vat);
            writer.leaf("cie:FiscalCode", &[], &partner.fiscal_code);
            writer.leaf("cie:NACE2Code", &[], &partner.nace2_code);
            place(writer, &partner.codice_catastale, partner.province.as_deref());
        });
        reach(writer, &partner.name, &partner.email, partner.telephone.as_deref());
    });
}

fn place(writer: &mut XmlWriter, municipality: &str, province: Option<&str>) {
    writer.leaf("cie:Municipality", &[], municipality);
    optional(writer, "cie:Province", province);
    writer.leaf("cie:Country", &[], "IT");
}
