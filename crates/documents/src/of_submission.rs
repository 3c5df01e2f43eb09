//! What a sent version says on its documents: summary and credentials letter.

use crate::{
    AcceptedText, ApplicationSummary, Audience, CredentialsLetter, IdentityCopy, LetterPassword,
    Signing, SummaryRow, SummarySection, Verification, user_guide, words::Words,
};
use domain::{
    Locale, SchoolService,
    enrolment_window::rome_date,
    form::{Binding, DisplayAnswer, DisplayStep, DisplayValue, display_steps},
    submission::{self, Letter, Submission},
};
use jiff::Timestamp;
use tenants::Tenant;

impl ApplicationSummary {
    /// The summary of a sent version. `tenant` is the version of the comune under which it was
    /// sent, so that the texts are those that were accepted.
    pub fn of(
        submission: &Submission,
        tenant: &Tenant,
        locale: Locale,
        audience: Audience,
    ) -> Self {
        Self {
            school_year: submission.school_year,
            registration_number: submission.registration(),
            version: u32::try_from(submission.version).unwrap_or(1),
            pupil_name: full_name(submission, Binding::PupilName, Binding::PupilSurname),
            submitted_at: submission.submitted_at,
            answer_by: submission.answer_due,
            status: Words::new(locale).say(user_guide::state_key(submission.state)),
            sections: sections(submission, tenant, locale),
            declarations: declarations(submission, tenant, locale),
            privacy: privacy(submission, tenant, locale),
            signing: signing(submission),
            audience,
        }
    }
}

impl CredentialsLetter {
    /// The letter to the guardian of a sent version, dated by the day of `now` in Rome.
    pub fn of(submission: &Submission, letter: &Letter, portal_url: &str, now: Timestamp) -> Self {
        Self {
            guardian_name: full_name(submission, Binding::GuardianName, Binding::GuardianSurname),
            pupil_name: full_name(submission, Binding::PupilName, Binding::PupilSurname),
            school_year: submission.school_year,
            registration_number: Some(submission.registration()),
            written_on: rome_date(now),
            user_code: letter.login_code.clone(),
            code_kept: letter.code_kept,
            password: password(&letter.password),
            portal_url: portal_url.to_owned(),
        }
    }
}

impl Verification {
    /// The code of a sent version and the public page that checks it.
    pub fn of(submission: &Submission, check_url: &str) -> Self {
        Self { code: submission.verification_code.clone(), check_url: check_url.to_owned() }
    }
}

fn password(password: &submission::LetterPassword) -> LetterPassword {
    match password {
        submission::LetterPassword::Temporary { password, expires_at } => {
            LetterPassword::Temporary {
                password: password.as_str().to_owned(),
                valid_until: *expires_at,
            }
        }
        submission::LetterPassword::Chosen => LetterPassword::Chosen,
        submission::LetterPassword::Expired => LetterPassword::Expired,
        submission::LetterPassword::DigitalIdentity(scheme) => {
            LetterPassword::DigitalIdentity { scheme: scheme.name().to_owned() }
        }
    }
}

