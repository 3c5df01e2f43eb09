//! What counts as comment, as test and as product.

use super::{Sizes, Source};

fn sizes(files: &[(&str, &str)]) -> Sizes {
    let mut sizes = Sizes::default();
    for (path, text) in files {
        sizes.add(&Source { path: (*path).to_owned(), text: (*text).to_owned() });
    }
    sizes
}

#[test]
fn inline_tests_are_tests_and_no_part_of_the_files_length() {
    let text = "//! A sentence.\n\nfn a() {}\n\n#[cfg(test)]\nmod tests {\n    // Why.\n    fn b() {}\n}\n";
    let sizes = sizes(&[("crates/domain/src/a.rs", text)]);
    assert_eq!(sizes.lengths, [4]);
    assert_eq!((sizes.production, sizes.tests), (1, 4));
    assert_eq!((sizes.comments, sizes.filled), (2, 7));
}

#[test]
fn test_files_simulators_and_samples_are_tests_and_tools_are_neither() {
    let sizes = sizes(&[
        ("tests/auth/limits.rs", "a\n"),
        ("crates/domain/src/form/tests.rs", "a\n"),
        ("crates/domain/src/form/tests/more.rs", "a\n"),
        ("crates/documents/src/samples/view.rs", "a\n"),
        ("crates/simulators/src/smtp.rs", "a\n"),
        ("crates/xtask/src/tidy.rs", "a\n"),
        ("crates/web/src/contests.rs", "a\n"),
    ]);
    assert_eq!((sizes.production, sizes.tests), (1, 5));
}

#[test]
fn figures_beyond_their_bars_are_faults() {
    let kept = Sizes { comments: 9, filled: 100, production: 10, tests: 8, ..Sizes::default() };
    assert_eq!(kept.faults(), []);
    assert_eq!(kept.lines()[2], "comments: 9.0 % of the lines, 6 to 12 %");
    let beyond = Sizes {
        lengths: vec![121, 301],
        comments: 13,
        filled: 100,
        production: 10,
        tests: 7,
        packages: 750,
    };
    assert_eq!(beyond.faults().len(), 5);
    assert_eq!(Sizes { comments: 5, filled: 100, ..kept }.faults().len(), 1);
}
