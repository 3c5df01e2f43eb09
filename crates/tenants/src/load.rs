//! Reading the folder of all tenants.

use crate::{
    bundle::TenantBundle,
    check,
    document::Document,
    logo,
    path::Part,
    problem::Problem,
    schools,
    settings::{
        Access, Brand, Contacts, Declarations, Documents, Doors, Identity, Languages, Meals,
        PrivacyNotice, Sender, ServiceSettings, TenantSettings, Terms, WindowSettings,
    },
    translations::Translations,
};
use domain::{
    SchoolYear,
    form::{FormDefinition, Question, Step},
    school::School,
};
use serde::de::DeserializeOwned;
use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::Path,
};

/// A tenant as read: its slug with its bundle, or with all its mistakes.
pub type Loaded = (String, Result<TenantBundle, Vec<Problem>>);

/// Reads every tenant of a folder, by slug. A mistake harms its tenant only; a host claimed twice
/// harms the second claimant. Fails only when the folder itself cannot be read.
pub fn load_dir(folder: &Path) -> std::io::Result<Vec<Loaded>> {
    load_dir_beside(folder, None)
}

/// The same, where the host of the shared entrance is known: no tenant can have it for its own.
pub fn load_dir_beside(folder: &Path, shared_host: Option<&str>) -> std::io::Result<Vec<Loaded>> {
    let slugs = slugs(folder)?;
    let shared = shared_host.map(|host| (host.to_owned(), "the shared entrance".to_owned()));
    let mut claimed: HashMap<String, String> = shared.into_iter().collect();
    let load = |slug: String| {
        let loaded = load_tenant(&folder.join(&slug), &slug);
        let loaded = loaded.and_then(|bundle| claim(bundle, &mut claimed));
        (slug, loaded)
    };
    Ok(slugs.into_iter().map(load).collect())
}

/// Names of the tenants' folders, sorted. A mounted volume shows them as links to a hidden folder, and may hold the
/// `lost+found` of its file system.
fn slugs(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut slugs = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let platforms_own = name.starts_with('.') || name == "lost+found";
        // Unlike the entry's own type, this follows links.
        if !platforms_own && fs::metadata(entry.path()).is_ok_and(|found| found.is_dir()) {
            slugs.push(name);
        }
    }
    slugs.sort_unstable();
    Ok(slugs)
}

/// Values that one tenant alone can have, with their keys: a host leads to one comune, and a federation knows one body
/// by an identifier.
fn unique_values(settings: &TenantSettings) -> Vec<(&'static str, &str)> {
    let hosts = settings.access.hosts.iter().map(|host| ("access.hosts", host.as_str()));
    let identity = settings.digital_identity.as_ref();
    let entity_ids = [
        ("digital_identity.spid_entity_id", identity.and_then(|it| it.spid_entity_id.as_deref())),
        ("digital_identity.cie_entity_id", identity.and_then(|it| it.cie_entity_id.as_deref())),
    ];
    hosts.chain(entity_ids.into_iter().filter_map(|(key, value)| Some((key, value?)))).collect()
}

fn claim(
    bundle: TenantBundle,
    claimed: &mut HashMap<String, String>,
) -> Result<TenantBundle, Vec<Problem>> {
    let (mut problems, mut own) = (Vec::new(), Vec::new());
    for (key, value) in unique_values(&bundle.settings) {
        if let Some(owner) = claimed.get(value) {
            let message = format!("{key}: \"{value}\" belongs to {owner} already");
            problems.push(Problem::of_file(format!("{}/tenant.toml", bundle.slug), message));
        } else {
            own.push((value.to_owned(), format!("tenant {}", bundle.slug)));
        }
    }
    // A refused tenant claims nothing.
    if problems.is_empty() {
        claimed.extend(own);
        Ok(bundle)
    } else {
        Err(problems)
    }
}

fn load_tenant(folder: &Path, slug: &str) -> Result<TenantBundle, Vec<Problem>> {
    let mut problems: Vec<Problem> = check::slug(slug).into_iter().collect();
    let schools = gather(load_schools(folder, slug), &mut problems);
    let forms = gather(load_forms(folder, slug), &mut problems);
    let settings = load_settings(folder, slug, forms.as_ref(), &mut problems);
    // A refused path is told with the settings, and never followed.
    let brand = settings.as_ref().map(|settings| &settings.brand);
    let brand = brand.filter(|brand| check::is_logo_path(&brand.logo));
    let logo = brand.and_then(|brand| gather(load_logo(folder, slug, brand), &mut problems));
    let translations = gather(Translations::load(folder, slug), &mut problems);
    match (settings, schools, forms, logo, translations) {
        (Some(settings), Some(schools), Some(forms), Some(logo), Some(translations))
            if problems.is_empty() =>
        {
            let bundle = TenantBundle { slug: slug.to_owned(), settings, schools, forms, logo };
            let message = "the translations cannot be put into their places";
            let refused = || vec![Problem::of_file(format!("{slug}/translations"), message)];
            translations.fill(&bundle).ok_or_else(refused)
        }
        _ => Err(problems),
    }
}

fn gather<T>(loaded: Result<T, Vec<Problem>>, problems: &mut Vec<Problem>) -> Option<T> {
    loaded.map_err(|found| problems.extend(found)).ok()
}

