"""The front end: a bucket behind CloudFront."""

import json

from jobdock import REGION, arn, client
from jobdock.data import put_policy, tls_only

BUCKET = "jobdock-prod-web"


def build(state: str, ids: dict) -> None:
    front = client("cloudfront")
    control = front.create_origin_access_control(
        OriginAccessControlConfig={
            "Name": "web",
            "Description": "",
            "SigningProtocol": "sigv4",
            "SigningBehavior": "always",
            "OriginAccessControlOriginType": "s3",
        }
    )["OriginAccessControl"]["Id"]
    ids["origin_access_control"] = control
    certificate = client("acm").request_certificate(
        DomainName="app.jobdock.example", ValidationMethod="DNS"
    )["CertificateArn"]
    ids["certificate"] = certificate
    ids["web_acl"] = firewall() if state == "ready" else None
    made = front.create_distribution(
        DistributionConfig={
            "CallerReference": "web",
            "Comment": "the front end",
            "Enabled": True,
            "DefaultRootObject": "index.html",
            "Aliases": {"Quantity": 1, "Items": ["app.jobdock.example"]},
            "Origins": {"Quantity": 1, "Items": [origin(control)]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "web",
                "ViewerProtocolPolicy": "redirect-to-https",
                "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
                "Compress": True,
            },
            "ViewerCertificate": {
                "ACMCertificateArn": certificate,
                "SSLSupportMethod": "sni-only",
                "MinimumProtocolVersion": "TLSv1.2_2021",
            },
            **({"WebACLId": ids["web_acl"]} if ids["web_acl"] else {}),
        }
    )["Distribution"]
    ids["distribution"] = made["Id"]
    allow_front(state, made["ARN"])


def origin(control: str) -> dict:
    return {
        "Id": "web",
        "DomainName": f"{BUCKET}.s3.{REGION}.amazonaws.com",
        "OriginAccessControlId": control,
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }


def allow_front(state: str, distribution: str) -> None:
    front = {
        "Sid": "CloudFront",
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::{BUCKET}/*",
        "Condition": {"StringEquals": {"AWS:SourceArn": distribution}},
    }
    statements = [front] if state == "fresh" else [front, tls_only(BUCKET)]
    put_policy(client("s3"), BUCKET, statements)


def firewall() -> str:
    seen = {
        "SampledRequestsEnabled": True,
        "CloudWatchMetricsEnabled": True,
        "MetricName": "jobdock",
    }
    common = {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}}
    made = client("wafv2").create_web_acl(
        Name="jobdock",
        Scope="CLOUDFRONT",
        DefaultAction={"Allow": {}},
        VisibilityConfig=seen,
        Rules=[
            {
                "Name": "common",
                "Priority": 0,
                "Statement": common,
                "OverrideAction": {"None": {}},
                "VisibilityConfig": seen,
            }
        ],
    )
    return made["Summary"]["ARN"]
