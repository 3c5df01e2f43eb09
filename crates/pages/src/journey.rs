//! What several pages of the journey share: progress, answers in words, lines of the summary.

use domain::{
    Locale,
    form::{DisplayAnswer, DisplayStep, DisplayValue},
    school_service::SchoolService,
};
use serde::Serialize;

/// Where the family stands: the privacy notice, the steps of the form, the summary.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Progress {
    /// All steps in order.
    pub steps: Vec<StepMark>,
    /// Position of the current one, from 1.
    pub current: usize,
    /// How many there are.
    pub total: usize,
}

/// One step of the progress line.
#[derive(Clone, Debug, Serialize)]
pub struct StepMark {
    /// Heading of the step.
    pub title: String,
    /// Whether it lies behind, here or ahead.
    pub state: StepState,
    /// Link to it, where going there makes sense.
    pub href: Option<String>,
}

/// Whether a step lies behind, here or ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Answered.
    Done,
    /// On screen.
    Current,
    /// Still to come.
    Todo,
}

impl Progress {
    /// Progress from titles with links; `current` counts from 0. Steps before it count as done.
    pub fn new(titles: Vec<(String, Option<String>)>, current: usize) -> Self {
        let mark = |(index, (title, href)): (usize, (String, Option<String>))| {
            let state = match index.cmp(&current) {
                std::cmp::Ordering::Less => StepState::Done,
                std::cmp::Ordering::Equal => StepState::Current,
                std::cmp::Ordering::Greater => StepState::Todo,
            };
            StepMark { title, state, href: href.filter(|_| state == StepState::Done) }
        };
        let total = titles.len();
        Self {
            steps: titles.into_iter().enumerate().map(mark).collect(),
            current: current + 1,
            total,
        }
    }
}

/// One answer in words. No lines means "not given".
#[derive(Clone, Default, Serialize)]
pub struct Row {
    /// The question.
    pub label: String,
    /// The answer, one line per value.
    pub lines: Vec<String>,
}

/// Answers are personal: they must not reach a log through `{:?}`.
impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Row({} lines)", self.lines.len())
    }
}

/// The answers of one step in words.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Key of the step, for change links and anchors.
    pub step: String,
    /// Heading of the step.
    pub title: String,
    /// Its answers.
    pub rows: Vec<Row>,
}

/// A step's answers in words. `service_name` gives the tenant's own names.
pub fn section(
    step: &DisplayStep<'_>,
    locale: Locale,
    service_name: &dyn Fn(SchoolService) -> String,
) -> Section {
    Section {
        step: step.step.key.clone(),
        title: step.step.title.get(locale).to_owned(),
        rows: step.answers.iter().map(|answer| row(answer, locale, service_name)).collect(),
    }
}

/// One answer in words.
pub fn row(
    answer: &DisplayAnswer<'_>,
    locale: Locale,
    service_name: &dyn Fn(SchoolService) -> String,
) -> Row {
    let lines = match &answer.value {
        None => Vec::new(),
        Some(DisplayValue::Text(text)) => text.lines().map(str::to_owned).collect(),
        Some(DisplayValue::List(lines) | DisplayValue::Files(lines)) => lines.clone(),
        Some(DisplayValue::YesNo(true)) => vec![i18n::t(locale, "shared.yes", &[])],
        Some(DisplayValue::YesNo(false)) => vec![i18n::t(locale, "shared.not_yes", &[])],
        Some(DisplayValue::Date(day)) => vec![i18n::date(*day)],
        Some(DisplayValue::Amount(cents)) => vec![i18n::money(locale, cents.get())],
        Some(DisplayValue::Services(services)) => {
            services.iter().map(|s| service_name(*s)).collect()
        }
    };
    Row { label: answer.label.to_owned(), lines }
}
