//! What the assertion says about the person (cases 98, 99, 103).

use crate::{
    dom,
    names::NS_ASSERTION,
    refusal::{
        Refusal,
        content::{
            ATTRIBUTE_NAME_MISSING, ATTRIBUTE_REPEATED, ATTRIBUTE_SEVERAL_VALUES,
            ATTRIBUTE_VALUE_MISSING, ATTRIBUTES_MISSING,
        },
    },
};
use roxmltree::Node;
use std::collections::BTreeMap;

/// Attributes by name; each has one value or more.
pub(super) struct Attributes(BTreeMap<String, Vec<String>>);

impl Attributes {
    /// The one value of an attribute, if it is there and says something; several are refused, for nobody could tell
    /// which one counts.
    pub(super) fn value(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.0.get(name).map(Vec::as_slice) {
            None => Ok(None),
            Some([value]) => Ok(Some(value.as_str()).filter(|value| !value.is_empty())),
            Some(_) => Err(ATTRIBUTE_SEVERAL_VALUES),
        }
    }

    /// Name and value, sorted.
    pub(super) fn into_pairs(self) -> Vec<(String, String)> {
        let mut pairs: Vec<_> = self
            .0
            .into_iter()
            .flat_map(|(name, values)| values.into_iter().map(move |value| (name.clone(), value)))
            .collect();
        pairs.sort();
        pairs
    }
}

/// Reads all attributes, of one statement or several.
pub(super) fn read(assertion: Node<'_, '_>) -> Result<Attributes, Refusal> {
    let mut found = BTreeMap::new();
    let statements = dom::children(assertion, NS_ASSERTION, "AttributeStatement");
    for attribute in
        statements.flat_map(|statement| dom::children(statement, NS_ASSERTION, "Attribute"))
    {
        let name = dom::attribute(attribute, "Name", ATTRIBUTE_NAME_MISSING)?;
        let values = dom::children(attribute, NS_ASSERTION, "AttributeValue")
            .map(dom::text)
            .collect::<Result<Vec<_>, _>>()?;
        if values.is_empty() {
            return Err(ATTRIBUTE_VALUE_MISSING);
        }
        if found.insert(name.to_owned(), values).is_some() {
            return Err(ATTRIBUTE_REPEATED);
        }
    }
    if found.is_empty() { Err(ATTRIBUTES_MISSING) } else { Ok(Attributes(found)) }
}
