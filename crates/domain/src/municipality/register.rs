//! The embedded register of cadastral codes, parsed on first use.

use super::Place;
use crate::folding::fold;
use jiff::civil::Date;
use std::sync::LazyLock;

pub(super) static REGISTER: LazyLock<Register> =
    LazyLock::new(|| Register::read(include_str!("../../data/belfiore.csv")));

pub(super) static PROVINCES: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let cells = |line: &'static str| {
        let mut cells = line.split(';');
        Some((cells.next()?, cells.next()?))
    };
    include_str!("../../data/provinces.csv").lines().skip(1).filter_map(cells).collect()
});

/// All rows, sorted by code.
pub(super) struct Register {
    pub(super) rows: Vec<Row>,
}

/// One name of one code in one period.
pub(super) struct Row {
    pub(super) place: Place,
    /// Folded Italian name.
    pub(super) folded: String,
    /// Folded other name, empty when there is none.
    pub(super) folded_other: String,
    /// Whether it exists today.
    pub(super) active: bool,
    from: Option<Date>,
    to: Option<Date>,
}

impl Row {
    /// Whether the name was in force; an unknown bound is open.
    pub(super) fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split(';');
        let mut cell = || cells.next();
        let (code, name, other_name, province) = (cell()?, cell()?, cell()?, cell()?);
        let (from, to) = (cell()?.parse().ok(), cell()?.parse().ok());
        let place = Place { code, name, other_name, province, foreign: province == "EE" };
        let active = cell()? == "1";
        Some(Self { place, folded: fold(name), folded_other: fold(other_name), active, from, to })
    }
}

impl Register {
    fn read(text: &'static str) -> Self {
        Self { rows: text.lines().skip(1).filter_map(Row::read).collect() }
    }

    /// Rows of a code, oldest first.
    pub(super) fn rows_of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Row> {
        let start = self.rows.partition_point(|row| row.place.code < code);
        self.rows.iter().skip(start).take_while(move |row| row.place.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::REGISTER;

    #[test]
    fn every_line_is_read_and_codes_are_sorted() {
        assert_eq!(REGISTER.rows.len(), 14_525);
        assert!(REGISTER.rows.is_sorted_by_key(|row| row.place.code));
        let today = |row: &&super::Row| row.active && !row.place.foreign;
        assert_eq!(REGISTER.rows.iter().filter(today).count(), 7_894);
        assert_eq!(REGISTER.rows.iter().filter(|row| row.place.foreign).count(), 222);
        assert!(REGISTER.rows.iter().all(|row| !row.folded.is_empty()));
    }
}
