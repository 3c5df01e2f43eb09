//! Everything a tenant is made of, as one value that goes into the database.

use crate::settings::{TENANT_SCHEMA, TenantSettings};
use domain::{
    SchoolYear,
    form::{FORM_SCHEMA, FormDefinition},
    school::School,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A tenant's settings, schools, forms and logo; only made from files without mistakes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantBundle {
    /// Name of the folder and of the path `/<slug>/`.
    pub slug: String,
    /// `tenant.toml`.
    pub settings: TenantSettings,
    /// `schools.csv`.
    pub schools: Vec<School>,
    /// `forms/<school_year>.toml`.
    pub forms: BTreeMap<SchoolYear, FormDefinition>,
    /// The logo's SVG source; it can neither run nor load anything.
    pub logo: String,
}

/// A stored body that this program cannot read.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Another shape.
    #[error("the stored tenant cannot be read")]
    Shape(#[from] serde_json::Error),
    /// Written by a newer program.
    #[error("the stored tenant has a version of the format that this program does not know")]
    Schema,
}

impl TenantBundle {
    /// The body to store.
    pub fn to_body(&self) -> Result<serde_json::Value, BundleError> {
        Ok(serde_json::to_value(self)?)
    }

    /// Reads a stored body.
    pub fn from_body(body: serde_json::Value) -> Result<Self, BundleError> {
        let bundle: Self = serde_json::from_value(body)?;
        let known = bundle.settings.schema == TENANT_SCHEMA
            && bundle.forms.values().all(|form| form.schema == FORM_SCHEMA);
        if known { Ok(bundle) } else { Err(BundleError::Schema) }
    }
}
