//! Where a call is made: account, region, and the service clients for it.

use std::sync::OnceLock;

use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_types::SdkConfig;

/// One account and region to read, with a client per service, each made on first use.
pub struct Context {
    /// The account's twelve digits.
    pub account: Box<str>,
    /// `aws`, `aws-cn`, `aws-us-gov`, ...
    pub partition: Box<str>,
    /// The region that calls are sent to.
    pub region: Box<str>,
    config: SdkConfig,
    guard: SharedInterceptor,
    budgets: OnceLock<aws_sdk_budgets::Client>,
    cloudtrail: OnceLock<aws_sdk_cloudtrail::Client>,
    ec2: OnceLock<aws_sdk_ec2::Client>,
    iam: OnceLock<aws_sdk_iam::Client>,
    rds: OnceLock<aws_sdk_rds::Client>,
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
    ) -> Self {
        Self {
            account: account.into(),
            partition: partition.into(),
            region: region.into(),
            config,
            guard,
            budgets: OnceLock::new(),
            cloudtrail: OnceLock::new(),
            ec2: OnceLock::new(),
            iam: OnceLock::new(),
            rds: OnceLock::new(),
        }
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
