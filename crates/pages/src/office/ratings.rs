//! What families say about the service: averages, counts, free texts.

use crate::{FrameKind, Page, Sample};
use jiff::{Timestamp, civil::Date};
use serde::Serialize;

/// All ratings of two years in sum, and the free texts page by page.
#[derive(Clone, Debug, Serialize)]
pub struct Ratings {
    /// How many there are.
    pub total: i64,
    /// The average with one decimal: «4,3».
    pub average: String,
    /// How many per star, most stars first.
    pub stars: Vec<StarCount>,
    /// What was liked.
    pub liked: Vec<AnswerCount>,
    /// What was hard.
    pub hard: Vec<AnswerCount>,
    /// The free texts, newest first.
    pub texts: Vec<RatingLine>,
    /// Query of the next page.
    pub next: Option<String>,
}

/// How many ratings have that many stars.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct StarCount {
    /// From one to five.
    pub stars: i16,
    /// How many.
    pub count: i64,
    /// Of a hundred.
    pub percent: i64,
}

/// How often an answer was given.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerCount {
    /// The answer in words.
    pub word: String,
    /// How often.
    pub count: i64,
}

/// One rating with a free text.
#[derive(Clone, Debug, Serialize)]
pub struct RatingLine {
    /// When.
    pub day: Date,
    /// The page in words.
    pub page: String,
    /// From one to five.
    pub stars: i16,
    /// The answer in words; empty for none.
    pub answer: String,
    /// What was written.
    pub text: String,
}

impl Page for Ratings {
    const TEMPLATE: &'static str = "office/ratings.html";
    const FRAME: FrameKind = FrameKind::Office;

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let star = |stars, count, percent| StarCount { stars, count, percent };
        let answer = |word: &str, count| AnswerCount { word: word.into(), count };
        let line = |day: i8, page: &str, stars, answer: &str, text: &str| RatingLine {
            day: Date::constant(2026, 9, day),
            page: page.into(),
            stars,
            answer: answer.into(),
            text: text.into(),
        };
        let full = Self {
            total: 12,
            average: "4,3".into(),
            stars: vec![
                star(5, 8, 67),
                star(4, 2, 17),
                star(3, 1, 8),
                star(2, 0, 0),
                star(1, 1, 8),
            ],
            liked: vec![answer("Le indicazioni erano chiare", 7), answer("Altro", 1)],
            hard: vec![answer("Ho avuto problemi tecnici", 1)],
            texts: vec![
                line(
                    9,
                    "Fine dell'iscrizione",
                    5,
                    "Le indicazioni erano chiare",
                    "Tutto in dieci minuti.",
                ),
                line(8, "Mensa scolastica", 2, "", "Non trovo il costo del pasto."),
            ],
            next: Some("da=2026-09-08".into()),
        };
        let empty = Self {
            total: 0,
            average: String::new(),
            stars: vec![],
            liked: vec![],
            hard: vec![],
            texts: vec![],
            next: None,
        };
        let silent = Self { texts: vec![], next: None, ..full.clone() };
        vec![Sample::new("full", full), Sample::new("silent", silent), Sample::new("empty", empty)]
    }
}
