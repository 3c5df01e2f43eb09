//! The template engine with its functions, ready to render pages and mails.

mod functions;

use crate::{
    frame::Frame,
    page::{Page, Typed},
};
use functions::Speech;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::{Context, Tera};

/// Templates by name, embedded at build time.
pub(crate) const TEMPLATES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// A template that could not be loaded or rendered; always a mistake of ours, never of the visitor.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The templates do not fit together.
    #[error("cannot load the templates")]
    Load(#[source] tera::Error),
    /// One template failed.
    #[error("cannot render {template}")]
    Render {
        /// Its name.
        template: &'static str,
        /// Why.
        #[source]
        source: tera::Error,
    },
}

/// Renders pages and mails. Built once, shared by all requests.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
}

impl Engine {
    /// Loads all templates. `assets` maps logical names (`site.css`) to addresses (`/static/site.3f2a.css`).
    ///
    /// # Errors
    /// When a template uses an unknown function or component.
    pub fn new(assets: BTreeMap<String, String>) -> Result<Self, RenderError> {
        Self::speaking(assets, Speech::Plain)
    }

    /// The same for trying out the pages: every text between brackets and longer by two fifths.
    ///
    /// # Errors
    /// As for [`Engine::new`].
    pub fn stretched(assets: BTreeMap<String, String>) -> Result<Self, RenderError> {
        Self::speaking(assets, Speech::Stretched)
    }

    fn speaking(assets: BTreeMap<String, String>, speech: Speech) -> Result<Self, RenderError> {
        let mut tera = Tera::new();
        tera.autoescape_on([".html"]);
        functions::register(&mut tera, assets, speech);
        tera.add_raw_templates(TEMPLATES.iter().copied()).map_err(RenderError::Load)?;
        Ok(Self { tera })
    }

    /// The page as HTML.
    ///
    /// # Errors
    /// When the template asks for something the page does not have.
    pub fn html<P: Page>(&self, page: &P, frame: &Frame) -> Result<String, RenderError> {
        self.render(P::TEMPLATE, page, |context| {
            context.insert("frame", frame);
            context.insert("locale", frame.locale.tag());
            context.insert("mount", &frame.mount);
            context.insert("keeps_typed", &(page.typed() == Typed::GoesAlong));
            context.insert("holds_typed", &(page.typed() == Typed::OnlyHere));
        })
    }

    pub(crate) fn render<T: Serialize>(
        &self,
        template: &'static str,
        values: &T,
        surround: impl FnOnce(&mut Context),
    ) -> Result<String, RenderError> {
        let failed = |source| RenderError::Render { template, source };
        let mut context = Context::from_serialize(values).map_err(failed)?;
        surround(&mut context);
        self.tera.render(template, &context).map_err(failed)
    }

    /// Top-level variables of a template and its parents, for the checks.
    #[cfg(test)]
    pub(crate) fn variables(&self, template: &str) -> Vec<String> {
        let mut names: Vec<String> = self
            .tera
            .get_template_variables(template)
            .unwrap()
            .into_iter()
            .map(str::to_owned)
            .collect();
        names.sort();
        names
    }
}

/// The brand of a tenant as a style sheet: two custom properties that `site.css` builds on.
/// Inline styles are forbidden by the content security policy. Colours are `#rrggbb`.
pub fn brand_stylesheet(primary: &str, dark: &str) -> String {
    let safe = |colour: &str| {
        let hex = colour.strip_prefix('#').unwrap_or_default();
        (hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit())).then(|| colour.to_owned())
    };
    match (safe(primary), safe(dark)) {
        (Some(primary), Some(dark)) => format!(":root{{--brand:{primary};--brand-dark:{dark}}}\n"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::brand_stylesheet;

    #[test]
    fn only_plain_colours_reach_the_style_sheet() {
        assert_eq!(
            brand_stylesheet("#0b6e4f", "#084c37"),
            ":root{--brand:#0b6e4f;--brand-dark:#084c37}\n"
        );
        assert_eq!(brand_stylesheet("red;}body{display:none", "#084c37"), "");
    }
}
