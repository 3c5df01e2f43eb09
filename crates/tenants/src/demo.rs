//! The demo's windows, laid around the day it runs.

use crate::{
    bundle::TenantBundle,
    settings::{Closing, DemoState, Opening, WindowSettings},
};
use domain::{SchoolYear, enrolment_window::rome_instant};
use jiff::{Timestamp, ToSpan, civil::Date};
use std::mem;

/// Moves the windows so that each shows its `demo` state on `today`, and the newest school year so
/// that it is the one families enrol for on that day.
pub fn demo_windows(bundle: &mut TenantBundle, today: Date) {
    shift_years(bundle, today);
    for window in &mut bundle.settings.windows {
        lay(window, today);
    }
}

fn lay(window: &mut WindowSettings, today: Date) {
    let (opens, closes) = match window.demo {
        DemoState::NotYetOpen => (10, 40),
        DemoState::Open => (-7, 30),
        DemoState::Closed => (-40, -10),
        DemoState::OpenLate => (-40, -3),
    };
    // Eight in the morning and midnight, as notices have it.
    if let (Some(opens_at), Some(closes_at)) = (at(today, opens, 8), at(today, closes, 0)) {
        window.opens_at = Opening(opens_at);
        window.closes_at = Some(Closing(closes_at));
        window.late_applications = window.demo == DemoState::OpenLate;
    }
}

fn at(today: Date, days: i32, hour: i8) -> Option<Timestamp> {
    rome_instant(today.checked_add(days.days()).ok()?.at(hour, 0, 0, 0))
}

/// From March on families enrol for the school year that begins in September.
fn shift_years(bundle: &mut TenantBundle, today: Date) {
    let first = if today.month() >= 3 { today.year() } else { today.year() - 1 };
    let newest = bundle.settings.windows.iter().map(|window| window.school_year.first()).max();
    let Some(by) = newest.map(|newest| first - newest) else { return };
    let shifted = |year: SchoolYear| SchoolYear::starting(year.first() + by).unwrap_or(year);
    for window in &mut bundle.settings.windows {
        window.school_year = shifted(window.school_year);
    }
    for (year, mut form) in mem::take(&mut bundle.forms) {
        form.school_year = Some(shifted(year));
        bundle.forms.insert(shifted(year), form);
    }
}