/// "Nome Cognome", as people are addressed.
fn full_name(submission: &Submission, name: Binding, surname: Binding) -> String {
    let part = |binding| submission.answers.bound(&submission.definition, binding);
    [part(name), part(surname)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Every visible step of what was asked for, whatever the windows say today.
fn sections(submission: &Submission, tenant: &Tenant, locale: Locale) -> Vec<SummarySection> {
    let (definition, answers) = (&submission.definition, &submission.answers);
    let section = |step: DisplayStep<'_>| SummarySection {
        title: step.step.title.get(locale).to_owned(),
        rows: step.answers.into_iter().map(|answer| row(answer, tenant, locale)).collect(),
    };
    display_steps(definition, answers, &submission.asked(), locale, tenant.schools())
        .into_iter()
        .map(section)
        .collect()
}

fn row(answer: DisplayAnswer<'_>, tenant: &Tenant, locale: Locale) -> SummaryRow {
    let service = |service: SchoolService| {
        let own = tenant.service(service).map(|known| known.name.get(locale));
        own.unwrap_or(service.tag()).to_owned()
    };
    let value = answer.value.map(|value| in_words(value, &service, locale));
    SummaryRow {
        label: answer.label.to_owned(),
        value: value.filter(|words| !words.trim().is_empty()),
        sensitive: answer.sensitive,
    }
}

fn in_words(
    value: DisplayValue,
    service: &dyn Fn(SchoolService) -> String,
    locale: Locale,
) -> String {
    let words = Words::new(locale);
    match value {
        DisplayValue::Text(text) => text,
        DisplayValue::List(texts) | DisplayValue::Files(texts) => texts.join(", "),
        DisplayValue::YesNo(true) => words.say("documents.application_summary.answer_yes"),
        DisplayValue::YesNo(false) => words.say("documents.application_summary.answer_no"),
        DisplayValue::Date(day) => i18n::date(day),
        DisplayValue::Amount(amount) => i18n::money(locale, amount.get()),
        DisplayValue::Services(services) => {
            services.into_iter().map(service).collect::<Vec<_>>().join(", ")
        }
    }
}

/// All declarations were accepted at once, so they have one version.
fn declarations(submission: &Submission, tenant: &Tenant, locale: Locale) -> Vec<AcceptedText> {
    let texts: Vec<_> =
        tenant.settings().declarations.texts.iter().map(|text| text.get(locale)).collect();
    if texts.is_empty() {
        return vec![];
    }
    let version = submission.declarations_version.clone();
    vec![AcceptedText { text: texts.join("\n\n"), version }]
}

/// The sentence beside the box on the summary: the comune's own, else the product's.
fn privacy(submission: &Submission, tenant: &Tenant, locale: Locale) -> AcceptedText {
    let own = tenant.settings().privacy_notice.acknowledgement.as_ref();
    let default = || Words::new(locale).say("documents.application_summary.privacy_default");
    AcceptedText {
        text: own.map_or_else(default, |text| text.get(locale).to_owned()),
        version: submission.privacy_version.clone(),
    }
}

fn signing(submission: &Submission) -> Signing {
    if let Some(proof) = &submission.identity {
        return Signing::DigitalIdentity { scheme: proof.scheme.name().to_owned() };
    }
    let identity_copy = match submission.definition.bound(Binding::IdentityDocument) {
        None => IdentityCopy::NotRequested,
        Some(question) if submission.answers.files(&question.key).is_empty() => {
            IdentityCopy::ToHandOver
        }
        Some(_) => IdentityCopy::Attached,
    };
    Signing::ByHand { identity_copy }
}

#[cfg(test)]
mod tests {
    use super::in_words;
    use domain::{Cents, Locale, SchoolService, form::DisplayValue};

    #[test]
    fn every_kind_of_answer_reads_in_the_language_of_the_copy() {
        let name = |service: SchoolService| service.tag().to_uppercase();
        let words = |value, locale| in_words(value, &name, locale);
        let it = |value| words(value, Locale::It);
        assert_eq!(it(DisplayValue::YesNo(true)), "Sì");
        assert_eq!(words(DisplayValue::YesNo(true), Locale::En), "Yes");
        assert_eq!(it(DisplayValue::Date(jiff::civil::date(2018, 1, 9))), "09/01/2018");
        assert_eq!(it(DisplayValue::Amount(Cents::new(1_234_567))), "12.345,67 €");
        assert_eq!(it(DisplayValue::List(vec!["a".into(), "b".into()])), "a, b");
        assert_eq!(it(DisplayValue::Services(vec![SchoolService::Canteen])), "CANTEEN");
        assert_eq!(it(DisplayValue::Text("così".into())), "così");
    }
}
