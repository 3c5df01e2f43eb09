//! What templates can call: texts, links, built files, dates.

use domain::Locale;
use jiff::{Timestamp, civil::Date};
use std::collections::BTreeMap;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// How texts of the locale files come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speech {
    /// As they are.
    Plain,
    /// Between brackets and longer by two fifths, as in a language of many words: shows what cannot be translated, and
    /// what has no room.
    Stretched,
}

impl Speech {
    fn say(self, text: String) -> String {
        match self {
            Self::Plain => text,
            Self::Stretched => {
                let missing = text.chars().count() * 2 / 5;
                let filler: String = " più".chars().cycle().take(missing).collect();
                format!("\u{27e6}{text}{filler}\u{27e7}")
            }
        }
    }
}

/// Must run before templates are added: unknown functions are refused then.
pub(super) fn register(tera: &mut Tera, assets: BTreeMap<String, String>, speech: Speech) {
    let say = move |said: TeraResult<String>| said.map(|text| speech.say(text));
    tera.register_function("t", move |kwargs: Kwargs, state: &State| say(text(kwargs, state)));
    tera.register_function("n", move |kwargs: Kwargs, state: &State| say(plural(kwargs, state)));
    tera.register_function("href", href);
    tera.register_function("date", date);
    tera.register_function("long_date", move |kwargs: Kwargs, state: &State| {
        say(long_date(kwargs, state))
    });
    tera.register_function("date_time", date_time);
    tera.register_function("long_date_time", move |kwargs: Kwargs, state: &State| {
        say(long_date_time(kwargs, state))
    });
    tera.register_function("money", money);
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| {
        let name = kwargs.must_get::<&str>("name")?;
        assets
            .get(name)
            .cloned()
            .ok_or_else(|| Error::message(format!("no built file is called {name}")))
    });
}

fn locale(state: &State) -> TeraResult<Locale> {
    // A component sees only its arguments: one that calls these functions declares `@locale`.
    let tag = state
        .get::<String>("locale")?
        .ok_or_else(|| Error::message("`locale` is not in reach here"))?;
    tag.parse().map_err(|_| Error::message(format!("unknown language {tag}")))
}

/// Arguments given one by one, and those in a map called `args`.
fn arguments(kwargs: &Kwargs) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, value) in kwargs.iter() {
        match (name.to_string().as_str(), value.as_map()) {
            ("args", Some(map)) => {
                found.extend(map.iter().map(|(k, v)| (k.to_string(), v.to_string())));
            }
            (name, _) => found.push((name.to_owned(), value.to_string())),
        }
    }
    found
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect()
}

fn text(kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let key = kwargs.must_get::<&str>("key")?;
    Ok(i18n::t(locale(state)?, key, &borrowed(&arguments(&kwargs))))
}

fn plural(kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let key = kwargs.must_get::<&str>("key")?;
    let count = kwargs.must_get::<u64>("count")?;
    let mut pairs = arguments(&kwargs);
    pairs.retain(|(name, _)| name != "count");
    Ok(i18n::plural(locale(state)?, key, count, &borrowed(&pairs)))
}

/// Links by route name: `href(to="step", draft=draft, step=key)`. All parameters must be given.
fn href(kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let name = kwargs.must_get::<&str>("to")?;
    let route =
        routes::find(name).ok_or_else(|| Error::message(format!("no route is called {name}")))?;
    let mount = match route.scope {
        // Outside every comune, whatever page links there.
        routes::Scope::Platform => String::new(),
        _ => state
            .get::<String>("mount")?
            .ok_or_else(|| Error::message("`mount` is not in reach here"))?,
    };
    let path = routes::fill(route.pattern, &borrowed(&arguments(&kwargs)));
    if path.contains('{') {
        return Err(Error::message(format!("the link to {name} lacks a parameter")));
    }
    Ok(format!("{mount}{path}"))
}

fn day(kwargs: &Kwargs) -> TeraResult<Date> {
    let text = kwargs.must_get::<&str>("of")?;
    text.parse().map_err(|_| Error::message("not a day"))
}

fn instant(kwargs: &Kwargs) -> TeraResult<Timestamp> {
    let text = kwargs.must_get::<&str>("of")?;
    text.parse().map_err(|_| Error::message("not an instant"))
}

fn date(kwargs: Kwargs, state: &State) -> TeraResult<String> {
    Ok(i18n::isolated(locale(state)?, &i18n::date(day(&kwargs)?)))
}

fn long_date(kwargs: Kwargs, state: &State) -> TeraResult<String> {
    Ok(i18n::long_date(locale(state)?, day(&kwargs)?))
}

fn date_time(kwargs: Kwargs, state: &State) -> TeraResult<String> {
    Ok(i18n::isolated(locale(state)?, &i18n::date_time(instant(&kwargs)?)))
}

fn long_date_time(kwargs: Kwargs, state: &State) -> TeraResult<String> {
    Ok(i18n::long_date_time(locale(state)?, instant(&kwargs)?))
}

fn money(kwargs: Kwargs, state: &State) -> TeraResult<Value> {
    let locale = locale(state)?;
    let amount = i18n::money(locale, kwargs.must_get::<i64>("cents")?);
    Ok(Value::from(i18n::isolated(locale, &amount)))
}
