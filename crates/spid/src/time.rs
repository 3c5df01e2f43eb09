//! Instants as SAML writes them.

use jiff::{SignedDuration, Timestamp};

/// How far the clocks of a provider and ours may be apart, in both directions.
pub const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// Length of the part before the fraction.
const WHOLE: usize = "2026-05-04T09:12:33".len();

/// The instant in `2026-05-04T09:12:33Z`, with any number of digits of a fraction: in UTC and written so, nothing else.
pub fn parse_instant(text: &str) -> Option<Timestamp> {
    let plain = text.strip_suffix('Z')?;
    let (whole, fraction) = plain.split_once('.').map_or((plain, None), |(w, f)| (w, Some(f)));
    let has_shape = whole.len() == WHOLE
        && whole.bytes().zip(b"0000-00-00T00:00:00").all(|(byte, shape)| match shape {
            b'0' => byte.is_ascii_digit(),
            _ => byte == *shape,
        });
    let has_fraction = fraction.is_none_or(|digits| !digits.is_empty() && is_digits(digits));
    // A minute of 61 seconds is in no assertion; the time library would take it for one of 60.
    if !has_shape || !has_fraction || whole.ends_with("60") {
        return None;
    }
    let nanoseconds: String = fraction.unwrap_or("0").chars().take(9).collect();
    format!("{whole}.{nanoseconds}Z").parse().ok()
}

/// Whether `instant` has not come yet, clocks allowed for.
pub(crate) fn is_future(instant: Timestamp, now: Timestamp) -> bool {
    instant.duration_since(now) > CLOCK_TOLERANCE
}

/// Whether something that ends at `end` is over, clocks allowed for.
pub(crate) fn is_over(end: Timestamp, now: Timestamp) -> bool {
    now.duration_since(end) >= CLOCK_TOLERANCE
}

/// Whether `instant` lies before `start`, clocks allowed for.
pub(crate) fn is_earlier(instant: Timestamp, start: Timestamp) -> bool {
    start.duration_since(instant) > CLOCK_TOLERANCE
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{is_earlier, is_future, is_over, parse_instant};
    use jiff::Timestamp;

    #[test]
    fn only_utc_with_or_without_a_fraction_is_an_instant() {
        let same: Timestamp = "2026-05-04T09:12:33Z".parse().unwrap();
        assert_eq!(parse_instant("2026-05-04T09:12:33Z"), Some(same));
        assert_eq!(parse_instant("2026-05-04T09:12:33.000000000000000Z"), Some(same));
        assert_eq!(
            parse_instant("2026-05-04T09:12:33.1234567890123Z"),
            Some("2026-05-04T09:12:33.123456789Z".parse().unwrap())
        );
        for wrong in [
            "",
            "Z",
            "2026-05-04",
            "2026-05-04T09:12:33",
            "2026-05-04T09:12:33+00:00",
            "2026-05-04T09:12:33z",
            "2026-05-04 09:12:33Z",
            "2026-05-04T09:12:33.Z",
            "2026-05-04T09:12:33.1aZ",
            "2026-05-04T09:12Z",
            "2026-02-30T09:12:33Z",
            "2026-05-04T24:00:00Z",
            "2026-05-04T23:59:60Z",
            "+026-05-04T09:12:33Z",
            " 2026-05-04T09:12:33Z",
            "2026-05-04T09:12:33Z ",
            "２026-05-04T09:12:33Z",
            "2026-05-04T09:12:33.1.2Z",
        ] {
            assert_eq!(parse_instant(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn clocks_may_be_a_minute_apart() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-05-04T09:00:00Z");
        assert!(
            !is_future(at("2026-05-04T09:01:00Z"), now)
                && is_future(at("2026-05-04T09:01:00.001Z"), now)
        );
        assert!(
            !is_over(at("2026-05-04T08:59:00.001Z"), now)
                && is_over(at("2026-05-04T08:59:00Z"), now)
        );
        assert!(
            !is_earlier(at("2026-05-04T08:59:00Z"), now)
                && is_earlier(at("2026-05-04T08:58:59Z"), now)
        );
    }
}
