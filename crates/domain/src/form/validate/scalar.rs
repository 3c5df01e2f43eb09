//! Answers that are one value: words, days, numbers.

use crate::form::{
    Binding, FieldErrorKind, Question, parse_amount, parse_date, parse_phone, place,
};
use jiff::civil::Date;

/// Years that a day in a form can lie in.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// Words: not too long, no control characters.
pub(super) fn text(question: &Question, value: &str) -> Option<FieldErrorKind> {
    length(value, question.longest()).or_else(|| characters(value, question.multiline))
}

/// At most `max` characters.
pub(super) fn length(value: &str, max: u16) -> Option<FieldErrorKind> {
    (value.chars().count() > usize::from(max)).then_some(FieldErrorKind::TooLong { max })
}

/// No control characters; line breaks only where several lines are asked for.
pub(super) fn characters(value: &str, multiline: bool) -> Option<FieldErrorKind> {
    let bad = |c: char| c.is_control() && !(multiline && matches!(c, '\n' | '\r' | '\t'));
    value.contains(bad).then_some(FieldErrorKind::BadCharacters)
}

/// A day of the calendar; a birth date is not in the future.
pub(super) fn date(question: &Question, value: &str, today: Date) -> Option<FieldErrorKind> {
    let Some(date) = parse_date(value) else { return Some(FieldErrorKind::NotADate) };
    if !YEARS.contains(&date.year()) {
        return Some(FieldErrorKind::DateOutOfRange);
    }
    let birth = question.binds.is_some_and(Binding::is_birth_date);
    (birth && date > today).then_some(FieldErrorKind::DateInFuture)
}

/// A municipality or state, by name or code.
pub(super) fn municipality(value: &str) -> Option<FieldErrorKind> {
    place::resolve(value, None).err().map(Into::into)
}

/// A telephone number.
pub(super) fn phone(value: &str) -> Option<FieldErrorKind> {
    parse_phone(value).is_none().then_some(FieldErrorKind::BadPhone)
}

/// An amount of money.
pub(super) fn amount(value: &str) -> Option<FieldErrorKind> {
    parse_amount(value).is_none().then_some(FieldErrorKind::BadAmount)
}

/// `yes` or `no`; a declaration can only be `yes`.
pub(super) fn yes_no(question: &Question, value: &str) -> Option<FieldErrorKind> {
    match value {
        "no" if question.must_be_yes => Some(FieldErrorKind::MustBeYes),
        "yes" | "no" => None,
        _ => Some(FieldErrorKind::NotAnOption),
    }
}