fn load_settings(
    folder: &Path,
    slug: &str,
    forms: Option<&BTreeMap<SchoolYear, FormDefinition>>,
    problems: &mut Vec<Problem>,
) -> Option<TenantSettings> {
    let file = format!("{slug}/tenant.toml");
    let source = gather(text(&folder.join("tenant.toml"), &file), problems)?;
    let document = gather(Document::parse(&file, &source), problems)?;
    let found = probe_settings(&document);
    if !found.is_empty() {
        problems.extend(found);
        return None;
    }
    let settings: TenantSettings =
        gather(document.read().map_err(|problem| vec![problem]), problems)?;
    let mistakes = check::settings(&settings, forms);
    problems.extend(mistakes.into_iter().map(|(path, message)| document.problem(&path, message)));
    Some(settings)
}

/// Each section on its own, so that one mistake does not hide those of the other sections.
fn probe_settings(document: &Document<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    found.extend(document.probe::<Identity>(&["identity".into()]));
    found.extend(document.probe::<Access>(&["access".into()]));
    found.extend(document.probe::<Languages>(&["languages".into()]));
    found.extend(document.probe::<Brand>(&["brand".into()]));
    found.extend(document.probe::<Contacts>(&["contacts".into()]));
    found.extend(document.probe::<Doors>(&["doors".into()]));
    found.extend(each::<ServiceSettings>(document, &["service".into()]));
    found.extend(each::<WindowSettings>(document, &["window".into()]));
    found.extend(document.probe::<Declarations>(&["declarations".into()]));
    found.extend(document.probe::<PrivacyNotice>(&["privacy_notice".into()]));
    found.extend(document.probe::<Meals>(&["meals".into()]));
    found.extend(document.probe::<Sender>(&["mail".into()]));
    found.extend(document.probe::<Documents>(&["documents".into()]));
    found.extend(document.probe::<Terms>(&["terms".into()]));
    found
}

fn each<T: DeserializeOwned>(document: &Document<'_>, list: &[Part]) -> Vec<Problem> {
    let at = |position: usize| [list, &[Part::At(position)]].concat();
    (0..document.positions(list)).flat_map(|position| document.probe::<T>(&at(position))).collect()
}

fn load_schools(folder: &Path, slug: &str) -> Result<Vec<School>, Vec<Problem>> {
    let file = format!("{slug}/schools.csv");
    schools::read(&file, &text(&folder.join("schools.csv"), &file)?)
}

fn load_logo(folder: &Path, slug: &str, brand: &Brand) -> Result<String, Vec<Problem>> {
    let file = format!("{slug}/{}", brand.logo);
    let path = folder.join(&brand.logo);
    // A missing file is told below; anything else that is no file of that size is not opened at all.
    let fits = |length: u64| usize::try_from(length).is_ok_and(|length| length <= logo::LARGEST);
    if fs::metadata(&path).is_ok_and(|found| !found.is_file() || !fits(found.len())) {
        let message = format!("not a file of at most {} KiB", logo::LARGEST / 1024);
        return Err(vec![Problem::of_file(file, message)]);
    }
    let source = text(&path, &file)?;
    match logo::refused(&source) {
        Some(message) => Err(vec![Problem::of_file(file, message)]),
        None => Ok(source),
    }
}

fn load_forms(
    folder: &Path,
    slug: &str,
) -> Result<BTreeMap<SchoolYear, FormDefinition>, Vec<Problem>> {
    let (mut forms, mut problems) = (BTreeMap::new(), Vec::new());
    let Ok(entries) = fs::read_dir(folder.join("forms")) else {
        return Err(vec![Problem::of_file(format!("{slug}/forms"), "the folder is missing")]);
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .collect();
    names.sort_unstable();
    for name in names {
        let file = format!("{slug}/forms/{name}");
        let year = name.strip_suffix(".toml").and_then(|year| year.parse::<SchoolYear>().ok());
        let Some(year) = year else {
            let message = "a form is named by its school year: 2026-2027.toml";
            problems.push(Problem::of_file(file, message));
            continue;
        };
        match text(&folder.join("forms").join(&name), &file)
            .and_then(|s| load_form(&file, &s, year))
        {
            Ok(form) => drop(forms.insert(year, form)),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(forms) } else { Err(problems) }
}

fn load_form(file: &str, source: &str, year: SchoolYear) -> Result<FormDefinition, Vec<Problem>> {
    let document = Document::parse(file, source)?;
    let steps: Vec<Part> = vec!["step".into()];
    let mut problems = Vec::new();
    for position in 0..document.positions(&steps) {
        let questions = [steps.as_slice(), &[position.into(), "question".into()]].concat();
        let found = each::<Question>(&document, &questions);
        if found.is_empty() {
            problems
                .extend(document.probe::<Step>(&[steps.as_slice(), &[position.into()]].concat()));
        }
        problems.extend(found);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut form: FormDefinition = document.read().map_err(|problem| vec![problem])?;
    let mistakes = check::form(&form, year);
    if mistakes.is_empty() {
        form.school_year = Some(year);
        return Ok(form);
    }
    Err(mistakes.into_iter().map(|(path, message)| document.problem(&path, message)).collect())
}

pub(crate) fn text(path: &Path, file: &str) -> Result<String, Vec<Problem>> {
    fs::read_to_string(path).map_err(|error| {
        let message = match error.kind() {
            std::io::ErrorKind::NotFound => "the file is missing".to_owned(),
            std::io::ErrorKind::InvalidData => "the file is not UTF-8 text".to_owned(),
            kind => format!("the file cannot be read: {kind}"),
        };
        vec![Problem::of_file(file, message)]
    })
}

#[cfg(test)]
mod tests;
