//! The credential report: one CSV for the root user and all users, which AWS writes on demand and
//! then serves for four hours.

use std::sync::{Arc, LazyLock};

use aws_sdk_iam::operation::get_credential_report::GetCredentialReportOutput;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::super::shape::Shape;
use super::super::source::{self, Bulk, Future};
use super::waiting::PATIENCE;
use super::{CALLS, ROOT_USER, USER};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::fact::{Fact, name};
use crate::schema::{Field, Struct, Type};
use crate::snapshot::GLOBAL;

/// The field that the report brings.
const FIELD: &str = "CredentialReport";
/// The root user's name in the report, and its id everywhere else.
const ROOT_ROW: &str = "<root_account>";
const ROOT_ID: &str = "root";

/// By these AWS says that there is no report to be had yet.
const PENDING: [&str; 3] = ["ReportNotPresent", "ReportExpired", "ReportInProgress"];

/// What AWS writes where it has no value.
const ABSENT: [&str; 4] = ["", "N/A", "no_information", "not_supported"];

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Flag,
    Time,
}

#[derive(Clone, Copy, PartialEq)]
enum Presence {
    /// Each row has a value.
    Required,
    /// A row may have none.
    Optional,
    /// The whole column may be missing.
    Rare,
}

use Kind::{Flag, Text, Time};
use Presence::{Optional, Rare, Required};

/// The columns that AWS documents.
const COLUMNS: [(&str, Kind, Presence); 23] = [
    ("user", Text, Required),
    ("arn", Text, Required),
    ("user_creation_time", Time, Required),
    ("password_enabled", Flag, Optional),
    ("password_last_used", Time, Optional),
    ("password_last_changed", Time, Optional),
    ("password_next_rotation", Time, Optional),
    ("mfa_active", Flag, Required),
    ("access_key_1_active", Flag, Required),
    ("access_key_1_last_rotated", Time, Optional),
    ("access_key_1_last_used_date", Time, Optional),
    ("access_key_1_last_used_region", Text, Optional),
    ("access_key_1_last_used_service", Text, Optional),
    ("access_key_2_active", Flag, Required),
    ("access_key_2_last_rotated", Time, Optional),
    ("access_key_2_last_used_date", Time, Optional),
    ("access_key_2_last_used_region", Text, Optional),
    ("access_key_2_last_used_service", Text, Optional),
    ("cert_1_active", Flag, Required),
    ("cert_1_last_rotated", Time, Optional),
    ("cert_2_active", Flag, Required),
    ("cert_2_last_rotated", Time, Optional),
    ("additional_credentials_info", Text, Rare),
];

/// The field, for the types that have it.
pub(super) fn field() -> Field {
    static TYPE: LazyLock<Arc<Struct>> = LazyLock::new(|| {
        Struct::new(
            FIELD,
            COLUMNS.map(|(column, kind, presence)| {
                let ty = match kind {
                    Text => Type::String,
                    Flag => Type::Bool,
                    Time => Type::Timestamp,
                };
                match presence {
                    Required => Field::required(column, ty),
                    Optional | Rare => Field::optional(column, ty),
                }
            }),
        )
    });
    Field::required(FIELD, Type::Struct(TYPE.clone()))
}

pub(super) fn read(context: Arc<Context>) -> Future<Result<Bulk, Failure>> {
    Box::pin(async move {
        let report = match get(&context).await? {
            Some(report) => report,
            None => generate(&context).await?,
        };
        bulk(&report).map_err(|message| invalid(&message))
    })
}

/// The report, or `None` while there is none.
async fn get(context: &Context) -> Result<Option<GetCredentialReportOutput>, Failure> {
    match context.iam().get_credential_report().send().await {
        Ok(report) => Ok(Some(report)),
        Err(error) if error.code().is_some_and(|code| PENDING.contains(&code)) => Ok(None),
        Err(error) => Err(Failure::of(&CALLS.report, error)),
    }
}

/// Has a report written, and waits for it.
async fn generate(context: &Context) -> Result<GetCredentialReportOutput, Failure> {
    let request = context.iam().generate_credential_report();
    let started = request.send().await;
    started.map_err(|error| Failure::of(&CALLS.generate_report, error))?;
    PATIENCE.wait(&CALLS.report, || get(context)).await
}

fn bulk(report: &GetCredentialReportOutput) -> Result<Bulk, String> {
    let content = report.content().ok_or("the credential report is empty")?;
    let written = report.generated_time().and_then(Shape::fact);
    let missing = match written.as_ref().and_then(Fact::as_str) {
        Some(written) => format!("not in the credential report of {written}"),
        None => "not in the credential report".to_owned(),
    };
    let rows = rows(content.as_ref()).map_err(|error| format!("the credential report: {error}"))?;
    Ok(Bulk {
        fields: rows
            .into_iter()
            .map(|(user, fact)| {
                let fields = vec![source::field(FIELD, fact)];
                match &*user {
                    ROOT_ROW => (ROOT_USER, ROOT_ID.into(), fields),
                    _ => (USER, user, fields),
                }
            })
            .collect(),
        // Whoever was created since the report was written is not in it.
        otherwise: vec![source::field(FIELD, unknown("MissingField", &missing))],
    })
}

