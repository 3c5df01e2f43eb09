//! Redis, empty when the tests begin: tenants' keys in it come back with each run's seeds.

use crate::environment;
use tokio::sync::OnceCell;

static EMPTIED: OnceCell<()> = OnceCell::const_new();

/// Empties it, once in the life of the test program.
pub async fn start_empty() {
    EMPTIED.get_or_init(empty).await;
}

async fn empty() {
    let client = redis::Client::open(environment::redis_url()).expect("an address of Redis");
    let mut connection = client.get_multiplexed_async_connection().await.expect("Redis answers");
    let emptied: Result<(), _> = redis::cmd("FLUSHALL").query_async(&mut connection).await;
    emptied.expect("Redis can be emptied");
}
