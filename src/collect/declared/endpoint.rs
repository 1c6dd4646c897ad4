//! Where the requests of a declared source go, and for which region they are signed.

use std::net::IpAddr;

use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::source::Connection;

/// An address for requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Scheme, host, and what may come before the operation's path.
    pub url: String,
    /// The region that signatures name.
    pub signing_region: String,
    /// Whether it is AWS's own address and not one that the configuration names.
    pub of_aws: bool,
}

/// The service has no endpoint in a partition.
#[derive(Debug, thiserror::Error)]
#[error("{service} has no endpoint in partition {partition}")]
pub struct NoEndpoint {
    service: &'static str,
    partition: String,
}

/// The endpoint of a service for one region.
///
/// # Errors
/// When the service is not in the partition.
pub fn endpoint(
    connection: &Connection,
    config: &SdkConfig,
    account: &str,
    partition: &str,
    region: &str,
) -> Result<Endpoint, NoEndpoint> {
    let fixed = connection.regions.get(partition);
    if fixed.is_none() && !connection.regions.is_empty() {
        return Err(NoEndpoint {
            service: connection.service,
            partition: partition.to_owned(),
        });
    }
    let region = fixed.map_or(region, String::as_str);
    let (url, of_aws) = match configured(connection, config) {
        Some(url) => (url, false),
        None => {
            let host = connection.hosts.get(partition);
            let host = host.map_or_else(
                || usual_host(&connection.prefix, config, partition, region),
                Clone::clone,
            );
            (format!("https://{host}"), true)
        }
    };
    let url = if connection.account_prefix {
        before_host(&url, account)
    } else {
        url
    };
    Ok(Endpoint {
        url,
        signing_region: region.to_owned(),
        of_aws,
    })
}

/// `AWS_ENDPOINT_URL_<SERVICE>` and its like in the profile, else `AWS_ENDPOINT_URL`, as every SDK
/// reads them.
fn configured(connection: &Connection, config: &SdkConfig) -> Option<String> {
    let key = ServiceConfigKey::builder()
        .service_id(&connection.id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let own = key
        .ok()
        .and_then(|key| config.service_config()?.load_config(key));
    own.or_else(|| config.endpoint_url().map(str::to_owned))
        .map(|url| url.trim_end_matches('/').to_owned())
}

/// The names that a partition's endpoints end in, for IPv4 and for both.
/// Source: `partitions.json` of the SDKs.
fn suffixes(partition: &str) -> (&'static str, &'static str) {
    match partition {
        "aws-cn" => ("amazonaws.com.cn", "api.amazonwebservices.com.cn"),
        "aws-eusc" => ("amazonaws.eu", "api.amazonwebservices.eu"),
        "aws-iso" => ("c2s.ic.gov", "api.aws.ic.gov"),
        "aws-iso-b" => ("sc2s.sgov.gov", "api.aws.scloud"),
        "aws-iso-e" => ("cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
        "aws-iso-f" => ("csp.hci.ic.gov", "api.aws.hci.ic.gov"),
        _ => ("amazonaws.com", "api.aws"),
    }
}

fn usual_host(prefix: &str, config: &SdkConfig, partition: &str, region: &str) -> String {
    let (single, dual) = suffixes(partition);
    let suffix = if config.use_dual_stack() == Some(true) {
        dual
    } else {
        single
    };
    let fips = if config.use_fips() == Some(true) {
        "-fips"
    } else {
        ""
    };
    format!("{prefix}{fips}.{region}.{suffix}")
}

/// Puts a label before the host's name. A numeric address takes none.
fn before_host(url: &str, label: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let host = rest.split(['/', ':']).next().unwrap_or(rest);
    if host.parse::<IpAddr>().is_ok() || host.starts_with('[') {
        return url.to_owned();
    }
    format!("{scheme}://{label}.{rest}")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::source::Protocol;

    fn connection() -> Connection {
        Connection {
            service: "kms",
            id: "KMS".to_owned(),
            protocol: Protocol::RestJson1,
            prefix: "kms".to_owned(),
            regions: BTreeMap::new(),
            hosts: BTreeMap::new(),
            account_prefix: false,
            signing: "kms".to_owned(),
            iam: "kms".to_owned(),
            unavailable: Vec::new(),
        }
    }

    fn url(connection: &Connection, config: &SdkConfig, partition: &str, region: &str) -> String {
        let endpoint = endpoint(connection, config, "123456789012", partition, region);
        endpoint.map_or_else(|error| error.to_string(), |endpoint| endpoint.url)
    }

    #[test]
    fn each_partition_has_its_own_hosts() {
        let config = SdkConfig::builder().build();
        let urls = [
            ("aws", "eu-west-1"),
            ("aws-cn", "cn-north-1"),
            ("aws-us-gov", "us-gov-west-1"),
        ]
        .map(|(partition, region)| url(&connection(), &config, partition, region));
        assert_eq!(
            urls,
            [
                "https://kms.eu-west-1.amazonaws.com",
                "https://kms.cn-north-1.amazonaws.com.cn",
                "https://kms.us-gov-west-1.amazonaws.com",
            ]
        );
        let fips = SdkConfig::builder()
            .use_fips(true)
            .use_dual_stack(true)
            .build();
        let url = url(&connection(), &fips, "aws", "us-east-1");
        assert_eq!(url, "https://kms-fips.us-east-1.api.aws");
    }

    #[test]
    fn a_global_service_has_one_region_a_partition_and_says_where_it_has_none() {
        let global = Connection {
            regions: BTreeMap::from([("aws".to_owned(), "us-east-1".to_owned())]),
            hosts: BTreeMap::from([("aws".to_owned(), "cdn.amazonaws.com".to_owned())]),
            ..connection()
        };
        let config = SdkConfig::builder().build();
        let found = endpoint(&global, &config, "1", "aws", "eu-west-1").unwrap();
        assert_eq!(found.url, "https://cdn.amazonaws.com");
        assert_eq!(found.signing_region, "us-east-1");
        let none = url(&global, &config, "aws-cn", "cn-north-1");
        assert_eq!(none, "kms has no endpoint in partition aws-cn");
    }

    #[test]
    fn a_configured_address_wins_and_takes_the_account_before_a_name() {
        let of_account = Connection {
            account_prefix: true,
            ..connection()
        };
        let at = |address: &str| SdkConfig::builder().endpoint_url(address).build();
        let named = url(
            &of_account,
            &at("http://localhost:5000/"),
            "aws",
            "us-east-1",
        );
        assert_eq!(named, "http://123456789012.localhost:5000");
        let numbered = url(
            &of_account,
            &at("http://127.0.0.1:5000"),
            "aws",
            "us-east-1",
        );
        assert_eq!(numbered, "http://127.0.0.1:5000");
    }
}