/// Each row's user and values.
fn rows(content: &[u8]) -> Result<Vec<(Box<str>, Fact)>, String> {
    let mut reader = csv::Reader::from_reader(content);
    let headers = reader.headers().map_err(|error| error.to_string())?;
    let position = |column: &str| headers.iter().position(|header| header == column);
    let users = position("user").ok_or("no column `user`")?;
    let columns =
        COLUMNS.map(|(column, kind, presence)| (column, kind, presence, position(column)));
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let user = record.get(users).unwrap_or_default().into();
        let values = columns
            .iter()
            .filter_map(|&(column, kind, presence, position)| {
                let value = match position {
                    Some(position) => value(kind, record.get(position)?),
                    None if presence == Rare => None,
                    // Absent would mean that AWS had looked.
                    None => Some(unknown("MissingField", "the report lacks the column")),
                };
                Some((name(column), value?))
            });
        rows.push((user, Fact::Object(values.collect())));
    }
    Ok(rows)
}

/// One cell; unknown where it is not what AWS documents.
fn value(kind: Kind, text: &str) -> Option<Fact> {
    if ABSENT.contains(&text) {
        return None;
    }
    let fact = match kind {
        Text => Some(Fact::string(text)),
        Flag => [("true", true), ("false", false)]
            .into_iter()
            .find(|(word, _)| text.eq_ignore_ascii_case(word))
            .map(|(_, value)| Fact::Bool(value)),
        Time => DateTime::from_str(text, Format::DateTimeWithOffset)
            .ok()
            .and_then(|time| time.fact()),
    };
    Some(fact.unwrap_or_else(|| {
        let expected = if matches!(kind, Flag) {
            "true or false"
        } else {
            "a time"
        };
        unknown("InvalidResponse", &format!("`{text}` is not {expected}"))
    }))
}

fn invalid(message: &str) -> Failure {
    Failure::new(&CALLS.report, "InvalidResponse", message)
}

fn unknown(code: &str, message: &str) -> Fact {
    let failure = Failure::new(&CALLS.report, code, message);
    Fact::Unknown(Arc::new(failure.in_region(GLOBAL)))
}

#[cfg(test)]
mod tests {
    use aws_sdk_iam::primitives::Blob;

    use super::*;

    const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,\
        password_last_changed,password_next_rotation,mfa_active,access_key_1_active,\
        access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,\
        access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
        access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,\
        cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
    const ROOT: &str = "<root_account>,arn:aws:iam::123456789012:root,2020-01-02T03:04:05+00:00,\
        not_supported,2025-05-06T07:08:09+00:00,not_supported,not_supported,true,false,N/A,N/A,\
        N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A";

    fn read(csv: &str) -> Result<Bulk, String> {
        let content = Blob::new(csv);
        let report = GetCredentialReportOutput::builder().content(content);
        bulk(&report.build())
    }

    fn values(bulk: &Bulk) -> serde_json::Value {
        let facts = bulk.fields.iter().map(|(_, _, fields)| &fields[0].1);
        serde_json::to_value(facts.collect::<Vec<_>>()).unwrap_or_default()
    }

    #[test]
    fn the_root_row_goes_to_the_root_user_and_what_aws_lacks_is_absent() {
        let bulk = read(&format!("{HEADER}\n{ROOT}\n")).unwrap();
        let (resource_type, id, _) = &bulk.fields[0];
        assert_eq!((*resource_type, &**id), (ROOT_USER, ROOT_ID));
        let expected = serde_json::json!([{
            "user": "<root_account>", "arn": "arn:aws:iam::123456789012:root",
            "user_creation_time": "2020-01-02T03:04:05Z",
            "password_last_used": "2025-05-06T07:08:09Z", "mfa_active": true,
            "access_key_1_active": false, "access_key_2_active": false,
            "cert_1_active": false, "cert_2_active": false,
        }]);
        assert_eq!(values(&bulk), expected);
        assert!(matches!(&bulk.otherwise[0].1, Fact::Unknown(_)));
    }

    #[test]
    fn columns_are_found_by_name_and_those_missing_are_unknown() {
        let csv = "novel,mfa_active,user,user_creation_time\n1,TRUE,\"a,b\",yesterday\n";
        let bulk = read(csv).unwrap();
        assert_eq!((bulk.fields[0].0, &*bulk.fields[0].1), (USER, "a,b"));
        let values = &values(&bulk)[0];
        assert_eq!(values["mfa_active"], true);
        let created = &values["user_creation_time"]["$unknown"];
        assert_eq!(created["code"], "InvalidResponse");
        assert_eq!(created["region"], "global");
        let column = &values["password_last_used"]["$unknown"];
        assert_eq!(column["code"], "MissingField");
        assert!(values.get("additional_credentials_info").is_none());
    }

    #[test]
    fn a_malformed_report_is_an_error() {
        let cases = [
            (String::new(), "no column `user`"),
            ("name,arn\na,b\n".into(), "no column `user`"),
            (format!("{HEADER}\nalice,arn\n"), "record"),
        ];
        for (csv, reason) in cases {
            let message = read(&csv).err().unwrap_or_default();
            assert!(message.contains(reason), "{message:?} lacks {reason:?}");
        }
        assert!(rows(b"user\n\xff\n").is_err());
        assert!(bulk(&GetCredentialReportOutput::builder().build()).is_err());
    }
}
