//! The sets of attributes that a service provider may ask for.

use super::ServiceProvider;
use crate::{names::ATTRIBUTE_BASIC, xml::XmlWriter};

/// What CIE gives, and all it may be asked for.
pub const CIE_ATTRIBUTES: [&str; 4] = ["name", "familyName", "dateOfBirth", "fiscalNumber"];
/// Index of the one set of CIE metadata.
const CIE_INDEX: u16 = 0;

/// A set of SPID metadata, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeSet {
    /// Who the person is, and an e-mail address to begin with.
    Base,
    /// The same, with telephone and domicile to fill forms in with.
    Contact,
    /// eIDAS, minimum.
    EidasMinimum,
    /// eIDAS, with place of birth, address and gender.
    EidasFull,
}

impl AttributeSet {
    /// All of them, as written.
    pub const ALL: [Self; 4] = [Self::Base, Self::Contact, Self::EidasMinimum, Self::EidasFull];

    /// The index in metadata and requests.
    pub const fn index(self) -> u16 {
        match self {
            Self::Base => 0,
            Self::Contact => 1,
            Self::EidasMinimum => 99,
            Self::EidasFull => 100,
        }
    }

    /// The set with this index.
    pub fn from_index(index: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.index() == index)
    }

    /// Whether it is one of the sets for people of other member states.
    pub const fn is_eidas(self) -> bool {
        matches!(self, Self::EidasMinimum | Self::EidasFull)
    }

    /// Names of the attributes, as on the wire.
    pub const fn attributes(self) -> &'static [&'static str] {
        match self {
            Self::Base => &["spidCode", "fiscalNumber", "name", "familyName", "email"],
            Self::Contact => &[
                "spidCode",
                "fiscalNumber",
                "name",
                "familyName",
                "email",
                "mobilePhone",
                "domicileStreetAddress",
                "domicilePostalCode",
                "domicileMunicipality",
                "domicileProvince",
                "domicileNation",
            ],
            Self::EidasMinimum => &["spidCode", "name", "familyName", "dateOfBirth"],
            Self::EidasFull => &[
                "spidCode",
                "name",
                "familyName",
                "dateOfBirth",
                "placeOfBirth",
                "address",
                "gender",
            ],
        }
    }

    /// The names of the eIDAS sets are prescribed.
    fn service_name(self, provider: &ServiceProvider) -> &str {
        match self {
            Self::Base | Self::Contact => &provider.service_name,
            Self::EidasMinimum => "eIDAS Natural Person Minimum Attribute Set",
            Self::EidasFull => "eIDAS Natural Person Full Attribute Set",
        }
    }
}

pub(super) fn write_spid(writer: &mut XmlWriter, provider: &ServiceProvider) {
    for set in AttributeSet::ALL {
        if provider.eidas || !set.is_eidas() {
            write(writer, set.index(), set.service_name(provider), set.attributes());
        }
    }
}

pub(super) fn write_cie(writer: &mut XmlWriter, provider: &ServiceProvider) {
    write(writer, CIE_INDEX, &provider.service_name, &CIE_ATTRIBUTES);
}

fn write(writer: &mut XmlWriter, index: u16, service_name: &str, attributes: &[&str]) {
    let index = index.to_string();
    writer.element("md:AttributeConsumingService", &[("index", &index)], |writer| {
        writer.leaf("md:ServiceName", &[("xml:lang", "it")], service_name);
        for attribute in attributes {
            let attributes = [("Name", *attribute), ("NameFormat", ATTRIBUTE_BASIC)];
            writer.empty("md:RequestedAttribute", &attributes);
        }
    });
}
