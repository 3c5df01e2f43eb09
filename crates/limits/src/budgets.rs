//! The named budgets. A school's shared address with two hundred families must pass easily, so
//! networks only have high ceilings; the tight ones are per address, browser and codice fiscale.

use crate::Budget;
use jiff::SignedDuration;

const QUARTER: SignedDuration = SignedDuration::from_mins(15);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

const fn budget(name: &'static str, max: u32, per: SignedDuration) -> Budget {
    Budget { name, max, per }
}

/// E-mail codes to one address.
pub const CODE_PER_ADDRESS_HOUR: Budget = budget("code_address_hour", 3, HOUR);
/// E-mail codes to one address.
pub const CODE_PER_ADDRESS_DAY: Budget = budget("code_address_day", 10, DAY);
/// E-mail codes asked for by one browser.
pub const CODE_PER_BROWSER: Budget = budget("code_browser", 5, QUARTER);
/// E-mail codes of one tenant.
pub const CODE_PER_TENANT: Budget = budget("code_tenant", 2_000, HOUR);
/// E-mail codes asked for from one network.
pub const CODE_PER_NETWORK: Budget = budget("code_network", 1_000, HOUR);

/// Password links to one address.
pub const LINK_PER_ADDRESS: Budget = budget("link_address", 3, HOUR);
/// Password links asked for by one browser.
pub const LINK_PER_BROWSER: Budget = budget("link_browser", 5, QUARTER);
/// Password links asked for from one network.
pub const LINK_PER_NETWORK: Budget = budget("link_network", 300, HOUR);

/// Sign-in tries with one codice fiscale.
pub const SIGN_IN_PER_CODICE_FISCALE: Budget = budget("sign_in_codice_fiscale", 10, QUARTER);
/// Sign-in tries of one browser.
pub const SIGN_IN_PER_BROWSER: Budget = budget("sign_in_browser", 20, QUARTER);
/// Sign-in tries from one network.
pub const SIGN_IN_PER_NETWORK: Budget = budget("sign_in_network", 600, QUARTER);
/// Different codici fiscali started by one browser; use with [`crate::Key::distinct`].
pub const START_PER_BROWSER: Budget = budget("start_browser", 20, DAY);
/// Starts and resumes from one network.
pub const START_PER_NETWORK: Budget = budget("start_network", 1_000, QUARTER);

/// Departures of one browser for an identity provider.
pub const LOGIN_PER_BROWSER: Budget = budget("login_browser", 60, QUARTER);
/// Departures for an identity provider from one network.
pub const LOGIN_PER_NETWORK: Budget = budget("login_network", 1_000, QUARTER);
/// Answers of identity providers brought from one network.
pub const LOGIN_ANSWER_PER_NETWORK: Budget = budget("login_answer_network", 1_000, QUARTER);

/// Sign-in tries of one office account.
pub const OFFICE_SIGN_IN_PER_ACCOUNT: Budget = budget("office_sign_in_account", 10, QUARTER);
/// Office sign-in tries from one network.
pub const OFFICE_SIGN_IN_PER_NETWORK: Budget = budget("office_sign_in_network", 100, QUARTER);

/// Checks of verification codes from one network.
pub const VERIFICATION_PER_NETWORK: Budget = budget("verification_network", 300, QUARTER);

/// Ratings of one browser.
pub const RATING_PER_BROWSER: Budget = budget("rating_browser", 20, HOUR);
/// Ratings from one network.
pub const RATING_PER_NETWORK: Budget = budget("rating_network", 300, QUARTER);
/// Ratings of one tenant.
pub const RATING_PER_TENANT: Budget = budget("rating_tenant", 2_000, HOUR);

/// All of them.
pub const ALL: [Budget; 22] = [
    LOGIN_PER_BROWSER,
    LOGIN_PER_NETWORK,
    LOGIN_ANSWER_PER_NETWORK,
    CODE_PER_ADDRESS_HOUR,
    CODE_PER_ADDRESS_DAY,
    CODE_PER_BROWSER,
    CODE_PER_TENANT,
    CODE_PER_NETWORK,
    LINK_PER_ADDRESS,
    LINK_PER_BROWSER,
    LINK_PER_NETWORK,
    SIGN_IN_PER_CODICE_FISCALE,
    SIGN_IN_PER_BROWSER,
    SIGN_IN_PER_NETWORK,
    START_PER_BROWSER,
    START_PER_NETWORK,
    OFFICE_SIGN_IN_PER_ACCOUNT,
    OFFICE_SIGN_IN_PER_NETWORK,
    VERIFICATION_PER_NETWORK,
    RATING_PER_BROWSER,
    RATING_PER_NETWORK,
    RATING_PER_TENANT,
];
