//! PDFs, read with poppler's tools as a person or a screen reader would.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

/// The words of a PDF, line by line as they are laid out.
pub fn text(bytes: &[u8]) -> String {
    run("pdftotext", &["-layout", "-", "-"], bytes)
}

/// Fails when a PDF is not tagged, has no title or no language.
pub fn assert_accessible(bytes: &[u8]) {
    assert!(bytes.starts_with(b"%PDF-"), "not a PDF");
    let info = run("pdfinfo", &["-"], bytes);
    let fact = |name: &str| {
        let line = info.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_default().trim_start_matches(':').trim().to_owned()
    };
    assert_eq!(fact("Tagged"), "yes", "{info}");
    assert!(!fact("Title").is_empty(), "{info}");
    let metadata = run("pdfinfo", &["-meta", "-"], bytes);
    assert!(metadata.contains("pdfuaid:part"), "it claims PDF/UA: {metadata}");
}

fn run(program: &str, arguments: &[&str], input: &[u8]) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|_| panic!("{program} is not installed; `cargo xtask test` installs it"));
    let mut stdin = child.stdin.take().expect("an input");
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the program ends");
    drop(feeding.join());
    String::from_utf8_lossy(&output.stdout).into_owned()
}
