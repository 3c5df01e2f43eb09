//! The first language of a visitor, from the browser's `Accept-Language`.

use domain::Locale;

/// The offered language the browser likes best; the first offered one when none fits.
/// Only the primary subtag counts: `en-GB` finds English.
pub fn negotiate(accept_language: &str, offered: &[Locale]) -> Locale {
    let mut wishes: Vec<(u16, &str)> =
        accept_language.split(',').take(20).filter_map(wish).collect();
    // A stable sort keeps the browser's order among equals.
    wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wishes
        .into_iter()
        .find_map(|(_, primary)| {
            offered.iter().copied().find(|l| primary_of(l.tag()).eq_ignore_ascii_case(primary))
        })
        .or_else(|| offered.first().copied())
        .unwrap_or_default()
}

fn wish(item: &str) -> Option<(u16, &str)> {
    let mut parts = item.split(';');
    let tag = parts.next()?.trim();
    let weight = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(Some(1000), thousandths)?;
    (weight > 0 && !tag.is_empty()).then(|| (weight, primary_of(tag)))
}

fn primary_of(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A quality value has at most three decimals (RFC 9110 §12.4.2), so whole thousandths are exact.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let padded = format!("{decimals:0<3}");
    let value = whole.parse::<u16>().ok()?.checked_mul(1000)?.checked_add(padded.parse().ok()?)?;
    (padded.len() == 3 && value <= 1000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::negotiate;
    use domain::Locale::{self, En, It, Ro, ZhHans};

    #[test]
    fn the_best_liked_offered_language_wins() {
        assert_eq!(negotiate("en-GB,en;q=0.9,it;q=0.8", &[It, En]), En);
        assert_eq!(negotiate("de, en;q=0.4, it;q=0.5", &[It, En]), It);
        assert_eq!(negotiate("EN;q=1.000", &[It, En]), En);
        assert_eq!(negotiate("ro-MD,ro;q=0.9,ru;q=0.8", &Locale::ALL), Ro);
        // Whoever reads the other script reads this one rather than Italian.
        for header in ["zh-CN,zh;q=0.9", "zh-Hant-TW", "zh"] {
            assert_eq!(negotiate(header, &Locale::ALL), ZhHans, "{header}");
        }
    }

    #[test]
    fn nothing_suitable_or_nonsense_gives_the_first_offered() {
        for header in ["", "de", "en;q=0", "en;q=x", "en;q=2", ";;;,,q=", "*"] {
            assert_eq!(negotiate(header, &[It, En]), It, "{header}");
        }
        assert_eq!(negotiate("en", &[It]), It);
    }
}
