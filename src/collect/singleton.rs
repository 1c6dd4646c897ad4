//! Types that are never listed because they exist once in their scope.

use super::session::Session;
use crate::fact::{Fact, Object, name};
use crate::schema::ResourceType;
use crate::snapshot::{GLOBAL, Resource};

/// The one resource of a typed source's type that needs no list call.
pub fn singleton(resource_type: &ResourceType, session: &Session, place: &str) -> Resource {
    let Session {
        account, partition, ..
    } = session;
    let (id, arn) = match resource_type.name {
        "aws.Account" => (
            account.clone(),
            format!("arn:{partition}:iam::{account}:root"),
        ),
        "aws.Region" => (
            place.to_owned(),
            format!("arn:{partition}:account::{account}:region/{place}"),
        ),
        "iam.RootUser" => (
            "root".to_owned(),
            format!("arn:{partition}:iam::{account}:root"),
        ),
        other => {
            let service = resource_type.service();
            let region = if place == GLOBAL { "" } else { place };
            (
                other.to_owned(),
                format!("arn:{partition}:{service}:{region}:{account}:settings"),
            )
        }
    };
    // None of them can be tagged, which is no reason for their tags to be unknown.
    let mut fields = Object::new(vec![(name("tags"), Fact::Object(Object::default()))]);
    if resource_type.name == "aws.Region" {
        fields.insert(name("RegionName"), Fact::string(place));
    }
    Resource {
        id: id.into(),
        arn: arn.into(),
        account: account.as_str().into(),
        region: place.into(),
        fields,
    }
}
