"""The REST API of the product and the HTTP API that payment hooks come in by."""

from jobdock import REGION, TAGS, client
from jobdock.functions import may_call

RATE, BURST = 1000, 500


def build(state: str, ids: dict) -> None:
    rest(state, ids)
    http(state, ids)


def uri(function_arn: str) -> str:
    return (
        f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{function_arn}/invocations"
    )


def rest(state: str, ids: dict) -> None:
    api = client("apigateway")
    made = api.create_rest_api(
        name="jobdock-prod", endpointConfiguration={"types": ["REGIONAL"]}, tags=TAGS
    )
    ids["rest_api"] = name = made["id"]
    authorizer = api.create_authorizer(
        restApiId=name,
        name="users",
        type="COGNITO_USER_POOLS",
        providerARNs=[f"arn:aws:cognito-idp:{REGION}:123456789012:userpool/{REGION}_jobdock"],
        identitySource="method.request.header.Authorization",
    )["id"]
    root = api.get_resources(restApiId=name)["items"][0]["id"]
    jobs = api.create_resource(restApiId=name, parentId=root, pathPart="jobs")["id"]
    api.put_method(
        restApiId=name,
        resourceId=jobs,
        httpMethod="ANY",
        authorizationType="COGNITO_USER_POOLS",
        authorizerId=authorizer,
    )
    api.put_integration(
        restApiId=name,
        resourceId=jobs,
        httpMethod="ANY",
        type="AWS_PROXY",
        integrationHttpMethod="POST",
        uri=uri(ids["functions"]["api"]),
    )
    deployment = api.create_deployment(restApiId=name)["id"]
    api.create_stage(
        restApiId=name, stageName="prod", deploymentId=deployment, tracingEnabled=True, tags=TAGS
    )
    if state != "fresh":
        settings = {"throttling/rateLimit": str(RATE), "throttling/burstLimit": str(BURST)}
        api.update_stage(
            restApiId=name,
            stageName="prod",
            patchOperations=[
                {"op": "replace", "path": f"/*/*/{path}", "value": value}
                for path, value in settings.items()
            ],
        )
    may_call("api", f"{name}/prod/*/jobs")


def http(state: str, ids: dict) -> None:
    api = client("apigatewayv2")
    made = api.create_api(Name="jobdock-prod-hooks", ProtocolType="HTTP", Tags=TAGS)
    ids["http_api"] = name = made["ApiId"]
    integration = api.create_integration(
        ApiId=name,
        IntegrationType="AWS_PROXY",
        IntegrationUri=ids["functions"]["hooks"],
        PayloadFormatVersion="2.0",
    )["IntegrationId"]
    authorizer = api.create_authorizer(
        ApiId=name,
        AuthorizerType="REQUEST",
        AuthorizerUri=uri(ids["functions"]["hooks"]),
        AuthorizerPayloadFormatVersion="2.0",
        IdentitySource=["$request.header.Stripe-Signature"],
        Name="signatures",
    )["AuthorizerId"]
    api.create_route(
        ApiId=name,
        RouteKey="POST /stripe",
        AuthorizationType="CUSTOM",
        AuthorizerId=authorizer,
        Target=f"integrations/{integration}",
    )
    limits = {} if state == "fresh" else {"ThrottlingRateLimit": RATE, "ThrottlingBurstLimit": BURST}
    api.create_stage(
        ApiId=name, StageName="$default", AutoDeploy=True, DefaultRouteSettings=limits, Tags=TAGS
    )
    may_call("hooks", f"{name}/*/*/stripe")
