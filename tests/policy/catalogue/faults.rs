//! The rules that the schema keeps, and what breaks them.

use super::reading::{Catalogue, ForeignKey, Table};

/// Tables of the platform itself: they hold no personal data and are read without a tenant.
const SYSTEM: &[&str] = &[
    "_sqlx_migrations",
    "identity_provider_source",
    "identity_provider_version",
    "job",
    "job_turn",
    "operator_saml_key",
    "tenant",
    "tenant_host",
    "tenant_version",
];

/// The one policy there is, as PostgreSQL prints it.
const POLICY: &str =
    "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)";

/// Everything that breaks a rule.
pub(crate) fn of(catalogue: &Catalogue) -> Vec<String> {
    let mut faults: Vec<String> =
        catalogue.oddities.iter().map(|odd| format!("{}: {}", odd.name, odd.kind)).collect();
    for table in catalogue.tables.iter().filter(|table| !is_system(&table.name)) {
        faults.extend(table_faults(table));
    }
    for index in catalogue.indexes.iter().filter(|index| !is_system(&index.table)) {
        if index.columns.first().is_none_or(|column| column != "tenant_id") {
            faults.push(format!("{}: does not begin with tenant_id", index.name));
        }
    }
    for key in catalogue.foreign_keys.iter().filter(|key| !is_system(&key.table)) {
        faults.extend(foreign_key_faults(catalogue, key));
    }
    faults
}

fn table_faults(table: &Table) -> Vec<String> {
    let mut faults = Vec::new();
    let mut unless = |holds: bool, fault: &str| {
        if !holds {
            faults.push(format!("{}: {fault}", table.name));
        }
    };
    unless(table.tenant_required.is_some(), "no column tenant_id");
    unless(table.tenant_required != Some(false), "tenant_id may be null");
    unless(table.row_security, "row security is not enabled");
    unless(table.forced, "row security is not forced");
    let count = format!("{} policies instead of one", table.policies.len());
    unless(table.policies.len() == 1, &count);
    for policy in &table.policies {
        let binds_all = policy.binds_all && policy.permissive;
        unless(binds_all, "its policy does not bind every command of every role");
        let ours = |expression: &Option<String>| expression.as_deref() == Some(POLICY);
        unless(ours(&policy.reads), "its policy reads by another expression");
        unless(ours(&policy.writes), "its policy writes by another expression");
    }
    faults
}

/// Checks of foreign keys pass row security by: only a key that carries the tenant stays inside it.
fn foreign_key_faults(catalogue: &Catalogue, key: &ForeignKey) -> Vec<String> {
    let mut faults = Vec::new();
    let leads = |columns: &[String]| columns.first().is_some_and(|column| column == "tenant_id");
    let to_tenant = key.target == "tenant" && key.columns == ["tenant_id"];
    let carries_tenant = leads(&key.columns) && leads(&key.target_columns);
    if !to_tenant && !carries_tenant {
        faults.push(format!(
            "{}: a foreign key of {} that leaves the tenant out",
            key.name, key.table
        ));
    }
    let indexed = catalogue
        .indexes
        .iter()
        .any(|index| index.table == key.table && index.columns.starts_with(&key.columns));
    if !indexed {
        faults.push(format!("{}: a foreign key of {} without an index", key.name, key.table));
    }
    faults
}

fn is_system(table: &str) -> bool {
    SYSTEM.contains(&table)
}
