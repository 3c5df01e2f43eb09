//! The federation's own conformance tests (`spid-sp-test`), which play an identity provider against the running product.

use crate::{environment, federation, tls_front::TlsFront};
use domain::identity::IdentityScheme;
use serde_json::Value;
use simulators::identity_provider::signer::SigningKey;
use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use tokio::{
    sync::OnceCell,
    time::{sleep, timeout},
};
use url::form_urlencoded;

/// As the tool calls itself.
const ENTITY_ID: &str = "https://localhost:8443";
/// The file of the authority that vouches for the product.
const AUTHORITY: &str = "authority.pem";
/// Whom the tool sends, where it sends anybody: codice fiscale and address.
const PERSON: [&str; 2] = ["GDASDV00A01H501J", "spid.tech@agid.gov.it"];
/// A run takes half a minute on an idle machine.
const PATIENCE: Duration = Duration::from_mins(5);
const GLANCE: Duration = Duration::from_millis(100);

/// The product and the tool, which know each other.
pub struct Laboratory {
    /// The product behind TLS.
    pub front: TlsFront,
    /// The tool's key and certificate, the authority of the product's, reports.
    folder: TempDir,
}

/// What the tool found.
#[derive(Debug)]
pub struct Report {
    /// Tests that passed, by `metadata_strict`, `authnrequest_strict`, `response`, ….
    pub passed: BTreeMap<String, usize>,
    /// What failed, or was warned of, in the words of the tool.
    pub complaints: Vec<String>,
}

/// The tool as an identity provider. Making a key and describing itself takes it seconds: once for all tests.
#[derive(Clone)]
struct Provider {
    key: String,
    certificate: String,
    metadata: String,
}

static PROVIDER: OnceCell<Provider> = OnceCell::const_new();

impl Provider {
    async fn new() -> Self {
        // The key that comes with the tool is long expired.
        let key = SigningKey::generate("Fornitore di prova").expect("a key");
        let certificate = key.certificate_pem().expect("a certificate");
        let key = key.key_pem().expect("a key");
        let (mut new, folder) = (Self { key, certificate, metadata: String::new() }, folder());
        new.write_to(&folder);
        let (status, said) = said(&folder, &["--idp-metadata"]).await;
        assert!(status.success(), "{said}");
        let start = said.find("<ns0:EntityDescriptor").expect("a descriptor");
        said[start..].trim().clone_into(&mut new.metadata);
        new
    }

    /// Leaves the files where the tool looks for them.
    fn write_to(&self, folder: &TempDir) {
        fs::write(folder.path().join("private.key"), &self.key).expect("room");
        fs::write(folder.path().join("public.cert"), &self.certificate).expect("room");
    }
}

/// What the tool says of itself as an identity provider.
pub async fn metadata() -> String {
    PROVIDER.get_or_init(Provider::new).await.metadata.clone()
}

impl Laboratory {
    /// Starts the product in today's time, with keys and without any identity provider.
    pub async fn open() -> Self {
        let front = TlsFront::open().await;
        front.app.clock.follow_the_wall();
        front.app.give_keys().await;
        front.app.logs.watch_words(PERSON.map(str::to_owned));
        let folder = folder();
        PROVIDER.get_or_init(Provider::new).await.write_to(&folder);
        fs::write(folder.path().join(AUTHORITY), &front.authority).expect("room");
        Self { front, folder }
    }

    /// Makes the tool known as a provider of SPID or CIE.
    pub async fn introduce(&self, scheme: IdentityScheme, metadata: String) {
        let xml = match scheme {
            IdentityScheme::Spid => federation::registry_of(&[metadata]),
            IdentityScheme::Cie | IdentityScheme::Eidas => metadata,
        };
        self.front.app.learn(scheme, &xml).await;
    }

