//! Tenants as data: reading, judging and finding them.

mod address;
mod bundle;
mod check;
mod demo;
mod document;
mod load;
mod logo;
mod path;
mod problem;
mod registry;
mod schools;
mod settings;
mod tenant;
mod translations;

pub use bundle::{BundleError, TenantBundle};
pub use demo::demo_windows;
pub use load::{Loaded, load_dir, load_dir_beside};
pub use problem::{Problem, table};
pub use registry::{Registry, host_of};
pub use settings::{
    Access, Brand, Closing, Colour, Contacts, Declarations, DemoState, DigitalIdentity, Documents,
    Doors, Host, Identity, KeysOf, Languages, LetterDelivery, Link, Meals, MenuHook, MenuLink,
    Opening, PrivacyNotice, Sender, ServiceSettings, SpidMode, TENANT_SCHEMA, TenantSettings,
    Terms, WindowSettings,
};
pub use tenant::{Offer, Tenant};
pub use translations::{missing_translations, unused_translations};
