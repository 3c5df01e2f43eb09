//! Scripted failures: what a mail server does on a bad day, on demand.

use std::time::Duration;

/// One way in which a delivery goes wrong.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The sender is refused with this reply code (550, 553 …).
    Sender(u16),
    /// The recipient is refused with this reply code (450, 550 …).
    Recipient(u16),
    /// The finished message is refused with this reply code and not kept; 421 also hangs up.
    Message(u16),
    /// The connection ends after the message and before the reply.
    CutBeforeReply {
        /// Whether the server had already taken the message, so that a retry is a repeat.
        kept: bool,
    },
    /// The message is kept, but the reply to it comes this late.
    Delay(Duration),
}

/// The moment of the dialogue at which a failure can strike.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Sender,
    Recipient,
    Message,
}

impl Failure {
    fn moment(&self) -> Moment {
        match self {
            Self::Sender(_) => Moment::Sender,
            Self::Recipient(_) => Moment::Recipient,
            Self::Message(_) | Self::CutBeforeReply { .. } | Self::Delay(_) => Moment::Message,
        }
    }
}

/// The failures still to come, oldest first.
#[derive(Default)]
pub(super) struct Script(Vec<Rule>);

struct Rule {
    recipient: Option<String>,
    left: Option<u32>,
    failure: Failure,
}

impl Script {
    /// The next `count` deliveries fail, whoever they are for.
    pub(super) fn next(&mut self, count: u32, failure: Failure) {
        self.0.push(Rule { recipient: None, left: Some(count), failure });
    }

    /// Every delivery to this address fails.
    pub(super) fn always_for(&mut self, recipient: &str, failure: Failure) {
        self.0.push(Rule { recipient: Some(recipient.to_owned()), left: None, failure });
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The failure that strikes now, which counts as one delivery of its rule.
    pub(super) fn strike(&mut self, moment: Moment, recipients: &[String]) -> Option<Failure> {
        let rule = self.0.iter_mut().find(|rule| rule.fits(moment, recipients))?;
        if let Some(left) = &mut rule.left {
            *left -= 1;
        }
        Some(rule.failure.clone())
    }
}

impl Rule {
    fn fits(&self, moment: Moment, recipients: &[String]) -> bool {
        self.failure.moment() == moment
            && self.left != Some(0)
            && self.recipient.as_ref().is_none_or(|wanted| {
                recipients.iter().any(|recipient| recipient.eq_ignore_ascii_case(wanted))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, Moment, Script};

    #[test]
    fn counted_failures_run_out_and_addressed_ones_stay() {
        let mut script = Script::default();
        script.next(2, Failure::Message(451));
        script.always_for("Rotta@example.it", Failure::Recipient(550));
        let good = ["buona@example.it".to_owned()];
        let bad = ["rotta@example.it".to_owned()];
        assert!(script.strike(Moment::Message, &good).is_some());
        assert!(script.strike(Moment::Message, &good).is_some());
        assert!(script.strike(Moment::Message, &good).is_none());
        for _ in 0..3 {
            assert!(script.strike(Moment::Recipient, &bad).is_some());
        }
        assert!(script.strike(Moment::Recipient, &good).is_none());
    }
}
