//! What was found, in columns for a person.

use anyhow::Error;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// In order.
    Fine,
    /// Worth a look; nothing stops working.
    Look,
    /// Something does not work.
    Failed,
}

impl Verdict {
    const fn word(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Look => "look",
            Self::Failed => "FAILED",
        }
    }
}

/// One line of the table.
#[derive(Debug)]
pub(super) struct Finding {
    what: &'static str,
    pub(super) verdict: Verdict,
    detail: String,
}

impl Finding {
    pub(super) fn fine(what: &'static str, detail: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Fine, detail: detail.into() }
    }

    pub(super) fn look(what: &'static str, detail: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Look, detail: detail.into() }
    }

    /// The error with its causes on one line.
    pub(super) fn failed(what: &'static str, error: &Error) -> Self {
        let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
        Self { what, verdict: Verdict::Failed, detail: causes.join(": ") }
    }
}

/// The findings in columns.
pub(super) fn render(findings: &[Finding]) -> String {
    let width = findings.iter().map(|finding| finding.what.chars().count()).max().unwrap_or(0);
    let line = |finding: &Finding| {
        let detail = finding.detail.replace('\n', " ");
        format!("{:width$}  {:6}  {detail}", finding.what, finding.verdict.word())
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Finding, render};

    #[test]
    fn columns_are_aligned_and_a_failure_stands_out() {
        let error = anyhow::anyhow!("refused").context("cannot connect");
        let text = render(&[
            Finding::fine("settings", "read"),
            Finding::look("clock", "1.5 s ahead"),
            Finding::failed("redis", &error),
        ]);
        let expected = "settings  ok      read\n\
                        clock     look    1.5 s ahead\n\
                        redis     FAILED  cannot connect: refused";
        assert_eq!(text, expected);
    }
}
