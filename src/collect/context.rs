//! Where a call is made: account, region, and the service clients for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_types::SdkConfig;
use time::OffsetDateTime;

use super::declared;

/// Clients of declared services, by service and region.
type Clients = HashMap<(&'static str, Box<str>), Arc<declared::Client>>;

/// One account and region to read, with a client per service, each made on first use.
pub struct Context {
    /// The account's twelve digits.
    pub account: Box<str>,
    /// `aws`, `aws-cn`, `aws-us-gov`, ...
    pub partition: Box<str>,
    /// The region that calls are sent to.
    pub region: Box<str>,
    /// The time of the run.
    pub now: OffsetDateTime,
    config: SdkConfig,
    guard: SharedInterceptor,
    budgets: OnceLock<aws_sdk_budgets::Client>,
    cloudtrail: OnceLock<aws_sdk_cloudtrail::Client>,
    ec2: OnceLock<aws_sdk_ec2::Client>,
    iam: OnceLock<aws_sdk_iam::Client>,
    rds: OnceLock<aws_sdk_rds::Client>,
    declared: Mutex<Clients>,
}

/// The accessor of one service's client.
macro_rules! client {
    ($service:ident, $sdk:ident) => {
        #[doc = concat!("The `", stringify!($service), "` client.")]
        pub fn $service(&self) -> &$sdk::Client {
            self.$service.get_or_init(|| {
                let config =
                    $sdk::config::Builder::from(&self.config).interceptor(self.guard.clone());
                $sdk::Client::from_conf(config.build())
            })
        }
    };
}

impl Context {
    /// A context whose clients take region, credentials, retries and timeouts from `config`, and
    /// send only what `guard` lets through.
    pub fn new(
        config: SdkConfig,
        guard: SharedInterceptor,
        account: &str,
        partition: &str,
        region: &str,
        now: OffsetDateTime,
    ) -> Self {
        Self {
            account: account.into(),
            partition: partition.into(),
            region: region.into(),
            now,
            config,
            guard,
            budgets: OnceLock::new(),
            cloudtrail: OnceLock::new(),
            ec2: OnceLock::new(),
            iam: OnceLock::new(),
            rds: OnceLock::new(),
            declared: Mutex::default(),
        }
    }

    /// What every client is made of.
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// What looks at every request before it is sent.
    pub fn guard(&self) -> SharedInterceptor {
        self.guard.clone()
    }

    /// The client of a declared service for a region, made on first use.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn declared<E>(
        &self,
        service: &'static str,
        region: &str,
        make: impl FnOnce() -> Result<declared::Client, E>,
    ) -> Result<Arc<declared::Client>, E> {
        let mut clients = self.declared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = clients.get(&(service, region.into())) {
            return Ok(found.clone());
        }
        let fresh = Arc::new(make()?);
        clients.insert((service, region.into()), fresh.clone());
        Ok(fresh)
    }

    /// The ARN of something regional in this account.
    pub fn arn(&self, service: &str, resource: &str) -> String {
        let Self {
            partition,
            region,
            account,
            ..
        } = self;
        format!("arn:{partition}:{service}:{region}:{account}:{resource}")
    }

    /// The ARN of something global in this account.
    pub fn global_arn(&self, service: &str, resource: &str) -> String {
        format!(
            "arn:{}:{service}::{}:{resource}",
            self.partition, self.account
        )
    }

    client!(budgets, aws_sdk_budgets);
    client!(cloudtrail, aws_sdk_cloudtrail);
    client!(ec2, aws_sdk_ec2);
    client!(iam, aws_sdk_iam);
    client!(rds, aws_sdk_rds);
}
