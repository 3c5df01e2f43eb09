//! The three levels as classes of authentication.

use crate::names::{CLASS_L1, CLASS_L2, CLASS_L3};
use domain::identity::AssuranceLevel;

/// The class reference of a level; SPID and CIE use the same.
pub const fn class_of(level: AssuranceLevel) -> &'static str {
    match level {
        AssuranceLevel::L1 => CLASS_L1,
        AssuranceLevel::L2 => CLASS_L2,
        AssuranceLevel::L3 => CLASS_L3,
    }
}

/// The level of a class reference; `None` for every other text, older spellings included.
pub fn level_of(class: &str) -> Option<AssuranceLevel> {
    match class {
        CLASS_L1 => Some(AssuranceLevel::L1),
        CLASS_L2 => Some(AssuranceLevel::L2),
        CLASS_L3 => Some(AssuranceLevel::L3),
        _ => None,
    }
}
