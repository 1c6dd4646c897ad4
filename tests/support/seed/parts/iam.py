"""IAM: people and machines with too much, and a few with what they need."""

import json

import boto3

from parts.clock import at

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
OTHER_ACCOUNT = "999999999999"


def document(*statements: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: str | list[str], resource: str = "*", **more: object) -> dict:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def trust(principal: dict | str, **more: object) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return document({**statement, **more})


def seed(ids: dict[str, str]) -> None:
    # As old as the credential report says, so that something can have been unused for long.
    iam = at(boto3.client("iam"), "2026-01-02T03:04:05Z")
    account = boto3.client("sts").get_caller_identity()["Account"]
    ids["account"] = account
    password_policy(iam)
    policies(iam, ids)
    users(iam, ids)
    groups(iam)
    roles(iam, ids, account)
    federation(iam, ids)
    certificates(iam)
    # Left out, moto lacks it: SetSecurityTokenServicePreferences, GenerateServiceLastAccessedDetails,
    # ListOrganizationsFeatures. Of the root user it knows nothing: GetAccountSummary answers fixed
    # numbers for it and GetCredentialReport has no row `<root_account>`.


def password_policy(iam) -> None:
    # Weak on purpose: short, reusable, never expiring.
    iam.update_account_password_policy(
        MinimumPasswordLength=8,
        RequireLowercaseCharacters=True,
        RequireUppercaseCharacters=False,
        RequireNumbers=True,
        RequireSymbols=False,
        AllowUsersToChangePassword=True,
    )
    iam.create_account_alias(AccountAlias="startup-launch")


def policies(iam, ids: dict[str, str]) -> None:
    everything = iam.create_policy(
        PolicyName="everything",
        PolicyDocument=document(allow("*")),
        Description="*:* made for a demo and never taken back",
        Tags=[{"Key": "owner", "Value": "nobody"}],
    )
    ids["policy_everything"] = everything["Policy"]["Arn"]
    bucket = iam.create_policy(
        PolicyName="uploads-read",
        Path="/app/",
        PolicyDocument=document(allow(["s3:GetObject"], "arn:aws:s3:::uploads/*")),
    )
    ids["policy_uploads"] = bucket["Policy"]["Arn"]
    # An older version gave more: only the default one counts.
    versioned = iam.create_policy(
        PolicyName="narrowed", PolicyDocument=document(allow("*"))
    )
    iam.create_policy_version(
        PolicyArn=versioned["Policy"]["Arn"],
        PolicyDocument=document(allow("sqs:SendMessage", "arn:aws:sqs:us-east-1:*:jobs")),
        SetAsDefault=True,
    )
    iam.create_policy(
        PolicyName="pass-any-role",
        PolicyDocument=document(allow(["iam:PassRole", "lambda:CreateFunction"])),
    )
    iam.create_policy(
        PolicyName="not-action",
        PolicyDocument=document({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}),
    )


def users(iam, ids: dict[str, str]) -> None:
    # A founder: console password, no MFA, administrator, two keys.
    iam.create_user(UserName="founder", Tags=[{"Key": "team", "Value": "founders"}])
    iam.create_login_profile(
        UserName="founder", Password="Password-1234", PasswordResetRequired=False
    )
    iam.attach_user_policy(UserName="founder", PolicyArn=ADMIN)
    for number in (1, 2):
        key = iam.create_access_key(UserName="founder")["AccessKey"]
        ids[f"founder_key_{number}"] = key["AccessKeyId"]

    # An engineer as it should be: password with MFA, rights through a group, a boundary.
    iam.create_user(UserName="engineer", Path="/people/", PermissionsBoundary=READ_ONLY)
    iam.create_login_profile(UserName="engineer", Password="Password-5678")
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="engineer")
    serial = device["VirtualMFADevice"]["SerialNumber"]
    ids["mfa_engineer"] = serial
    iam.enable_mfa_device(
        UserName="engineer",
        SerialNumber=serial,
        AuthenticationCode1="123456",
        AuthenticationCode2="654321",
    )

    # A machine: no password, an inactive key, an inline policy with *:*.
    iam.create_user(UserName="deploy-bot")
    iam.put_user_policy(
        UserName="deploy-bot", PolicyName="inline-all", PolicyDocument=document(allow("*"))
    )
    key = iam.create_access_key(UserName="deploy-bot")["AccessKey"]
    iam.update_access_key(
        UserName="deploy-bot", AccessKeyId=key["AccessKeyId"], Status="Inactive"
    )
    iam.attach_user_policy(UserName="deploy-bot", PolicyArn=ids["policy_everything"])

    # Nobody's: no password, no key, no rights.
    iam.create_user(UserName="former-intern")
    # A device made and never given to anybody.
    iam.create_virtual_mfa_device(VirtualMFADeviceName="unassigned")


