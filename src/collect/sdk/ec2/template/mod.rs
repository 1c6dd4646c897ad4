//! Launch templates with what their default version launches.

mod shapes;

use std::sync::{Arc, LazyLock};

use aws_sdk_ec2::types;

use super::{Identity, listed, resource};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::collect::sdk::shape::Shape;
use crate::collect::sdk::source::{
    Bulk, Fetch, Future, Listing, Source, all_items, field, list_items, object_of,
};
use crate::fact::{Fact, name};
use crate::schema::{ApiCall, Field, Per, Struct, Type};

const LAUNCH_TEMPLATE: &str = "ec2.LaunchTemplate";

/// The longest page of launch templates and their versions.
const TEMPLATE_PAGE: i32 = 200;

/// The operations.
struct Calls {
    templates: Arc<ApiCall>,
    defaults: Arc<ApiCall>,
}

static CALLS: LazyLock<Calls> = LazyLock::new(|| Calls {
    templates: ApiCall::new("ec2:DescribeLaunchTemplates", Per::Region),
    defaults: ApiCall::new("ec2:DescribeLaunchTemplateVersions", Per::Region),
});

/// This part of the source.
pub fn source() -> Source {
    let calls = &*CALLS;
    let template = listed::<types::LaunchTemplate>(
        LAUNCH_TEMPLATE,
        "A launch template, with the data of its default version.",
        &calls.templates,
    )
    .detail(
        Field::required("LaunchTemplateData", data_type()),
        &calls.defaults,
    );
    Source {
        types: vec![template.build()],
        calls: vec![
            (
                calls.templates.clone(),
                Fetch::List(|context, _| templates(context)),
            ),
            (calls.defaults.clone(), Fetch::Bulk(defaults)),
        ],
    }
}

/// The shape, with the presence of user data in its place.
fn data_type() -> Type {
    let Type::Struct(shape) = types::ResponseLaunchTemplateData::ty() else {
        return Type::Any;
    };
    let fields = shape.fields.values().cloned();
    let presence = Field::required("HasUserData", Type::Bool);
    Type::Struct(Struct::new(&shape.name, fields.chain([presence])))
}

fn data_fact(data: &types::ResponseLaunchTemplateData) -> Fact {
    let mut object = object_of(data.fact());
    let present = data.user_data().is_some_and(|text| !text.is_empty());
    object.insert(name("HasUserData"), Fact::Bool(present));
    Fact::Object(object)
}

/// An account may hide what AWS manages in it from its listings; it is asked for all the same.
fn templates(context: Arc<Context>) -> Future<Listing> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_launch_templates()
            .include_managed_resources(true)
            .max_results(TEMPLATE_PAGE);
        list_items!(&CALLS.templates, LAUNCH_TEMPLATE, request, |template| {
            let identity = Identity {
                kind: "launch-template",
                id: template.launch_template_id(),
                owner: None,
                tags: template.tags(),
            };
            resource(&context, &template, identity)
        })
    })
}

/// The default version of every template at once.
fn defaults(context: Arc<Context>) -> Future<Result<Bulk, Failure>> {
    Box::pin(async move {
        let request = context
            .ec2()
            .describe_launch_template_versions()
            .versions("$Default")
            .include_managed_resources(true)
            .max_results(TEMPLATE_PAGE);
        let versions = all_items!(&CALLS.defaults, request)?;
        let fields = versions.iter().filter_map(|version| {
            let data = data_fact(version.launch_template_data()?);
            let fields = vec![field("LaunchTemplateData", data)];
            Some((
                LAUNCH_TEMPLATE,
                version.launch_template_id()?.into(),
                fields,
            ))
        });
        Ok(Bulk {
            fields: fields.collect(),
            ..Bulk::default()
        })
    })
}
