//! The product in a real browser: what a family sees, clicks and reads, with and without scripts.

mod app;
mod checks;
mod chromium;
mod criteria;
mod driver;
mod federations;
mod identity;
mod journey;
mod keyboard;
mod languages;
mod lighthouse;
mod look;
mod office;
mod portal;
mod samples;
mod scripts;
mod visitor;
mod without_scripts;
