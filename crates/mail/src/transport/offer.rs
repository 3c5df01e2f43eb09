//! Offering one mail, command by command, so that it is known what the relay refused.

use crate::{
    failure::{SendError, Stage},
    message::Message,
};
use lettre::transport::smtp::{
    client::AsyncSmtpConnection,
    commands::{Data, Mail, Rcpt},
};

/// Offers a mail. Its addresses and its bytes are ASCII, so that no parameter needs to announce anything.
pub(super) async fn offer(
    connection: &mut AsyncSmtpConnection,
    message: &Message,
) -> Result<(), SendError> {
    let at = |stage| move |error| SendError::while_offering(stage, &error);
    let from = message.envelope.from().cloned();
    connection.command(Mail::new(from, Vec::new())).await.map_err(at(Stage::Sender))?;
    for to in message.envelope.to() {
        let recipient = Rcpt::new(to.clone(), Vec::new());
        connection.command(recipient).await.map_err(at(Stage::Recipient))?;
    }
    connection.command(Data).await.map_err(at(Stage::Data))?;
    connection.message(&message.bytes).await.map_err(at(Stage::Content))?;
    Ok(())
}
