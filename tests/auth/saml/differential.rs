//! What the product accepts says the same to a second parser: over every way of writing a right answer, and over
//! thousands of answers bent at random and signed all the same.

use std::{collections::BTreeMap, fs, thread};
use support::{
    environment,
    saml_desk::Desk,
    two_readers::{Mutator, Outcome, compare_signed},
};

/// Bent documents per thread; the example `fuzz_response` bends millions.
const BENT: usize = 5_000;

type Change = (&'static str, fn(&str) -> String);

/// Ways to write the same, alone and combined. Prefixes are renamed last.
const CHANGES: [Change; 13] = [
    ("a declaration", |xml| format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}")),
    ("lines", |xml| xml.replace("><", ">\n  <")),
    ("lines of Windows", |xml| xml.replace("</saml:", "\r\n</saml:")),
    ("references", |xml| xml.replace(">TINIT", ">&#x54;INIT").replace(">https", ">&#104;ttps")),
    ("escaped texts", |xml| {
        let more = ">&amp; &lt;b&gt;\u{e8}\u{1f600}&#x200b;";
        xml.replace(
            "<saml:Attribute Name=\"name\"",
            &format!("{}<saml:Attribute Name=\"name\"", other(more)),
        )
    }),
    ("a language", |xml| {
        xml.replace("<saml:AttributeValue", "<saml:AttributeValue xml:lang=\"it\"")
    }),
    ("namespaces everywhere", |xml| {
        let declared = "<saml:Attribute xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" ";
        xml.replace("<saml:Attribute ", declared)
    }),
    ("extensions", |xml| {
        let extensions =
            "<samlp:Extensions><o:o xmlns:o=\"urn:o\" NameID=\"x\">x</o:o></samlp:Extensions>";
        xml.replacen("<samlp:Status>", &format!("{extensions}<samlp:Status>"), 1)
    }),
    ("advice", |xml| {
        let advice = "<saml:Advice><NameID xmlns=\"urn:o\">x</NameID></saml:Advice>";
        xml.replacen("<saml:AuthnStatement", &format!("{advice}<saml:AuthnStatement"), 1)
    }),
    ("two statements", |xml| {
        let between = "</saml:AttributeStatement><saml:AttributeStatement>";
        xml.replacen(
            "<saml:Attribute Name=\"name\"",
            &format!("{between}<saml:Attribute Name=\"name\""),
            1,
        )
    }),
    ("other quotes", |xml| xml.replace('"', "'")),
    ("other prefixes", |xml| {
        xml.replace("saml:", "a:")
            .replace(":saml=", ":a=")
            .replace("samlp:", "_p.1:")
            .replace(":samlp=", ":_p.1=")
    }),
    ("no prefix", |xml| {
        let bare =
            xml.replace("<saml:", "<").replace("</saml:", "</").replace("xmlns:saml=", "xmlns=");
        bare.replace("<a:", "<").replace("</a:", "</").replace("xmlns:a=", "xmlns=")
    }),
];

/// One more attribute, which nobody reads as a person's.
fn other(text: &str) -> String {
    format!(
        "<saml:Attribute Name=\"other\"><saml:AttributeValue{text}</saml:AttributeValue></saml:Attribute>"
    )
}

fn corpus() -> Vec<String> {
    let folder = environment::root().join("tests/fixtures/saml");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read_to_string(file).unwrap().trim_end().to_owned()).collect()
}

#[test]
fn every_way_of_writing_a_right_answer_is_read_alike() {
    let desk = Desk::of("alfa");
    let mut count = 0;
    for (number, xml) in corpus().into_iter().enumerate() {
        for (first, (name, change)) in CHANGES.iter().enumerate() {
            // With its next neighbours for one document; alone for the others.
            let last = if number == 0 { CHANGES.len().min(first + 5) } else { first + 1 };
            for (other, also) in &CHANGES[first..last] {
                let changed = change(&xml);
                let changed = if name == other { changed } else { also(&changed) };
                let outcome = compare_signed(&desk, &changed, |signed| signed);
                assert_eq!(outcome, Ok(Outcome::Agreed), "{name}, {other}");
                count += 1;
            }
        }
    }
    assert!(count >= 60, "{count}");
}

#[test]
fn whatever_is_accepted_of_bent_answers_is_read_alike() {
    let (desk, corpus) = (Desk::of("alfa"), corpus());
    let counted: Vec<BTreeMap<&str, usize>> = thread::scope(|scope| {
        let bending = |seed| {
            let (desk, corpus) = (&desk, &corpus);
            scope.spawn(move || bend(desk, corpus, seed))
        };
        let threads: Vec<_> = [1, 2].map(bending).into_iter().collect();
        threads.into_iter().map(|thread| thread.join().expect("no difference")).collect()
    });
    for outcomes in counted {
        assert!(outcomes["agreed"] > 100, "{outcomes:?}");
        assert!(outcomes.len() > 10, "{outcomes:?}");
    }
}

fn bend(desk: &Desk, corpus: &[String], seed: u64) -> BTreeMap<&'static str, usize> {
    let mut mutator = Mutator::new(seed);
    let mut outcomes = BTreeMap::new();
    for number in 0..BENT {
        let xml = mutator.bend(corpus);
        match compare_signed(desk, &xml, |signed| mutator.disguise(signed)) {
            Ok(Outcome::Agreed) => *outcomes.entry("agreed").or_default() += 1,
            Ok(Outcome::Refused(code)) => *outcomes.entry(code).or_default() += 1,
            Err(difference) => panic!("{difference}: seed {seed}, number {number}"),
        }
    }
    outcomes
}
