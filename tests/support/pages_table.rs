//! How each paginated operation words its pages, from AWS's own models (botocore's
//! `paginators-1.json` and the `locationName`s of `service-2.json`).

/// The words that all paginated operations of a service share.
#[derive(Debug)]
pub(super) struct Wording {
    /// In a request: the token, and how many items a page may hold.
    pub token_in: &'static str,
    pub size_in: &'static str,
    /// In an answer: the token, and the element that says whether more follows.
    pub token_out: &'static str,
    pub more_out: Option<&'static str>,
    /// Whether the lists lie inside `<OperationResult>` (else in the outermost element).
    pub result_wrapper: bool,
    /// The error for a token that the service did not give.
    pub bad_token: &'static str,
}

/// A paginated operation: the lists whose items its pages hold, in the order of its pages.
#[derive(Debug)]
pub(super) struct Paginated {
    pub operation: &'static str,
    pub lists: &'static [&'static str],
    pub wording: &'static Wording,
}

pub(super) fn paginated(service: &str, operation: &str) -> Option<Paginated> {
    let (wording, table) = match service {
        "iam" => (&IAM_WORDING, IAM),
        "rds" => (&RDS_WORDING, RDS),
        "ec2" => (&EC2_WORDING, EC2),
        "budgets" => (&BUDGETS_WORDING, BUDGETS),
        "cloudtrail" => (&CLOUDTRAIL_WORDING, CLOUDTRAIL),
        _ => return None,
    };
    let &(operation, lists) = table.iter().find(|(name, _)| *name == operation)?;
    Some(Paginated {
        operation,
        lists,
        wording,
    })
}

/// Whether split pages reach `service:Operation`.
pub fn is_paginated(name: &str) -> bool {
    name.split_once(':')
        .is_some_and(|(service, operation)| paginated(service, operation).is_some())
}

type Table = &'static [(&'static str, &'static [&'static str])];

static IAM_WORDING: Wording = Wording {
    token_in: "Marker",
    size_in: "MaxItems",
    token_out: "Marker",
    more_out: Some("IsTruncated"),
    result_wrapper: true,
    bad_token: "ValidationError",
};

const IAM: Table = &[
    (
        "GetAccountAuthorizationDetails",
        &[
            "UserDetailList",
            "GroupDetailList",
            "RoleDetailList",
            "Policies",
        ],
    ),
    ("GetServiceLastAccessedDetails", &["ServicesLastAccessed"]),
    ("ListAccessKeys", &["AccessKeyMetadata"]),
    ("ListAttachedUserPolicies", &["AttachedPolicies"]),
    (
        "ListEntitiesForPolicy",
        &["PolicyGroups", "PolicyUsers", "PolicyRoles"],
    ),
    ("ListGroups", &["Groups"]),
    ("ListGroupsForUser", &["Groups"]),
    ("ListMFADevices", &["MFADevices"]),
    ("ListPolicies", &["Policies"]),
    ("ListRoles", &["Roles"]),
    ("ListServerCertificates", &["ServerCertificateMetadataList"]),
    ("ListUserPolicies", &["PolicyNames"]),
    ("ListUserTags", &["Tags"]),
    ("ListUsers", &["Users"]),
    ("ListVirtualMFADevices", &["VirtualMFADevices"]),
];

static RDS_WORDING: Wording = Wording {
    token_in: "Marker",
    size_in: "MaxRecords",
    token_out: "Marker",
    more_out: None,
    result_wrapper: true,
    bad_token: "InvalidParameterValue",
};

const RDS: Table = &[
    (
        "DescribeDBClusterParameterGroups",
        &["DBClusterParameterGroups"],
    ),
    ("DescribeDBClusterParameters", &["Parameters"]),
    ("DescribeDBClusterSnapshots", &["DBClusterSnapshots"]),
    ("DescribeDBClusters", &["DBClusters"]),
    ("DescribeDBInstances", &["DBInstances"]),
    ("DescribeDBParameterGroups", &["DBParameterGroups"]),
    ("DescribeDBParameters", &["Parameters"]),
    ("DescribeDBSnapshots", &["DBSnapshots"]),
    ("DescribeDBSubnetGroups", &["DBSubnetGroups"]),
    ("DescribeEventSubscriptions", &["EventSubscriptionsList"]),
];

static EC2_WORDING: Wording = Wording {
    token_in: "NextToken",
    size_in: "MaxResults",
    token_out: "nextToken",
    more_out: None,
    result_wrapper: false,
    bad_token: "InvalidNextToken",
};

const EC2: Table = &[
    ("DescribeFlowLogs", &["flowLogSet"]),
    ("DescribeImages", &["imagesSet"]),
    ("DescribeInstanceStatus", &["instanceStatusSet"]),
    ("DescribeInstances", &["reservationSet"]),
    ("DescribeInternetGateways", &["internetGatewaySet"]),
    (
        "DescribeLaunchTemplateVersions",
        &["launchTemplateVersionSet"],
    ),
    ("DescribeLaunchTemplates", &["launchTemplates"]),
    ("DescribeManagedPrefixLists", &["prefixListSet"]),
    ("DescribeNatGateways", &["natGatewaySet"]),
    ("DescribeNetworkAcls", &["networkAclSet"]),
    ("DescribeNetworkInterfaces", &["networkInterfaceSet"]),
    ("DescribeRouteTables", &["routeTableSet"]),
    ("DescribeSecurityGroupRules", &["securityGroupRuleSet"]),
    ("DescribeSecurityGroups", &["securityGroupInfo"]),
    ("DescribeSnapshots", &["snapshotSet"]),
    ("DescribeSubnets", &["subnetSet"]),
    ("DescribeTags", &["tagSet"]),
    ("DescribeVolumes", &["volumeSet"]),
    ("DescribeVpcEndpoints", &["vpcEndpointSet"]),
    (
        "DescribeVpcPeeringConnections",
        &["vpcPeeringConnectionSet"],
    ),
    ("DescribeVpcs", &["vpcSet"]),
    ("GetManagedPrefixListEntries", &["entrySet"]),
];

static BUDGETS_WORDING: Wording = Wording {
    token_in: "NextToken",
    size_in: "MaxResults",
    token_out: "NextToken",
    more_out: None,
    result_wrapper: false,
    bad_token: "InvalidNextTokenException",
};

const BUDGETS: Table = &[
    ("DescribeBudgets", &["Budgets"]),
    ("DescribeNotificationsForBudget", &["Notifications"]),
    ("DescribeSubscribersForNotification", &["Subscribers"]),
];

static CLOUDTRAIL_WORDING: Wording = Wording {
    token_in: "NextToken",
    size_in: "MaxResults",
    token_out: "NextToken",
    more_out: None,
    result_wrapper: false,
    bad_token: "InvalidTokenException",
};

const CLOUDTRAIL: Table = &[
    ("ListTags", &["ResourceTagList"]),
    ("ListTrails", &["Trails"]),
];
