//! The job queue: committed with its cause, fair between tenants, survives a worker that dies.

use domain::ids::{JobId, MailId, TenantId};
use jiff::{SignedDuration, Timestamp};
use storage::queue::{self, Job, LEASE, NewJob, Payload};
use support::{database::Database, entropy::SeededEntropy, rows};
use uuid::Uuid;

struct Queue {
    database: Database,
    entropy: SeededEntropy,
    now: Timestamp,
}

impl Queue {
    async fn new() -> Self {
        let now = "2027-01-15T09:00:00Z".parse().unwrap();
        Self { database: Database::create().await, entropy: SeededEntropy::of_test(), now }
    }

    async fn tenant(&self, slug: &str) -> TenantId {
        rows::insert_tenant(&mut self.database.app().await, slug).await.into()
    }

    fn job<'a>(&self, dedupe_key: Option<&'a str>) -> NewJob<'a> {
        NewJob {
            id: JobId::new(self.now, &self.entropy),
            payload: Payload::SendMail { mail: MailId::from(Uuid::nil()) },
            locale: "en",
            urgent: false,
            run_at: self.now,
            dedupe_key,
            created_at: self.now,
        }
    }

    async fn enqueue(&self, tenant: TenantId, job: &NewJob<'_>) {
        let mut tx = self.database.pool().tenant(tenant).await.unwrap();
        queue::enqueue(&mut tx, job).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn take_at(&self, now: Timestamp) -> Option<Job> {
        let mut tx = self.database.pool().system().await.unwrap();
        let job = queue::take(&mut tx, now).await.unwrap();
        tx.commit().await.unwrap();
        job
    }

    async fn delete(&self, job: &Job) {
        let mut tx = self.database.pool().system().await.unwrap();
        queue::delete(&mut tx, job).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn retry(&self, job: &Job, run_at: Timestamp) {
        let mut tx = self.database.pool().system().await.unwrap();
        queue::update_retry(&mut tx, job, run_at, "smtp_451").await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Waiting and given up.
    async fn count(&self) -> (i64, i64) {
        let mut tx = self.database.pool().system().await.unwrap();
        queue::count(&mut tx).await.unwrap()
    }
}

#[tokio::test]
async fn a_job_carries_its_tenant_its_language_and_what_to_do() {
    let queue = Queue::new().await;
    let tenant = queue.tenant("alfa").await;
    let job = queue.job(None);
    queue.enqueue(tenant, &job).await;
    let taken = queue.take_at(queue.now).await.unwrap();
    assert_eq!(taken.id, job.id);
    assert_eq!(taken.tenant, tenant);
    assert_eq!(taken.locale, "en");
    assert_eq!(taken.payload, Some(job.payload));
    assert_eq!(taken.attempt, 1);
}

#[tokio::test]
async fn a_rolled_back_cause_leaves_no_job() {
    let queue = Queue::new().await;
    let tenant = queue.tenant("alfa").await;
    let mut tx = queue.database.pool().tenant(tenant).await.unwrap();
    queue::enqueue(&mut tx, &queue.job(None)).await.unwrap();
    drop(tx);
    assert!(queue.take_at(queue.now).await.is_none());
    assert_eq!(queue.count().await, (0, 0));
}

#[tokio::test]
async fn a_busy_tenant_does_not_make_the_others_wait() {
    let queue = Queue::new().await;
    let busy = queue.tenant("busy").await;
    let quiet = queue.tenant("quiet").await;
    for _ in 0..40 {
        queue.enqueue(busy, &queue.job(None)).await;
    }
    for _ in 0..3 {
        let mut late = queue.job(None);
        late.run_at = queue.now + SignedDuration::from_secs(30);
        queue.enqueue(quiet, &late).await;
    }
    let mut order = Vec::new();
    for second in 60..70 {
        let job = queue.take_at(queue.now + SignedDuration::from_secs(second)).await.unwrap();
        order.push(job.tenant);
        queue.delete(&job).await;
    }
    let served = order.iter().take(7).filter(|tenant| **tenant == quiet).count();
    assert_eq!(served, 3, "in turns, although forty of the other came first");
    assert!(order.iter().skip(7).all(|tenant| *tenant == busy));
}

#[tokio::test]
async fn a_job_of_a_worker_that_died_is_taken_again_after_its_lease() {
    let queue = Queue::new().await;
    let tenant = queue.tenant("alfa").await;
    queue.enqueue(tenant, &queue.job(None)).await;
    let first = queue.take_at(queue.now).await.unwrap();
    let before_end = queue.now + LEASE - SignedDuration::from_secs(1);
    assert!(queue.take_at(before_end).await.is_none(), "the lease holds");
    let again = queue.take_at(queue.now + LEASE).await.unwrap();
    assert_eq!(again.id, first.id);
    assert_eq!(again.attempt, 2);
}

#[tokio::test]
async fn a_retry_waits_for_its_time() {
    let queue = Queue::new().await;
    let tenant = queue.tenant("alfa").await;
    queue.enqueue(tenant, &queue.job(None)).await;
    let job = queue.take_at(queue.now).await.unwrap();
    let later = queue.now + SignedDuration::from_mins(5);
    queue.retry(&job, later).await;
    assert!(queue.take_at(later - SignedDuration::from_secs(1)).await.is_none());
    assert_eq!(queue.take_at(later).await.unwrap().attempt, 2);
}

#[tokio::test]
async fn a_job_given_up_stays_visible_and_is_not_tried_again() {
    let queue = Queue::new().await;
    let tenant = queue.tenant("alfa").await;
    queue.enqueue(tenant, &queue.job(Some("once"))).await;
    let job = queue.take_at(queue.now).await.unwrap();
    let mut tx = queue.database.pool().system().await.unwrap();
    queue::update_failed(&mut tx, &job, queue.now, "smtp_550").await.unwrap();
    tx.commit().await.unwrap();
    assert!(queue.take_at(queue.now + SignedDuration::from_hours(1)).await.is_none());
    assert_eq!(queue.count().await, (0, 1));
    queue.enqueue(tenant, &queue.job(Some("once"))).await;
    assert_eq!(queue.count().await, (1, 1), "its key is free again");
}

#[tokio::test]
async fn a_job_before_its_time_is_not_taken() {
    let queue = Queue::new().await;
    let tenant = queue.tenant("alfa").await;
    let mut job = queue.job(None);
    job.run_at = queue.now + SignedDuration::from_secs(1);
    queue.enqueue(tenant, &job).await;
    assert!(queue.take_at(queue.now).await.is_none());
    assert!(queue.take_at(job.run_at).await.is_some());
}

#[tokio::test]
async fn equal_keys_are_one_job_while_it_waits() {
    let queue = Queue::new().await;
    let tenant = queue.tenant("alfa").await;
    for _ in 0..3 {
        queue.enqueue(tenant, &queue.job(Some("expire:alfa"))).await;
    }
    assert_eq!(queue.count().await, (1, 0));
    let job = queue.take_at(queue.now).await.unwrap();
    queue.delete(&job).await;
    queue.enqueue(tenant, &queue.job(Some("expire:alfa"))).await;
    assert_eq!(queue.count().await, (1, 0));
}

#[tokio::test]
async fn workers_at_the_same_time_take_each_job_once() {
    const JOBS: usize = 30;
    let queue = Queue::new().await;
    let tenant = queue.tenant("alfa").await;
    for _ in 0..JOBS {
        queue.enqueue(tenant, &queue.job(None)).await;
    }
    let mut workers = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (pool, now) = (queue.database.pool().clone(), queue.now);
        workers.spawn(async move {
            let mut taken = Vec::new();
            loop {
                let mut tx = pool.system().await.unwrap();
                let job = queue::take(&mut tx, now).await.unwrap();
                tx.commit().await.unwrap();
                match job {
                    Some(job) => taken.push(job.id),
                    None => return taken,
                }
            }
        });
    }
    let mut taken: Vec<JobId> = workers.join_all().await.concat();
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), JOBS);
}

#[tokio::test]
async fn what_somebody_waits_for_at_the_screen_is_taken_before_everything_else() {
    let queue = Queue::new().await;
    let (alfa, beta) = (queue.tenant("alfa").await, queue.tenant("beta").await);
    queue.enqueue(alfa, &queue.job(None)).await;
    assert_eq!(queue.take_at(queue.now).await.unwrap().tenant, alfa);
    queue.enqueue(beta, &queue.job(None)).await;
    queue.enqueue(alfa, &NewJob { urgent: true, ..queue.job(None) }).await;
    // Fairness alone would take beta, which was never served.
    assert_eq!(queue.take_at(queue.now).await.unwrap().tenant, alfa);
    assert_eq!(queue.take_at(queue.now).await.unwrap().tenant, beta);
}
