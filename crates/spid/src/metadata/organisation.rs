//! The organisation: name, name shown, address, in the same languages.

use super::ServiceProvider;
use crate::xml::XmlWriter;

pub(super) fn write(writer: &mut XmlWriter, provider: &ServiceProvider) {
    let texts = [
        ("md:OrganizationName", &provider.organisation_name),
        ("md:OrganizationDisplayName", &provider.organisation_display_name),
        ("md:OrganizationURL", &provider.organisation_url),
    ];
    writer.element("md:Organization", &[], |writer| {
        for (name, text) in texts {
            for locale in provider.languages() {
                writer.leaf(name, &[("xml:lang", locale.tag())], text);
            }
        }
    });
}
