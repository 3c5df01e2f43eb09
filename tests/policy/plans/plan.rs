//! A plan as EXPLAIN prints it, and the scans in it.

use serde::Deserialize;

/// The tree.
#[derive(Debug)]
pub(crate) struct Plan(Node);

/// One table read, with everything that narrows it.
#[derive(Debug)]
pub(crate) struct Scan {
    pub(crate) table: String,
    pub(crate) index: Option<String>,
    /// What the index is asked for.
    pub(crate) index_condition: String,
    /// All conditions together.
    pub(crate) condition: String,
}

#[derive(Debug, Deserialize)]
struct Explained {
    #[serde(rename = "Plan")]
    plan: Node,
}

#[derive(Debug, Deserialize)]
struct Node {
    #[serde(rename = "Node Type")]
    kind: String,
    #[serde(rename = "Relation Name")]
    table: Option<String>,
    #[serde(rename = "Index Name")]
    index: Option<String>,
    #[serde(rename = "Index Cond", default)]
    index_condition: String,
    #[serde(rename = "Recheck Cond", default)]
    recheck: String,
    #[serde(rename = "Filter", default)]
    filter: String,
    /// Decided once, for everything below the node.
    #[serde(rename = "One-Time Filter", default)]
    gate: String,
    #[serde(rename = "Plans", default)]
    children: Vec<Node>,
}

impl Plan {
    /// From what EXPLAIN (FORMAT JSON) returned.
    pub(crate) fn new(documents: Vec<serde_json::Value>) -> Self {
        let document = documents.into_iter().next().expect("one plan");
        let explained: Vec<Explained> = serde_json::from_value(document).expect("a plan");
        Self(explained.into_iter().next().expect("one statement").plan)
    }

    /// All reads of tables.
    pub(crate) fn scans(&self) -> Vec<Scan> {
        let mut scans = Vec::new();
        self.0.scans_behind("", &mut scans);
        scans
    }

    /// All indexes used, in the order of the plan.
    pub(crate) fn indexes(&self) -> Vec<String> {
        let mut nodes = Vec::new();
        self.0.collect(&mut nodes);
        nodes.into_iter().filter_map(|node| node.index.clone()).collect()
    }

    /// Whether rows are sorted anywhere.
    pub(crate) fn sorts(&self) -> bool {
        let mut nodes = Vec::new();
        self.0.collect(&mut nodes);
        nodes.iter().any(|node| node.kind.contains("Sort"))
    }
}

impl Node {
    fn collect<'a>(&'a self, nodes: &mut Vec<&'a Self>) {
        nodes.push(self);
        for child in &self.children {
            child.collect(nodes);
        }
    }

    /// The scans here and below, each with the gates it lies behind.
    fn scans_behind(&self, gates: &str, scans: &mut Vec<Scan>) {
        let gates = format!("{gates} {}", self.gate);
        scans.extend(self.scan(&gates));
        for child in &self.children {
            child.scans_behind(&gates, scans);
        }
    }

    /// A bitmap scan's index conditions stand in its child nodes.
    fn scan(&self, gates: &str) -> Option<Scan> {
        if self.kind == "ModifyTable" {
            return None;
        }
        let mut parts = vec![self];
        if self.kind == "Bitmap Heap Scan" {
            self.collect(&mut parts);
        }
        let index_condition: Vec<_> =
            parts.iter().map(|node| node.index_condition.as_str()).collect();
        let index_condition = index_condition.concat();
        Some(Scan {
            table: self.table.clone()?,
            index: parts.iter().find_map(|node| node.index.clone()),
            condition: [index_condition.as_str(), &self.recheck, &self.filter, gates].join(" "),
            index_condition,
        })
    }
}
