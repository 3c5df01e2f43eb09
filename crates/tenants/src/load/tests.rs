//! The shipped tenants are good; every kind of mistake is told with file, line and key.

use super::load_dir;
use crate::{bundle::TenantBundle, missing_translations};
use domain::{Locale, form::QuestionKind};
use std::{
    collections::BTreeSet,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

mod brand;
mod digital_identity;
mod owners;

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder)
}

/// All tenants of a folder of this repository; any mistake fails the test with its text.
fn good(folder: &str) -> Vec<TenantBundle> {
    let loaded = load_dir(&root(folder)).unwrap();
    let bundle = |(slug, loaded): super::Loaded| match loaded {
        Ok(bundle) => bundle,
        Err(problems) => panic!("{slug}:\n{}", crate::table(&problems)),
    };
    loaded.into_iter().map(bundle).collect()
}

/// A copy of the fixture alfa, to be spoilt.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (root("tests/fixtures/tenants/alfa"), folder.path().join("alfa"));
    for part in ["brand", "forms"] {
        fs::create_dir_all(to.join(part)).unwrap();
    }
    for file in ["tenant.toml", "schools.csv", "brand/logo.svg", "forms/2026-2027.toml"] {
        fs::copy(from.join(file), to.join(file)).unwrap();
    }
    folder
}

/// Begins a name of more than 200 characters.
const LONG_NAME: &str = concat!(
    "[identity]\nname = \"Comune di Prova molto lungo, Comune di Prova molto lungo, Comune di Prova molto lungo, ",
    "Comune di Prova molto lungo, Comune di Prova molto lungo, Comune di Prova molto lungo, Comune di Prova, ",
);

/// The mistakes after replacing a text in one file of alfa.
fn mistakes(file: &str, from: &str, to: &str) -> Vec<String> {
    let folder = copy();
    let path = folder.path().join("alfa").join(file);
    let source = fs::read_to_string(&path).unwrap();
    assert!(source.contains(from), "{from}");
    fs::write(&path, source.replacen(from, to, 1)).unwrap();
    told(&folder)
}

fn told(folder: &TempDir) -> Vec<String> {
    let loaded = load_dir(folder.path()).unwrap();
    let problems = loaded.into_iter().filter_map(|(_, loaded)| loaded.err()).flatten();
    problems.map(|problem| problem.to_string()).collect()
}

#[test]
fn the_shipped_tenants_are_complete_in_each_of_their_languages() {
    for folder in ["tenants", "tests/fixtures/tenants"] {
        let bundles = good(folder);
        assert_eq!(bundles.len(), 2, "{folder}");
        for bundle in &bundles {
            assert_eq!(missing_translations(bundle), Vec::<String>::new(), "{}", bundle.slug);
            assert!(!bundle.forms.is_empty() && !bundle.schools.is_empty());
        }
        assert_ne!(bundles[0].settings.brand.colour, bundles[1].settings.brand.colour);
        assert_ne!(bundles[0].forms, bundles[1].forms);
    }
}

#[test]
fn the_fixtures_cover_every_kind_of_question() {
    let kinds: BTreeSet<QuestionKind> = good("tests/fixtures/tenants")
        .iter()
        .flat_map(|bundle| bundle.forms.values())
        .flat_map(|form| form.questions().map(|(_, question)| question.kind))
        .collect();
    assert_eq!(kinds.len(), 14, "{kinds:?}");
}

#[test]
fn taranto_keeps_the_words_of_its_notice() {
    let bundles = good("tenants");
    let taranto = bundles.iter().find(|bundle| bundle.slug == "taranto").unwrap();
    let words = taranto.settings.privacy_notice.acknowledgement.as_ref().unwrap();
    assert_eq!(
        words.get(Locale::It),
        "Autorizzo il trattamento dei miei dati personali ai sensi dell'art. 13 del regolamento \
         (UE) n. 2016/679 e successive modifiche ed integrazioni, Codice in materia di protezione \
         dei dati personali."
    );
    let doors = taranto.settings.doors;
    assert!(doors.password_access && doors.spid && doors.cie);
    let step = taranto.forms.values().next().unwrap().step("guardian").unwrap();
    assert_eq!(step.title.get(Locale::It), "Dati del genitore/utente");
}

#[test]
fn bundles_survive_the_database() {
    for bundle in good("tenants") {
        let body = bundle.to_body().unwrap();
        assert_eq!(TenantBundle::from_body(body).unwrap(), bundle);
    }
}

