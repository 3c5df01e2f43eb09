//! No word that people read stands in Rust: it comes from a locale file, a comune's folder or the family itself.

use super::{files, root};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use regex::Regex;
use std::{fs, path::Path, sync::LazyLock};

/// The crates that make what people read.
const CRATES: [&str; 8] =
    ["documents", "domain", "i18n", "mail", "operations", "pages", "web", "worker"];

/// Macros whose words are for developers and operators: they reach a log, never a page.
const MACROS: [&str; 6] = ["debug", "error", "info", "panic", "trace", "warn"];

/// Functions of that kind, with what stands before them where the name alone says too little.
const FUNCTIONS: [&str; 4] = ["Error::message", "Malformed", "debug_struct", "expect"];

/// Files whose words are for operators alone, and the one with each language's own name.
const APART: [&str; 4] = [
    "domain/src/form/check.rs",
    "domain/src/form/check/question.rs",
    "domain/src/locale.rs",
    "mail/src/message.rs",
];

/// Names that no language translates, words of formats, and answers for operators.
const NAMES: [&str; 12] = [
    "-----BEGIN CERTIFICATE-----",
    "Audience",
    "Campanella",
    "Ministero dell'Interno",
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans SC",
    "Place",
    "a level is 1, 2 or 3",
    "no such template",
    "not ready",
    "the two standards exclude each other",
];

/// What marks somebody invented, for samples.
const INVENTED: [&str; 4] = ["Esempio", "Finta", "Inventato", "Prova"];

static SENTENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\p{L}{2,}\s\p{L}{2,}|^\p{Lu}\p{Ll}+$").unwrap());
static MARKUP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"<[^>]*>|\{[^}]*\}").unwrap());

/// Whether somebody could read it as words.
fn speaks(text: &str) -> bool {
    SENTENCE.is_match(&MARKUP.replace_all(text, "\u{0}"))
        && !NAMES.contains(&text)
        && !INVENTED.iter().any(|name| text.contains(name))
}

fn word(tree: &TokenTree) -> String {
    match tree {
        TokenTree::Ident(_) | TokenTree::Punct(_) => tree.to_string(),
        TokenTree::Group(_) | TokenTree::Literal(_) => String::new(),
    }
}

/// Leaves out what follows an attribute of tests, or a function that makes samples, up to the end of the item.
fn skip_item(trees: &mut impl Iterator<Item = TokenTree>) {
    for tree in trees {
        let ends = match &tree {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            other => word(other) == ";",
        };
        if ends {
            return;
        }
    }
}

/// All literals that somebody could read.
fn spoken(code: TokenStream, found: &mut Vec<String>) {
    let mut trees = code.into_iter();
    // The path that ends here: `FormState::error`, `warn!`.
    let mut path = String::new();
    while let Some(tree) = trees.next() {
        match &tree {
            TokenTree::Group(group)
                if attribute(&path) && group.to_string().replace(' ', "").contains("cfg(test)") =>
            {
                skip_item(&mut trees);
            }
            TokenTree::Group(group) if !attribute(&path) && !for_operators(&path) => {
                spoken(group.stream(), found);
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let bare = text.trim_start_matches('r').trim_matches('#').trim_matches('"');
                if bare.len() + 2 <= text.len() && speaks(bare) {
                    found.push(bare.to_owned());
                }
            }
            TokenTree::Ident(name) if path == "fn" && name == "samples" => skip_item(&mut trees),
            _ => {}
        }
        let next = word(&tree);
        let goes_on = matches!(next.as_str(), ":" | "!") || path.ends_with(':');
        path = if goes_on { path + &next } else { next };
    }
}

/// Whether the brackets that follow hold an attribute, also one of documentation.
fn attribute(path: &str) -> bool {
    path.trim_end_matches('!') == "#"
}

fn for_operators(path: &str) -> bool {
    let last = path.rsplit("::").next().unwrap_or_default();
    let called = |name: &&str| path == *name || path.ends_with(&format!("::{name}"));
    last.strip_suffix('!').is_some_and(|name| MACROS.contains(&name))
        || FUNCTIONS.iter().any(called)
}

fn is_read(path: &Path) -> bool {
    let tried = ["tests", "sample", "samples"];
    !APART.iter().any(|apart| path.ends_with(apart))
        && !path.with_extension("").iter().any(|part| tried.iter().any(|name| part == *name))
}

#[test]
fn no_words_that_people_read_stand_in_rust() {
    let mut faults = Vec::new();
    for name in CRATES {
        let mut sources = Vec::new();
        files(&root().join("crates").join(name).join("src"), &["rs"], &mut sources);
        assert!(!sources.is_empty(), "{name}");
        for path in sources.into_iter().filter(|path| is_read(path)) {
            let code: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
            let mut found = Vec::new();
            spoken(code, &mut found);
            faults.extend(found.iter().map(|text| format!("{}: {text}", path.display())));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn words_are_found_and_keys_are_not() {
    for text in ["Sì", "Bozza salvata", "{count} figli iscritti", "<p>Domanda inviata</p>"] {
        assert!(speaks(text), "{text}");
    }
    for text in
        ["errors.answer.missing", "codice_fiscale", "<g fill='none'>", "text/html; charset=utf-8"]
    {
        assert!(!speaks(text), "{text}");
    }
    let code = r#"#[cfg(test)] mod tests { fn f() { g("due parole"); } } fn page() {
        p("tre altre parole"); tracing::warn!("non lette qui"); form.error(Field::Code, Message::new("Codice sbagliato"));
    }"#;
    let mut found = Vec::new();
    spoken(code.parse().unwrap(), &mut found);
    assert_eq!(found, ["tre altre parole", "Codice sbagliato"]);
}
