//! The demo's families: few, each with something different to try.

use super::{Course, Family, Home, Outcome, Portal, crowd::together, people};
use domain::Locale;

/// Walks the demo's families of every comune.
pub async fn demo(portals: &[Portal], parallel: usize, seed: u64) -> Vec<Outcome> {
    let groups = portals.iter().enumerate().flat_map(|(at, portal)| {
        let households = households(portal, seed, at * 10);
        households.into_iter().map(|families| (portal.clone(), families))
    });
    together(groups.collect(), parallel).await
}

/// Households of one comune; siblings are enrolled one after the other.
fn households(portal: &Portal, seed: u64, first: usize) -> Vec<Vec<Family>> {
    let family = |number| {
        resident(Family::invented(seed, first + number), &portal.name).wishing("school", "Primaria")
    };
    let siblings = Family { locale: Locale::It, ..family(0) }.wishing("siblings_enrolled", "yes");
    let second = siblings.sibling();
    // Making documents takes a while in a development build, and one check of them per comune is enough.
    let quick = |family: Family| Family { downloads: false, ..family };
    vec![
        vec![siblings, quick(second)],
        vec![Family { course: Course::SaveDraft, locale: Locale::It, ..family(1) }],
        vec![quick(Family { course: Course::ReturnAndChange, ..family(2) })],
        vec![quick(Family { locale: Locale::En, ..family(3) }.wishing("diet", "health"))],
    ]
}

/// Moves a family into the comune, where its postal code is known here.
fn resident(family: Family, comune: &str) -> Family {
    match people::home_in(comune) {
        None => family,
        Some((municipality, cap, province)) => Family {
            home: Home {
                cap: cap.to_owned(),
                municipality: municipality.to_owned(),
                province: province.to_owned(),
                ..family.home.clone()
            },
            ..family
        },
    }
}
