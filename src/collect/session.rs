//! Whose account, which regions, and with which credentials.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{AppName, BehaviorVersion, Region};
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_types::SdkConfig;
use time::OffsetDateTime;

use super::context::Context;
use super::failure::Failure;
use super::guard::Guard;
use crate::plan::{Plan, REGIONS, WHO_AM_I};
use crate::schema::{ApiCall, Per};

/// Attempts per request where the environment names no number: accounts with many resources are
/// throttled as a matter of course.
const ATTEMPTS: u32 = 5;
const ATTEMPTS_VARIABLE: &str = "AWS_MAX_ATTEMPTS";
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);

/// What the user chose.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The profile of the AWS configuration files.
    pub profile: Option<String>,
    /// The regions to read; empty for the configured one.
    pub regions: Vec<String>,
    /// Whether to read every enabled region.
    pub all_regions: bool,
    /// The only accounts that may be read; empty for any.
    pub allowed: Vec<String>,
}

/// Why no account can be read at all.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// Neither flag nor configuration names a region.
    #[error("no region is chosen: give --region or --all-regions, or set AWS_REGION")]
    NoRegion,
    /// `GetCallerIdentity` failed.
    #[error("the account cannot be reached: {operation} failed with {code}: {message}", operation = .0.operation, code = .0.code, message = .0.message)]
    WhoAmI(Failure),
    /// The credentials are of an account that the project does not list.
    #[error("the credentials belong to account {account}, and the project file lists only {}", allowed.join(", "))]
    OtherAccount {
        /// Whose they are.
        account: String,
        /// Those that may be read.
        allowed: Vec<String>,
    },
    /// `DescribeRegions` failed.
    #[error("the enabled regions cannot be listed: {operation} failed with {code}: {message}{needs}", operation = .0.operation, code = .0.code, message = .0.message, needs = needs(.0))]
    Regions(Failure),
    /// A setting that the SDK cannot use.
    #[error("the setting {0} is not {1}")]
    Setting(&'static str, &'static str),
    /// An answer without what it must hold.
    #[error("{0} answered without {1}")]
    Incomplete(&'static str, &'static str),
}

fn needs(failure: &Failure) -> String {
    failure
        .iam_action
        .as_ref()
        .map(|action| format!(" (allow {action}, or name regions with --region)"))
        .unwrap_or_default()
}

/// An account, open for reading.
pub struct Session {
    /// The account's twelve digits.
    pub account: String,
    /// `aws`, `aws-cn`, `aws-us-gov`, ...
    pub partition: String,
    /// The regions to read, sorted.
    pub regions: Vec<String>,
    /// What lets requests through and counts them.
    pub guard: Guard,
    /// The time of the run.
    pub now: OffsetDateTime,
    config: SdkConfig,
}

impl Session {
    /// Finds credentials, asks whose they are and which regions to read.
    ///
    /// # Errors
    /// When there are no working credentials, no region, or no connection.
    pub async fn open(
        options: &Options,
        plan: &Plan,
        now: OffsetDateTime,
    ) -> Result<Self, SessionError> {
        let planned = plan.calls();
        let guard = Guard::new(planned.iter().map(|call| call.operation));
        let config = load_config(options).await?;
        let home = options
            .regions
            .first()
            .cloned()
            .or_else(|| config.region().map(ToString::to_string));
        // Any region of the partition answers for what is global and lists the others.
        let home = match (home, options.all_regions) {
            (Some(home), _) => home,
            (None, true) => "us-east-1".to_owned(),
            (None, false) => return Err(SessionError::NoRegion),
        };
        let config = in_region(&config, &home);
        let (account, partition) = who_am_i(&config, &guard).await?;
        if !options.allowed.is_empty() && !options.allowed.contains(&account) {
            let allowed = options.allowed.clone();
            return Err(SessionError::OtherAccount { account, allowed });
        }
        let mut session = Self {
            account,
            partition,
            regions: options.regions.clone(),
            guard,
            now,
            config,
        };
        if options.all_regions {
            session.regions = session.enabled_regions(&home).await?;
        } else if session.regions.is_empty() {
            session.regions.push(home);
        }
        session.regions.sort();
        session.regions.dedup();
        Ok(session)
    }

    /// Where to call for one region.
    pub fn context(&self, region: &str) -> Context {
        let guard = SharedInterceptor::new(self.guard.clone());
        let config = in_region(&self.config, region);
        let (account, partition) = (&self.account, &self.partition);
        Context::new(config, guard, account, partition, region, self.now)
    }

    /// Regions that the account has enabled; the others answer no call.
    async fn enabled_regions(&self, home: &str) -> Result<Vec<String>, SessionError> {
        let call = ApiCall::new(REGIONS, Per::Account);
        let context = self.context(home);
        let answer = context.ec2().describe_regions().send().await;
        let answer = answer.map_err(|error| SessionError::Regions(Failure::of(&call, error)))?;
        let enabled = answer
            .regions()
            .iter()
            .filter(|region| region.opt_in_status() != Some("not-opted-in"))
            .filter_map(|region| region.region_name().map(str::to_owned))
            .collect::<Vec<_>>();
        if enabled.is_empty() {
            return Err(SessionError::Incomplete(REGIONS, "any region"));
        }
        Ok(enabled)
    }
}

async fn load_config(options: &Options) -> Result<SdkConfig, SessionError> {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(CONNECT_TIMEOUT)
        .operation_attempt_timeout(ATTEMPT_TIMEOUT)
        .build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest()).timeout_config(timeouts);
    if let Ok(name) = AppName::new("launchgate") {
        loader = loader.app_name(name);
    }
    if let Some(profile) = &options.profile {
        loader = loader.profile_name(profile);
    }
    let retries = RetryConfig::standard().with_max_attempts(attempts()?);
    Ok(loader.retry_config(retries).load().await)
}

/// Read here, as the SDK panics where the variable holds no number.
fn attempts() -> Result<u32, SessionError> {
    let wrong = SessionError::Setting(ATTEMPTS_VARIABLE, "a whole number from 1 on");
    let text = std::env::var_os(ATTEMPTS_VARIABLE).unwrap_or_default();
    if text.is_empty() {
        return Ok(ATTEMPTS);
    }
    match text.to_str().and_then(|text| text.trim().parse().ok()) {
        None | Some(0) => Err(wrong),
        Some(attempts) => Ok(attempts),
    }
}

fn in_region(config: &SdkConfig, region: &str) -> SdkConfig {
    config
        .to_builder()
        .region(Region::new(region.to_owned()))
        .build()
}

/// The account and partition that the credentials belong to.
async fn who_am_i(config: &SdkConfig, guard: &Guard) -> Result<(String, String), SessionError> {
    let call = ApiCall::new(WHO_AM_I, Per::Account);
    let guard = SharedInterceptor::new(guard.clone());
    let client = aws_sdk_sts::Client::from_conf(
        aws_sdk_sts::config::Builder::from(config)
            .interceptor(guard)
            .build(),
    );
    let identity = client.get_caller_identity().send().await;
    let identity = identity.map_err(|error| SessionError::WhoAmI(Failure::of(&call, error)))?;
    let account = identity
        .account()
        .ok_or(SessionError::Incomplete(WHO_AM_I, "an account"))?;
    let partition = identity
        .arn()
        .and_then(|arn| arn.split(':').nth(1))
        .ok_or(SessionError::Incomplete(WHO_AM_I, "an ARN"))?;
    Ok((account.to_owned(), partition.to_owned()))
}
