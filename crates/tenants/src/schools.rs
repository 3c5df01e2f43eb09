//! `schools.csv`: the tenant's schools, one per line.

use crate::problem::Problem;
use domain::school::{Grade, School};

/// The first line of the file.
const HEADER: [&str; 5] = ["code", "name", "address", "grade", "classes"];

/// Reads the school list; every wrong line is a problem.
pub(crate) fn read(file: &str, source: &str) -> Result<Vec<School>, Vec<Problem>> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(source.as_bytes());
    let titled = reader.headers().is_ok_and(|header| header.iter().eq(HEADER));
    if !titled {
        let message = format!("the first line must be: {}", HEADER.join(","));
        return Err(vec![at(file, 1, "", message)]);
    }
    let (mut schools, mut problems) = (Vec::<School>::new(), Vec::new());
    for record in reader.records() {
        let Ok(record) = record else {
            problems.push(Problem::of_file(file, "a line cannot be read as CSV in UTF-8"));
            break;
        };
        let line = record.position().map_or(0, csv::Position::line);
        match school(&record) {
            Ok(school) if schools.iter().any(|known| known.code == school.code) => {
                problems.push(at(file, line, "code", "another line has the same code".to_owned()));
            }
            Ok(school) => schools.push(school),
            Err((column, message)) => problems.push(at(file, line, column, message)),
        }
    }
    if problems.is_empty() { Ok(schools) } else { Err(problems) }
}

fn school(record: &csv::StringRecord) -> Result<School, (&'static str, String)> {
    let [code, name, address, grade, classes] = HEADER.map(|column| {
        let at = HEADER.iter().position(|title| *title == column);
        at.and_then(|at| record.get(at)).unwrap_or_default()
    });
    if record.len() != HEADER.len() {
        return Err(("", format!("a line has {} columns, not {}", HEADER.len(), record.len())));
    }
    if !School::is_code(code) {
        let message = "a codice meccanografico has ten capital letters and digits";
        return Err(("code", message.to_owned()));
    }
    if let Some((column, _)) =
        [("name", name), ("address", address)].iter().find(|(_, v)| v.is_empty())
    {
        return Err((column, "nothing is written".to_owned()));
    }
    Ok(School {
        code: code.to_owned(),
        name: name.to_owned(),
        address: address.to_owned(),
        grade: grade.parse::<Grade>().map_err(|error| ("grade", error.to_string()))?,
        classes: classes.split_whitespace().map(ToOwned::to_owned).collect(),
    })
}

fn at(file: &str, line: u64, column: &str, message: String) -> Problem {
    Problem {
        file: file.to_owned(),
        line: usize::try_from(line).ok(),
        key: column.to_owned(),
        message,
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    const HEADER: &str = "code,name,address,grade,classes\n";

    fn problems(lines: &str) -> Vec<String> {
        let found = read("x.csv", &format!("{HEADER}{lines}")).unwrap_err();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn reads_schools_with_and_without_classes() {
        let lines = "TAEE000001,Scuola Prova,\"Via Esempio 1, Taranto\",primary,1A 1B\n\
                     TAAA000001, Scuola Esempio ,Via Prova 2,preschool,\n";
        let schools = read("x.csv", &format!("{HEADER}{lines}")).unwrap();
        assert_eq!(schools[0].address, "Via Esempio 1, Taranto");
        assert_eq!(schools[0].classes, ["1A", "1B"]);
        assert_eq!((schools[1].name.as_str(), schools[1].classes.len()), ("Scuola Esempio", 0));
    }

    #[test]
    fn every_wrong_line_is_told() {
        let found = problems(
            "abc,Prova,Via 1,primary,\n\
             TAEE000001,Prova,Via 1,liceo,\n\
             TAEE000002,,Via 1,primary,\n\
             TAEE000003,Prova,Via 1,primary\n\
             TAEE000004,Prova,Via 1,primary,\n\
             TAEE000004,Prova,Via 2,primary,\n",
        );
        assert_eq!(
            found[0],
            "x.csv:2: code: a codice meccanografico has ten capital letters and digits"
        );
        assert!(found[1].starts_with("x.csv:3: grade: unknown grade; known are:"), "{found:?}");
        assert_eq!(found[2], "x.csv:4: name: nothing is written");
        assert_eq!(found[3], "x.csv:5: a line has 5 columns, not 4");
        assert_eq!(found[4], "x.csv:7: code: another line has the same code");
        assert_eq!(found.len(), 5);
    }

    #[test]
    fn the_header_is_fixed() {
        let found = read("x.csv", "codice,nome\n").unwrap_err();
        let expected = "x.csv:1: the first line must be: code,name,address,grade,classes";
        assert_eq!(found[0].to_string(), expected);
    }
}