    /// Runs all tests of a profile against a comune's door (`spid` or `cie`).
    pub async fn examine(&self, profile: &str, slug: &str, door: &str) -> Report {
        let base = format!("{}/{slug}/{door}", self.front.url);
        let metadata = format!("{base}/metadata");
        let idp: String = form_urlencoded::byte_serialize(ENTITY_ID.as_bytes()).collect();
        let request = format!("{base}/accesso?idp={idp}");
        let report = self.folder.path().join("report.json");
        let mut words = vec!["--metadata-url", &metadata, "--authn-url", &request];
        words.extend(["--profile", profile, "--extra", "-tr", "-d", "CRITICAL"]);
        words.extend(["-rf", "json", "-o", report.to_str().expect("a plain path")]);
        let (status, said) = said(&self.folder, &words).await;
        let written = fs::read(&report).unwrap_or_else(|_| panic!("no report: {status} {said}"));
        let found = Report::read(&serde_json::from_slice(&written).expect("a report"));
        // What stopped it before its end is told to the terminal only.
        assert!(status.success() || !found.complaints.is_empty(), "{status} {said}");
        assert!(!said.contains("CRITICAL"), "{said}");
        found
    }
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Runs the tool to its end: how it ended, and what it said.
async fn said(folder: &TempDir, words: &[&str]) -> (ExitStatus, String) {
    let script = environment::spid_sp_test();
    let log = folder.path().join("said");
    let file = File::create(&log).expect("a new file");
    let mut command = Command::new(script.with_file_name("python"));
    command.arg(&script).args(words);
    command.env("IDP_CERT_PATH", folder.path()).env("IDP_ENTITYID", ENTITY_ID);
    command.env("REQUESTS_CA_BUNDLE", folder.path().join(AUTHORITY));
    // The machine's own authorities would be read again for each of two hundred connections.
    command.env("SSL_CERT_FILE", folder.path().join(AUTHORITY)).env("SSL_CERT_DIR", folder.path());
    command.env("NO_PROXY", "*").env("PYTHONWARNINGS", "ignore").stdin(Stdio::null());
    command.stderr(file.try_clone().expect("the same file")).stdout(file);
    let mut running = Running(command.spawn().expect("the tool starts"));
    let status = timeout(PATIENCE, running.ended()).await.expect("the tool comes to an end");
    (status, fs::read_to_string(&log).expect("text"))
}

/// A program that does not outlive its test.
struct Running(Child);

impl Running {
    async fn ended(&mut self) -> ExitStatus {
        loop {
            if let Some(status) = self.0.try_wait().expect("the program can be asked") {
                return status;
            }
            sleep(GLANCE).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already cannot be killed.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl Report {
    fn read(report: &Value) -> Self {
        let mut found = Self { passed: BTreeMap::new(), complaints: Vec::new() };
        let categories = report["test"]["sp"].as_object().expect("categories");
        for (category, classes) in categories {
            let classes = classes.as_object().expect("classes").values();
            for test in classes.flat_map(|class| class.as_array().expect("tests")) {
                if test["result"] == "success" {
                    *found.passed.entry(category.clone()).or_default() += 1;
                } else {
                    let text = format!("{category}: {} {}", test["test"], test["value"]);
                    found.complaints.push(text);
                }
            }
        }
        found
    }
}

/// Checks a document against one of the tool's schemas: what `xmllint` has to say, nothing when all is well.
pub fn schema_errors(schema: &str, document: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, catalog) = (folder.path().join("document.xml"), folder.path().join("catalog.xml"));
    fs::write(&file, document).expect("room");
    let schemas = schemas();
    fs::write(&catalog, local_names(&schemas)).expect("room");
    let mut command = Command::new("xmllint");
    command.args(["--nonet", "--noout", "--schema"]).arg(schemas.join(schema)).arg(&file);
    let ran = command.env("XML_CATALOG_FILES", &catalog).output().expect("xmllint is installed");
    if ran.status.success() { String::new() } else { String::from_utf8_lossy(&ran.stderr).into() }
}

/// The schemas name one file by its address on the web; it lies beside them.
fn local_names(schemas: &Path) -> String {
    let local = url::Url::from_file_path(schemas.join("xml.xsd")).expect("a whole path");
    format!(
        "<catalog xmlns=\"urn:oasis:names:tc:entity:xmlns:xml:catalog\">\
         <system systemId=\"http://www.w3.org/2001/xml.xsd\" uri=\"{local}\"/>\
         <uri name=\"http://www.w3.org/2001/xml.xsd\" uri=\"{local}\"/></catalog>"
    )
}

/// The folder of the tool's schemas.
fn schemas() -> PathBuf {
    let script = environment::spid_sp_test();
    let venv = script.ancestors().nth(2).expect("the script lies in bin/ of its environment");
    let versions = fs::read_dir(venv.join("lib")).expect("a virtual environment");
    versions
        .map(|entry| entry.expect("a folder").path().join("site-packages/spid_sp_test/xsd"))
        .find(|folder| folder.is_dir())
        .expect("the tool's schemas")
}
