//! Rules of `[digital_identity]` and of the doors that need it.

use super::mistakes;

#[test]
fn what_a_federation_would_refuse_is_told_at_its_line() {
    for (from, to, expected) in [
        (
            "spid = true\ncie = true\neidas = false",
            "spid = false\ncie = true\neidas = true",
            "doors.eidas: needs the door",
        ),
        ("level = 2", "level = 1", "digital_identity.level: 2 or 3"),
        ("spid_entity_id = \"https", "spid_entity_id = \"http", "spid_entity_id: an address like"),
        ("mode = \"public\"", "mode = \"pub_ag_full\"", "it ends with \"/pub-ag-full/c_alfa\""),
        ("seat = \"L049\"", "", "digital_identity.seat: needed by CIE"),
        ("+390990000001", "099 0000001", "digital_identity.telephone: like"),
        ("cie_entity_id = ", "#", "digital_identity.cie_entity_id: the door of CIE is open"),
    ] {
        let found = mistakes("tenant.toml", from, to);
        assert!(found.iter().any(|told| told.contains(expected)), "{expected}: {found:?}");
    }
}
