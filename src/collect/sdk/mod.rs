//! The typed sources, through the official SDK: one file or folder a service.

mod aws;
mod budgets;
mod cloudtrail;
mod ec2;
mod iam;
mod rds;
pub(crate) mod shape;
pub mod source;
mod watched;

pub use source::Source;

/// Every typed source.
pub fn sources() -> Vec<Source> {
    vec![
        aws::source(),
        budgets::source(),
        cloudtrail::source(),
        ec2::source(),
        iam::source(),
        rds::source(),
    ]
}
