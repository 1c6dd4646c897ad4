//! The last look at every request: only planned, read-only operations leave the machine, no page
//! of a list twice, and each request that does is counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextRef,
    BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use http_body_util::Limited;

use super::pages;
use crate::schema::is_read_only;

/// Answers are read to this many bytes. The largest pages that AWS sends have a few million; who
/// sends more is not AWS.
const LARGEST_ANSWER: usize = 64 * 1024 * 1024;

/// Refuses what was not planned, counts what is sent, and reads no answer without end.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    allowed: Arc<BTreeSet<String>>,
    sent: Arc<Mutex<BTreeMap<String, u64>>>,
}

/// An operation that the guard held back: a defect of ours, never of the account.
#[derive(Debug, thiserror::Error)]
#[error("{0} was not planned or is not read-only, and was not sent")]
struct Refused(String);

impl Guard {
    /// A guard that lets these operations through, as far as they only read.
    pub fn new<'o>(operations: impl IntoIterator<Item = &'o str>) -> Self {
        let allowed = operations
            .into_iter()
            .filter(|operation| is_read_only(operation))
            .map(str::to_owned)
            .collect::<BTreeSet<_>>();
        Self {
            allowed: Arc::new(allowed),
            sent: Arc::default(),
        }
    }

    /// How many requests were sent, by operation; retries and pages count.
    pub fn sent(&self) -> BTreeMap<String, u64> {
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn operation(config: &ConfigBag) -> String {
    config
        .load::<Metadata>()
        .map_or_else(String::new, |metadata| {
            let service = metadata.service().to_ascii_lowercase().replace(' ', "-");
            format!("{service}:{}", metadata.name())
        })
}

impl Intercept for Guard {
    fn name(&self) -> &'static str {
        "ReadOnlyGuard"
    }

    fn read_before_serialization(
        &self,
        _context: &BeforeSerializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let operation = operation(config);
        if self.allowed.contains(&operation) {
            Ok(())
        } else {
            Err(Refused(operation).into())
        }
    }

    fn read_after_serialization(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.request().body().bytes().unwrap_or_default();
        Ok(pages::ask(&operation(config), body)?)
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response_mut().body_mut();
        let whole = std::mem::replace(body, SdkBody::taken());
        *body = SdkBody::from_body_1_x(Limited::new(whole, LARGEST_ANSWER));
        Ok(())
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        *sent.entry(operation(config)).or_default() += 1;
        Ok(())
    }
}