#[test]
fn unknown_keys_and_values_name_file_line_key_and_what_is_allowed() {
    let found = mistakes("tenant.toml", "answer_days", "reply_days");
    assert!(found[0].ends_with("terms: missing field `answer_days`"), "{found:?}");
    assert!(found[1].starts_with("alfa/tenant.toml:83: terms.reply_days: unknown"), "{found:?}");
    assert!(found[1].contains("expected one of `answer_days`, `draft_days`"), "{found:?}");
    let found =
        mistakes("tenant.toml", "school_service = \"canteen\"", "school_service = \"mensa\"");
    assert!(found[0].contains("service[1].school_service: unknown variant `mensa`"), "{found:?}");
    assert!(found[0].contains("`canteen`, `transport`"), "{found:?}");
    let found = mistakes("tenant.toml", "[mail]", "[post]");
    assert!(found[0].contains("unknown field `post`"), "{found:?}");
}

#[test]
fn mistakes_of_several_sections_are_told_together() {
    let folder = copy();
    let path = folder.path().join("alfa/tenant.toml");
    let source = fs::read_to_string(&path).unwrap();
    let source = source
        .replace("#7a1f3d", "#ffee00")
        .replace("opens_at = \"2026-09-08 08:00\"", "opens_at = \"8 settembre\"")
        .replace("draft_days = 30", "draft_days = \"30\"");
    fs::write(&path, source).unwrap();
    let found = told(&folder);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].contains("brand.colour: contrast with white is 1."), "{found:?}");
    assert!(found[1].contains("window[1].opens_at: not a time; write it like"), "{found:?}");
    assert!(found[2].contains("terms.draft_days: invalid type"), "{found:?}");
}

#[test]
fn rules_between_keys_are_told_at_their_line() {
    for (from, to, expected) in [
        ("schema = 1", "schema = 2", ":2: schema: unknown version; this program reads 1"),
        ("province = \"TA\"", "province = \"XX\"", "identity.province: unknown province"),
        ("\"+39 099 0000002\"", "\"099 1/2/tre\"", "contacts.phones[2]: one whole number each"),
        ("scuola@pec.", "scuola@@pec.", "contacts.pec: not an e-mail address"),
        ("https://www.alfa", "http://www.alfa", "contacts.website: an address begins with https"),
        ("[\"it\", \"en\"]", "[\"en\", \"it\"]", "languages.offered: Italian"),
        (
            "password_access = true\nspid = true\ncie = true",
            "password_access = false\nspid = false\ncie = false",
            "doors: at least one door",
        ),
        (
            "closes_at = \"2026-10-13\"",
            "closes_at = \"2026-09-07\"",
            "window[1].closes_at: the window",
        ),
        ("kind = \"renewal\"", "kind = \"new\"", "window[2].kind: another window"),
        (
            "school_year = \"2026-2027\"",
            "school_year = \"2027-2028\"",
            "window[1].school_year: the folder",
        ),
        ("answer_days = 30", "answer_days = 0", "terms.answer_days: from 1 to 180"),
        ("\"brand/logo.svg\"", "\"../logo.svg\"", "brand.logo: write it like"),
        ("[mail]\nname = \"", "[mail]\nname = \"a\\nb", "mail.name: one line of 1 to 200"),
        ("[mail]\nname = \"", "[mail]\nname = \" \" #", "mail.name: one line of 1 to 200"),
        ("[identity]\nname = \"", "[identity]\nname = \"a\\tb", "identity.name: one line"),
        ("[identity]\nname = \"", LONG_NAME, "identity.name: one line of 1 to 200"),
        ("codice_ipa = \"c_alfa\"", "codice_catastale = \"A000\"", "identity.codice_catastale: no"),
        (
            "codice_ipa = \"c_alfa\"",
            "codice_fiscale = \"1\"",
            "identity.codice_fiscale: eleven digits",
        ),
        ("paragraphs = [{", "paragraphs = [] #", "privacy_notice.paragraphs: at least one"),
    ] {
        let found = mistakes("tenant.toml", from, to);
        assert!(found.iter().any(|told| told.contains(expected)), "{expected}: {found:?}");
    }
}

