"""The Lambda functions with their log groups."""

import io
import zipfile

from jobdock import TAGS, arn, client

FUNCTIONS = ("api", "hooks", "worker")


def package() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("index.py", "def handler(event, context):\n    return {'statusCode': 200}\n")
    return content.getvalue()


def build(state: str, ids: dict) -> None:
    functions, logs = client("lambda"), client("logs")
    ids["functions"] = {}
    for function in FUNCTIONS:
        name = f"jobdock-prod-{function}"
        made = functions.create_function(
            FunctionName=name,
            Runtime="python3.13",
            Role=ids["roles"][function],
            Handler="index.handler",
            Code={"ZipFile": package()},
            Timeout=15 if function != "worker" else 120,
            MemorySize=512,
            VpcConfig={
                "SubnetIds": ids["subnets_private"],
                "SecurityGroupIds": [ids["sg_functions"]],
            },
            Environment={"Variables": environment(state, ids)},
            Architectures=["arm64"],
            Tags=TAGS,
        )
        ids["functions"][function] = made["FunctionArn"]
        if state == "ready":
            functions.put_function_concurrency(
                FunctionName=name, ReservedConcurrentExecutions=40
            )
        group = f"/aws/lambda/{name}"
        key = {"kmsKeyId": ids["key_arn"]} if state == "ready" else {}
        logs.create_log_group(logGroupName=group, **key)
        # `half`: the worker's logs were forgotten.
        if state == "ready" or (state == "half" and function != "worker"):
            logs.put_retention_policy(logGroupName=group, retentionInDays=30)


def environment(state: str, ids: dict) -> dict[str, str]:
    if state == "fresh":
        return {"DATABASE_PASSWORD": "correct-horse-battery"}
    return {"DATABASE_CREDENTIALS_ARN": ids["secret"]}


def may_call(function: str, source: str) -> None:
    """Lets an API call a function."""
    client("lambda").add_permission(
        FunctionName=f"jobdock-prod-{function}",
        StatementId="api",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
        SourceArn=arn("execute-api", source),
    )
