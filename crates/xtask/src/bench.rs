//! `cargo xtask bench <what>`: what something costs, beside what it could cost at best, in the same run.

use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::args::Args;
use crate::{paths, progress};

/// Most that a validated answer may cost, in bare verifications of the same document.
const DEAREST: f64 = 1.5;
/// Most that an answer refused before its signature may cost, in validated ones.
const DEAREST_REFUSAL: f64 = 0.5;
/// Refusals that are signature work themselves: whoever forges a signature is found out by verifying it.
const AT_THE_SIGNATURE: [&str; 2] = ["refused: other key", "refused: tampered"];

/// The command.
pub(crate) fn run(mut args: Args) -> Result<()> {
    let what = args.positional();
    args.finish()?;
    match what.as_deref() {
        Some("saml") => saml(),
        _ => bail!("cargo xtask bench saml"),
    }
}

/// Answers of identity providers: validated and refused, beside libxmlsec alone.
fn saml() -> Result<()> {
    progress::step("Measuring the validation of SAML answers (release build)");
    let mut cargo = paths::cargo();
    cargo.args(["run", "--release", "--quiet", "-p", "spid", "--example", "validate"]);
    // libxmlsec tells every failed verification there.
    let output = cargo.stderr(Stdio::null()).output().context("cargo cannot be started")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    progress::plain(&text);
    if !output.status.success() {
        bail!("the measurement ended with {}", output.status);
    }
    let faults = judge(&text)?;
    if faults.is_empty() { Ok(()) } else { bail!("too dear:\n{}", faults.join("\n")) }
}

/// Lines beyond their bar.
fn judge(text: &str) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    let mut judged = 0;
    for line in text.lines().filter(|line| line.ends_with("x validated")) {
        let ratio = |unit: &str| -> Option<f64> {
            line.split(unit).next()?.split_whitespace().last()?.parse().ok()
        };
        let name = line.trim_start();
        let too_dear = if name.starts_with("validated") {
            judged += 1;
            ratio("x xmlsec").context("a line without its ratio")? > DEAREST
        } else if name.starts_with("refused")
            && !AT_THE_SIGNATURE.iter().any(|at| name.starts_with(at))
        {
            judged += 1;
            ratio("x validated").context("a line without its ratio")? > DEAREST_REFUSAL
        } else {
            false
        };
        if too_dear {
            faults.push(line.to_owned());
        }
    }
    if judged == 0 {
        bail!("nothing was measured");
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::judge;

    const GOOD: &str = "\
both signed, 6556 bytes
  xmlsec alone      458.1 µs     2183/s   1.00 x xmlsec   0.71 x validated
  validated         644.4 µs     1552/s   1.41 x xmlsec   1.00 x validated
  refused: tampered 299.2 µs     3342/s   0.65 x xmlsec   0.96 x validated
  refused: comment    6.2 µs   161356/s   0.01 x xmlsec   0.01 x validated
";

    #[test]
    fn what_is_too_dear_is_named() {
        assert!(judge(GOOD).unwrap().is_empty());
        let slow = GOOD.replace("1.41 x xmlsec", "1.51 x xmlsec");
        assert_eq!(judge(&slow).unwrap().len(), 1);
        let flood = GOOD.replace("0.01 x validated", "0.51 x validated");
        assert!(judge(&flood).unwrap()[0].contains("comment"));
        assert!(judge("nothing").is_err());
    }
}
