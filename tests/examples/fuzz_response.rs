//! Bends answers for as long as it is told, and stops at the first that two parsers read differently:
//! `cargo run --release -p tests --example fuzz_response -- 60 1` (seconds, seed).

use std::{
    env, fs,
    io::{self, Write as _},
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};
use support::{
    saml_desk::Desk,
    two_readers::{Mutator, Outcome, compare_signed},
};

fn main() -> io::Result<ExitCode> {
    let number = |position, default| {
        env::args().nth(position).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    let (seconds, seed) = (number(1, 10), number(2, 1));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/saml");
    let files = fs::read_dir(folder)?.map(|entry| fs::read_to_string(entry?.path()));
    let mut corpus = files.collect::<io::Result<Vec<_>>>()?;
    corpus.sort();
    let (desk, mut mutator) = (Desk::of("alfa"), Mutator::new(seed));
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut bent, mut agreed) = (0_u64, 0_u64);
    while Instant::now() < end {
        let xml = mutator.bend(&corpus);
        bent += 1;
        match compare_signed(&desk, &xml, |signed| mutator.disguise(signed)) {
            Ok(Outcome::Agreed) => agreed += 1,
            Ok(Outcome::Refused(_)) => {}
            Err(difference) => {
                writeln!(io::stdout(), "{difference} (number {bent}):\n{xml}")?;
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    writeln!(io::stdout(), "{bent} bent, {agreed} accepted and read alike")?;
    Ok(ExitCode::SUCCESS)
}
