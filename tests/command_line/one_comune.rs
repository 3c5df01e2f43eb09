//! What is wrong at one comune is told, and stops neither the others nor a release that says so.

use crate::command_line::folder::Folder;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use support::{app::TestApp, program::Program};

#[tokio::test]
async fn a_release_forgives_a_comunes_slip_and_loads_the_others() {
    let app = TestApp::start().await;
    let folder = Folder::copy();
    folder.change("alfa/tenant.toml", "[identity]", "[identità]");
    folder.change("beta/tenant.toml", "[identity]\nname = \"", "[identity]\nname = \"Nuova ");
    let ran = Program::beside(&app).run(&["tenants", "apply", "--lenient", folder.path()]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.output.contains("beta: version 2 in force"), "{}", ran.output);
    assert!(ran.output.contains("alfa/tenant.toml:"), "the slip is told: {}", ran.output);
}

#[tokio::test]
async fn a_host_of_another_comune_or_of_all_is_refused_and_the_next_comune_still_loaded() {
    let app = TestApp::start().await;
    let folder = Folder::copy();
    let shared = support::app::SHARED_HOST;
    folder.change("alfa/tenant.toml", "hosts = [\"", &format!("hosts = [\"{shared}\", \""));
    folder.change("beta/tenant.toml", "[identity]\nname = \"", "[identity]\nname = \"Nuova ");
    let program = Program::beside(&app);
    let ran = program.run(&["tenants", "apply", folder.path()]).await;
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.output.contains("belongs to the shared entrance"), "{}", ran.output);
    assert!(ran.output.contains("beta: version 2 in force"), "{}", ran.output);
    let checked = program.run(&["tenants", "check", folder.path()]).await;
    assert_eq!(checked.code, 1, "{checked:?}");
    let unknown = Program::bare().run(&["tenants", "check", folder.path()]).await;
    assert_eq!(unknown.code, 0, "without its address nobody knows: {unknown:?}");
}

#[tokio::test]
async fn the_doctor_says_when_the_operators_key_opens_nothing_and_takes_an_earlier_one() {
    let app = TestApp::start().await;
    let sound = Program::beside(&app);
    let other = STANDARD.encode(*b"another key, known to all......!");
    let wrong = sound.clone().with("CAMPANELLA_OPERATOR_KEY", other.clone());
    let ran = wrong.run(&["doctor"]).await;
    assert_eq!(ran.code, 1);
    let told = "CAMPANELLA_OPERATOR_KEY does not open the keys of alfa, beta";
    assert!(ran.output.contains(told), "{}", ran.output);
    let earlier = STANDARD.encode(support::app::OPERATOR_KEY);
    let renewed = wrong.with("CAMPANELLA_OLD_OPERATOR_KEYS", earlier).run(&["doctor"]).await;
    assert!(renewed.output.contains("opens those of 2 tenants"), "{}", renewed.output);
}
