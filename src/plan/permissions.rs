//! The least-privilege IAM policy of a run.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Plan;

/// The policy that allows what the plan calls, and nothing else. `sts:GetCallerIdentity` needs no
/// permission and is not in it.
pub fn policy(plan: &Plan) -> Value {
    let actions: BTreeSet<&str> = plan
        .calls()
        .iter()
        .flat_map(|call| call.iam_actions.iter().copied())
        .collect();
    let statements = if actions.is_empty() {
        Vec::new()
    } else {
        vec![json!({
            "Sid": "LaunchgateRead",
            "Effect": "Allow",
            "Action": actions,
            "Resource": "*",
        })]
    };
    json!({ "Version": "2012-10-17", "Statement": statements })
}
