//! What can be chosen where the tenant's school list decides.

use crate::school::School;

/// The classes of one school, for a grouped list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassGroup<'a> {
    /// The school.
    pub school: &'a School,
    /// Its classes.
    pub classes: &'a [String],
}

/// The classes to offer: those of the chosen school, or of every school while none is chosen.
/// Schools that publish no classes are left out; their families type the class.
pub fn class_groups<'a>(schools: &'a [School], chosen: Option<&str>) -> Vec<ClassGroup<'a>> {
    schools
        .iter()
        .filter(|school| chosen.is_none_or(|code| code == school.code))
        .filter(|school| !school.classes.is_empty())
        .map(|school| ClassGroup { school, classes: &school.classes })
        .collect()
}
