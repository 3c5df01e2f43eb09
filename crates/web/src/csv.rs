//! Tables for spreadsheets that take no cell for a formula.

/// Without it, spreadsheets on Windows do not know that the file is UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The table as text: semicolons, as Italian spreadsheets expect, and every cell in quotes.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    }
    text
}

/// A cell that begins like a formula gets an apostrophe in front, which spreadsheets read as "text".
fn quoted(cell: &str) -> String {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '|', '%'])
        || cell.starts_with(['\t', '\r', '\n']);
    let mark = if formula { "'" } else { "" };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn no_cell_is_a_formula_and_none_leaves_its_quotes() {
        let row = ["=1+1", " -2", "@x", "\tx", "a\"b;c", "5", "è"].map(str::to_owned).to_vec();
        assert_eq!(
            table(&[row]),
            "\u{feff}\"'=1+1\";\"' -2\";\"'@x\";\"'\tx\";\"a\"\"b;c\";\"5\";\"è\"\r\n"
        );
    }
}
