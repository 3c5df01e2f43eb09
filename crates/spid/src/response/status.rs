//! The status, and the number of an official error (cases 22 to 26, 104 to 111).

use crate::{
    dom,
    names::{
        NS_PROTOCOL, STATUS_REQUESTER, STATUS_RESPONDER, STATUS_SUCCESS, STATUS_VERSION_MISMATCH,
    },
    refusal::{
        Refusal,
        content::{STATUS_CODE_MISSING, STATUS_MISSING, STATUS_UNKNOWN},
    },
};
use roxmltree::Node;

/// Passes success alone. An error may come unsigned, so that nothing of it counts but a number out of the table.
pub(super) fn check(response: Node<'_, '_>) -> Result<(), Refusal> {
    let status = dom::one(response, NS_PROTOCOL, "Status", STATUS_MISSING)?;
    let code = dom::one(status, NS_PROTOCOL, "StatusCode", STATUS_CODE_MISSING)?;
    match dom::attribute(code, "Value", STATUS_CODE_MISSING)? {
        STATUS_SUCCESS => Ok(()),
        STATUS_REQUESTER | STATUS_RESPONDER | STATUS_VERSION_MISMATCH => {
            let message =
                dom::optional(status, NS_PROTOCOL, "StatusMessage")?.map(dom::text).transpose()?;
            Err(Refusal::by_provider(message.as_deref().and_then(number)))
        }
        _ => Err(STATUS_UNKNOWN),
    }
}

/// The number in `ErrorCode nr22`; `None` for a number that the table does not have.
fn number(message: &str) -> Option<u8> {
    let digits = message.strip_prefix("ErrorCode nr")?;
    if digits.len() != 2 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|number| matches!(number, 8 | 9 | 11..=25 | 30))
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn only_numbers_of_the_table_count() {
        assert_eq!(number("ErrorCode nr08"), Some(8));
        assert_eq!(number("ErrorCode nr25"), Some(25));
        assert_eq!(number("ErrorCode nr30"), Some(30));
        for other in [
            "ErrorCode nr10",
            "ErrorCode nr26",
            "ErrorCode nr99",
            "ErrorCode nr8",
            "ErrorCode nr+8",
            "",
        ] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