def groups(iam) -> None:
    iam.create_group(GroupName="engineers")
    iam.add_user_to_group(GroupName="engineers", UserName="engineer")
    iam.attach_group_policy(GroupName="engineers", PolicyArn=READ_ONLY)
    iam.create_group(GroupName="admins")
    iam.add_user_to_group(GroupName="admins", UserName="founder")
    iam.put_group_policy(
        GroupName="admins", PolicyName="iam-all", PolicyDocument=document(allow("iam:*"))
    )
    iam.create_group(GroupName="empty")


def roles(iam, ids: dict[str, str], account: str) -> None:
    iam.create_role(
        RoleName="app",
        AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}),
        MaxSessionDuration=3600,
        Tags=[{"Key": "env", "Value": "prod"}],
    )
    iam.attach_role_policy(RoleName="app", PolicyArn=ids["policy_uploads"])
    iam.create_instance_profile(InstanceProfileName="app")
    iam.add_role_to_instance_profile(InstanceProfileName="app", RoleName="app")

    iam.create_role(RoleName="anyone", AssumeRolePolicyDocument=trust({"AWS": "*"}))
    iam.attach_role_policy(RoleName="anyone", PolicyArn=ADMIN)

    vendor = {"AWS": f"arn:aws:iam::{OTHER_ACCOUNT}:root"}
    iam.create_role(RoleName="vendor-careless", AssumeRolePolicyDocument=trust(vendor))
    external_id = {"StringEquals": {"sts:ExternalId": "launch-4711"}}
    iam.create_role(
        RoleName="vendor-careful",
        AssumeRolePolicyDocument=trust(vendor, Condition=external_id),
    )
    iam.put_role_policy(
        RoleName="vendor-careful",
        PolicyName="read",
        PolicyDocument=document(allow("s3:List*", "arn:aws:s3:::uploads")),
    )

    # GitHub's OIDC without a condition on the repository: any repository gets in.
    github = f"arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com"
    iam.create_role(
        RoleName="ci-any-repository",
        AssumeRolePolicyDocument=trust(
            {"Federated": github}, Action="sts:AssumeRoleWithWebIdentity"
        ),
    )
    iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com")
    support = iam.create_role(
        RoleName="support", AssumeRolePolicyDocument=trust({"AWS": f"arn:aws:iam::{account}:root"})
    )
    iam.attach_role_policy(
        RoleName="support", PolicyArn="arn:aws:iam::aws:policy/AWSSupportAccess"
    )
    ids["role_support"] = support["Role"]["Arn"]


def federation(iam, ids: dict[str, str]) -> None:
    # moto keeps the metadata as it is; AWS wants at least a thousand characters of it.
    metadata = "<EntityDescriptor entityID='https://sso.example.com'/>" + "<!-- -->" * 125
    saml = iam.create_saml_provider(Name="company-sso", SAMLMetadataDocument=metadata)
    ids["saml_provider"] = saml["SAMLProviderArn"]
    iam.create_open_id_connect_provider(
        Url="https://token.actions.githubusercontent.com",
        ClientIDList=["sts.amazonaws.com"],
        ThumbprintList=["6938fd4d98bab03faadb97b34396831e3780aea1"],
    )


def certificates(iam) -> None:
    # moto neither reads the body nor knows dates: every certificate expired in May 2012.
    for name in ("storefront", "old-storefront"):
        iam.upload_server_certificate(
            ServerCertificateName=name,
            Path="/cloudfront/",
            CertificateBody="no certificate",
            PrivateKey="no key",
        )