#[test]
fn a_logo_is_looked_at_before_it_is_opened_and_a_refused_path_never() {
    let folder = copy();
    let logo = folder.path().join("alfa/brand/logo.svg");
    fs::File::create(&logo).unwrap().set_len(1 << 30).unwrap();
    assert_eq!(told(&folder), ["alfa/brand/logo.svg: not a file of at most 32 KiB"]);
    fs::remove_file(&logo).unwrap();
    fs::create_dir(&logo).unwrap();
    assert_eq!(told(&folder), ["alfa/brand/logo.svg: not a file of at most 32 KiB"]);
    fs::remove_dir(&logo).unwrap();
    assert_eq!(told(&folder), ["alfa/brand/logo.svg: the file is missing"]);
    let found = mistakes("tenant.toml", "\"brand/logo.svg\"", "\"/nowhere.svg\"");
    assert_eq!(found.len(), 1, "no word about what is or is not there: {found:?}");
}

#[test]
fn mistakes_of_a_form_name_step_and_question() {
    let form = "forms/2026-2027.toml";
    let found = mistakes(form, "kind = \"phone\"", "kind = \"fax\"");
    assert!(
        found[0].contains("step[guardian].question[guardian_phone].kind: unknown"),
        "{found:?}"
    );
    let purpose = "purpose = { it = \"Verificare i dati con il codice fiscale\"";
    let found = mistakes(form, purpose, "#");
    assert!(found[0].contains("question[pupil_sex]: missing field `purpose`"), "{found:?}");
    let found = mistakes(form, "question = \"diet\"", "question = \"diets\"");
    let expected =
        "step[canteen].question[certificate].shown_when: no earlier question has the key";
    assert!(found[0].contains(expected), "{found:?}");
    let found = mistakes(form, "binds = \"services\"", "# binds");
    assert!(found.iter().any(|told| told.contains("it is mandatory")), "{found:?}");
    let found = mistakes(form, "schema = 1", "schema = 1\nschool_year = \"2025-2026\"");
    assert!(found[0].contains(":4: school_year: differs from the file's name"), "{found:?}");
    let found = mistakes(form, "it = \"Cognome\", en", "en");
    assert!(found[0].contains("the Italian text is missing"), "{found:?}");
}

#[test]
fn missing_files_unsafe_logos_and_bad_folders_are_told() {
    let folder = copy();
    fs::remove_file(folder.path().join("alfa/schools.csv")).unwrap();
    fs::write(folder.path().join("alfa/forms/2026.toml"), "").unwrap();
    let script = "<svg viewBox=\"0 0 1 1\"><script>x</script></svg>";
    fs::write(folder.path().join("alfa/brand/logo.svg"), script).unwrap();
    let found = told(&folder);
    assert_eq!(found[0], "alfa/schools.csv: the file is missing");
    assert_eq!(
        found[1],
        "alfa/forms/2026.toml: a form is named by its school year: 2026-2027.toml"
    );
    assert!(found[2].starts_with("alfa/brand/logo.svg: <script> is refused"), "{found:?}");
    let folder = copy();
    fs::rename(folder.path().join("alfa"), folder.path().join("ufficio")).unwrap();
    assert_eq!(told(&folder), ["ufficio: this name is used by the platform itself"]);
}

#[test]
fn a_mounted_volume_shows_tenants_as_links_and_holds_folders_of_its_own() {
    let folder = copy();
    let (hidden, data) = (folder.path().join("..2026_11_21"), folder.path().join("..data"));
    fs::create_dir(&hidden).unwrap();
    fs::create_dir(folder.path().join("lost+found")).unwrap();
    fs::rename(folder.path().join("alfa"), hidden.join("alfa")).unwrap();
    symlink(&hidden, &data).unwrap();
    symlink(Path::new("..data/alfa"), folder.path().join("alfa")).unwrap();
    symlink(Path::new("nowhere"), folder.path().join("broken")).unwrap();
    let loaded = load_dir(folder.path()).unwrap();
    let slugs: Vec<&str> = loaded.iter().map(|(slug, _)| slug.as_str()).collect();
    assert_eq!(slugs, ["alfa"]);
    assert!(loaded[0].1.is_ok());
}

#[test]
fn missing_translations_are_reported() {
    let folder = copy();
    let path = folder.path().join("alfa/tenant.toml");
    let source = fs::read_to_string(&path).unwrap();
    fs::write(&path, source.replace(", en = \"Monday 9:00-12:00\"", "")).unwrap();
    let loaded = load_dir(folder.path()).unwrap();
    let bundle = loaded[0].1.as_ref().unwrap();
    assert_eq!(missing_translations(bundle), ["settings.contacts.opening_hours: en"]);
}
