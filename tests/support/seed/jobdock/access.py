"""Who may do what: the founder, the deploying machine, and the roles of the functions."""

import json

from jobdock import ACCOUNT, arn, client

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


def document(*statements: dict) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: list[str], resource: str | list[str], **more: object) -> dict:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def trust(principal: dict, **more: object) -> str:
    return document(
        {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}
    )


def build(state: str, ids: dict) -> None:
    iam = client("iam")
    roles(iam, state, ids)
    if state == "fresh":
        # The founder does everything with one user's key.
        iam.create_user(UserName="founder")
        iam.attach_user_policy(UserName="founder", PolicyArn=ADMIN)
        iam.create_login_profile(UserName="founder", Password="Password-1234")
        iam.create_access_key(UserName="founder")
    if state == "half":
        iam.create_user(UserName="founder")
        iam.create_group(GroupName="founders")
        iam.attach_group_policy(GroupName="founders", PolicyArn=ADMIN)
        iam.add_user_to_group(GroupName="founders", UserName="founder")
        iam.create_login_profile(UserName="founder", Password="Password-1234")
        mfa(iam, "founder")
    if state == "ready":
        # People come through a federation; no user is left.
        iam.create_saml_provider(
            Name="company-sso",
            SAMLMetadataDocument="<EntityDescriptor entityID='https://sso.example.com'/>"
            + "<!-- -->" * 125,
        )
        password_policy(iam)
        people(iam)


def mfa(iam, user: str) -> None:
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName=user)
    iam.enable_mfa_device(
        UserName=user,
        SerialNumber=device["VirtualMFADevice"]["SerialNumber"],
        AuthenticationCode1="123456",
        AuthenticationCode2="654321",
    )


def password_policy(iam) -> None:
    iam.update_account_password_policy(
        MinimumPasswordLength=16,
        RequireLowercaseCharacters=True,
        RequireUppercaseCharacters=True,
        RequireNumbers=True,
        RequireSymbols=True,
        AllowUsersToChangePassword=True,
        MaxPasswordAge=90,
        PasswordReusePrevention=24,
    )


def people(iam) -> None:
    federated = document(
        {
            "Effect": "Allow",
            "Principal": {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/company-sso"},
            "Action": "sts:AssumeRoleWithSAML",
            "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}},
        }
    )
    for name, policy in (
        ("jobdock-support", "AWSSupportAccess"),
        ("jobdock-audit", "SecurityAudit"),
    ):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=federated)
        iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")


def roles(iam, state: str, ids: dict) -> None:
    ids["roles"] = {}
    for function in ("api", "hooks", "worker"):
        name = f"jobdock-prod-{function}"
        role = iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=trust({"Service": "lambda.amazonaws.com"})
        )
        ids["roles"][function] = role["Role"]["Arn"]
        iam.attach_role_policy(
            RoleName=name,
            PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole",
        )
        # In the beginning everything was allowed, so that it worked.
        wide = state == "fresh"
        statement = (
            allow(["*"], "*")
            if wide
            else allow(
                ["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::jobdock-prod-uploads/*"
            )
        )
        policy = iam.create_policy(PolicyName=name, PolicyDocument=document(statement))
        iam.attach_role_policy(RoleName=name, PolicyArn=policy["Policy"]["Arn"])
        secret = allow(
            ["secretsmanager:GetSecretValue"], arn("secretsmanager", "secret:jobdock/prod/database-??????")
        )
        iam.put_role_policy(RoleName=name, PolicyName="secret", PolicyDocument=document(secret))
