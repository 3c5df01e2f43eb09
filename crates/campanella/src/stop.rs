//! When to stop: the first SIGTERM or SIGINT, or a reason of our own.

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

/// Tells every part of the program to stop.
pub(crate) type Stop = watch::Receiver<bool>;

/// Listens for the signals; the sender lets the program stop itself.
pub(crate) fn on_signal() -> std::io::Result<(watch::Sender<bool>, Stop)> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (sender, receiver) = watch::channel(false);
    let told = sender.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        told.send_replace(true);
    });
    Ok((sender, receiver))
}

/// Waits until it is time to stop.
pub(crate) async fn stopped(mut stop: Stop) {
    // A vanished sender means that the program is ending anyway.
    let _ = stop.wait_for(|stop| *stop).await;
}
