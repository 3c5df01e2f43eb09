//! A sliding window of marked uses: the same rule as `shared/take.lua`.

use crate::Budget;
use jiff::Timestamp;

/// Uses of one key that are not past yet.
#[derive(Default)]
pub(crate) struct Window {
    uses: Vec<Use>,
}

struct Use {
    mark: i64,
    count: u32,
    member: Option<[u8; 32]>,
}

impl Window {
    /// Forgets what is past, then says how many milliseconds to wait; none means there is room.
    pub(crate) fn wait(
        &mut self,
        budget: &Budget,
        member: Option<[u8; 32]>,
        now: Timestamp,
    ) -> Option<i64> {
        let start = now.as_millisecond() - budget.span();
        self.uses.retain(|entry| entry.mark > start);
        let used: u32 = self.uses.iter().map(|entry| entry.count).sum();
        if used < budget.max || self.holds(member) {
            return None;
        }
        self.uses.sort_unstable_by_key(|entry| entry.mark);
        let mut surplus = used - budget.max + 1;
        let last_to_leave = self.uses.iter().find(|entry| {
            let enough = entry.count >= surplus;
            surplus = surplus.saturating_sub(entry.count);
            enough
        });
        Some(last_to_leave.map_or(budget.span(), |entry| entry.mark - start))
    }

    /// Notes one use.
    pub(crate) fn add(&mut self, budget: &Budget, member: Option<[u8; 32]>, now: Timestamp) {
        if self.holds(member) {
            return;
        }
        let mark = budget.mark(now);
        let same = |entry: &&mut Use| entry.mark == mark && entry.member.is_none();
        match self.uses.iter_mut().find(same).filter(|_| member.is_none()) {
            Some(entry) => entry.count += 1,
            None => self.uses.push(Use { mark, count: 1, member }),
        }
    }

    fn holds(&self, member: Option<[u8; 32]>) -> bool {
        member.is_some() && self.uses.iter().any(|entry| entry.member == member)
    }
}
