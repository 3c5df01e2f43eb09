//! The rating of a page: stars first, then what they are for, then thanks.

use crate::{FormState, Message, Page, Sample, Typed, form::form_fields, sample, words};
use domain::{
    ids::{DraftId, RatingId},
    rating::{Aspect, LONGEST_TEXT, Stars},
};
use jiff::Timestamp;
use serde::Serialize;

form_fields! {
    /// Fields of both steps.
    RatingField {
        /// From one to five.
        Stars = "stars",
        /// What they are for: the word of an aspect.
        Answer = "answer",
        /// Anything else.
        Text = "text",
    }
}

/// One step of a rating on a page of its own: the second one, or the first one again when no star was chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Rating {
    /// Code of the page that is rated.
    pub rated: String,
    /// Whether a page of information is rated, not the way through the service.
    pub information: bool,
    /// The second step; absent in the first.
    pub question: Option<RatingQuestion>,
    /// What was typed and what is wrong.
    pub form: FormState<RatingField>,
    /// Most characters of the free text.
    pub longest: usize,
}

/// What is asked after the stars.
#[derive(Clone, Debug, Serialize)]
pub struct RatingQuestion {
    /// The rating.
    pub rating: RatingId,
    /// Its stars.
    pub stars: i16,
    /// Whether what was liked is asked, or what was hard.
    pub praise: bool,
    /// What may be answered.
    pub answers: Vec<RatingAnswer>,
}

/// One answer.
#[derive(Clone, Debug, Serialize)]
pub struct RatingAnswer {
    /// Its word in the form.
    pub code: &'static str,
    /// Its words on the page.
    pub words: Message,
}

impl RatingQuestion {
    /// The question that follows these stars.
    pub fn of(rating: RatingId, stars: Stars) -> Self {
        let praise = stars.praise();
        let answer = |aspect: Aspect| RatingAnswer {
            code: aspect.code(),
            words: words::rating_answer(praise, aspect),
        };
        let answers = Aspect::ALL.into_iter().map(answer).collect();
        Self { rating, stars: stars.number(), praise, answers }
    }
}

impl Rating {
    /// No star was chosen.
    pub const NO_STARS: Message = Message::new("errors.rating.no_stars");

    /// The free text is too long.
    pub fn too_long() -> Message {
        Message::new("errors.rating.too_long").with("max", LONGEST_TEXT)
    }
}

impl Page for Rating {
    const TEMPLATE: &'static str = "site/rating.html";

    fn typed(&self) -> Typed {
        if self.question.is_some() { Typed::GoesAlong } else { Typed::Nothing }
    }

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let page = |question, form| Self {
            rated: "submitted".into(),
            information: false,
            question,
            form,
            longest: LONGEST_TEXT,
        };
        let question = |stars: i16| {
            let stars = Stars::from_number(stars)?;
            Some(RatingQuestion::of(sample::uuid_of(9), stars))
        };
        let no_stars = FormState::default().error(RatingField::Stars, Self::NO_STARS);
        let too_long = FormState::default()
            .value(RatingField::Answer, "clear")
            .value(RatingField::Text, "Troppo lungo")
            .error(RatingField::Text, Self::too_long());
        vec![
            Sample::new("liked", page(question(5), FormState::default())),
            Sample::new("hard", page(question(2), FormState::default())),
            Sample::new("too_long", page(question(1), too_long)),
            Sample::new("no_stars", page(None, no_stars.clone())),
            Sample::new("information", Self { information: true, ..page(None, no_stars) }),
        ]
    }
}

/// The rating has been kept.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RatingThanks {
    /// The only draft or application of whoever is here, to go back to.
    pub draft: Option<DraftId>,
}

impl Page for RatingThanks {
    const TEMPLATE: &'static str = "site/rating_thanks.html";

    fn samples(_now: Timestamp) -> Vec<Sample<Self>> {
        let draft = Some(sample::draft());
        vec![Sample::new("family", Self { draft }), Sample::new("anybody", Self { draft: None })]
    }
}
