//! Attributes and words of controls that follow from the kind or the meaning of a question.

use domain::form::{AddressPart, Binding, FileType, Question, QuestionKind};

pub(super) const fn file_type(kind: FileType) -> &'static str {
    match kind {
        FileType::Pdf => "PDF",
        FileType::Jpeg => "JPEG",
        FileType::Png => "PNG",
    }
}

pub(super) fn maxlength(question: &Question) -> u16 {
    match question.kind {
        QuestionKind::Text => question.longest(),
        // Spaces typed between the groups of a code are welcome.
        QuestionKind::CodiceFiscale => 30,
        _ => 0,
    }
}

pub(super) fn autocomplete(question: &Question) -> &'static str {
    match question.binds {
        Some(Binding::GuardianName) => "given-name",
        Some(Binding::GuardianSurname) => "family-name",
        Some(Binding::GuardianPhone) => "tel",
        Some(Binding::GuardianEmail) => "email",
        _ => "off",
    }
}

pub(super) const fn part_label(part: AddressPart) -> &'static str {
    match part {
        AddressPart::Street => "enrol.address.street",
        AddressPart::Number => "enrol.address.number",
        AddressPart::Cap => "enrol.address.cap",
        AddressPart::Municipality => "enrol.address.municipality",
        AddressPart::Province => "enrol.address.province",
    }
}

pub(super) const fn part_autocomplete(part: AddressPart) -> &'static str {
    match part {
        AddressPart::Street => "address-line1",
        AddressPart::Cap => "postal-code",
        AddressPart::Municipality => "address-level2",
        AddressPart::Province => "address-level1",
        AddressPart::Number => "off",
    }
}
