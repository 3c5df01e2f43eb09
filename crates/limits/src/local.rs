//! Budgets in this process's memory, bounded.

use crate::{Budget, Key, Verdict, window::Window};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

type Slot = (&'static str, Key);

/// Two generations of windows: when the young one is full it becomes the old one and the old one
/// is forgotten, so memory is bounded and what is in use stays.
pub(crate) struct LocalBudgets {
    young: HashMap<Slot, Window>,
    old: HashMap<Slot, Window>,
    generation: usize,
}

impl LocalBudgets {
    pub(crate) fn new(keys: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), generation: (keys / 2).max(1) }
    }

    /// Takes from halved budgets.
    pub(crate) fn take_strictly(&mut self, now: Timestamp, uses: &[(&Budget, Key)]) -> Verdict {
        let stricter: Vec<_> = uses.iter().map(|(budget, key)| (budget.stricter(), *key)).collect();
        self.take(now, &stricter)
    }

    /// Takes one from every budget or from none.
    pub(crate) fn take(&mut self, now: Timestamp, uses: &[(Budget, Key)]) -> Verdict {
        let mut longest: Option<(i64, &'static str)> = None;
        for (budget, key) in uses {
            let wait = self.window(budget, key).wait(budget, key.member, now);
            if let Some(wait) = wait.filter(|wait| longest.is_none_or(|(most, _)| *wait > most)) {
                longest = Some((wait, budget.name));
            }
        }
        if let Some((wait, budget)) = longest {
            return Verdict::Refused { retry_after: SignedDuration::from_millis(wait), budget };
        }
        for (budget, key) in uses {
            self.window(budget, key).add(budget, key.member, now);
        }
        Verdict::Allowed
    }

    /// The window of a key, young again.
    fn window(&mut self, budget: &Budget, key: &Key) -> &mut Window {
        // Members share the window of their subject.
        let slot = (budget.name, Key { member: None, ..*key });
        if !self.young.contains_key(&slot) && self.young.len() >= self.generation {
            self.old = std::mem::take(&mut self.young);
        }
        let old = &mut self.old;
        self.young.entry(slot).or_insert_with(|| old.remove(&slot).unwrap_or_default())
    }

    #[cfg(test)]
    pub(crate) fn keys(&self) -> usize {
        self.young.len() + self.old.len()
    }
}
