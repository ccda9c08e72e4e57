import type { Limit } from './token-bucket.ts';

/**
 * Requests we allow ourselves per account, region and service, below what AWS publishes or, where it publishes nothing, below what is known to be answered.
 * EC2: 100 burst and 20 a second per API (Amazon EC2 API throttling). ELB: 40 burst and 10 a second for all reads of each of its two APIs (ELB API throttling). CloudTrail: LookupEvents 2 a second, other reads 10 a second (CloudTrail quotas).
 * STS: 600 requests a second for all operations of an account in a region (IAM and STS quotas); AssumeRole counts in the account that asks.
 * KMS: 500 a second for the listings of keys and 1,000 or more for a key's properties, beside those of the account's applications (KMS request quotas).
 * Secrets Manager: 50 a second for policies of secrets, 100 for listings (Secrets Manager quotas). RDS and EFS publish nothing, and have what is cautious.
 * Lambda: 15 a second for GetPolicy, and 15 for all other reads together (Lambda quotas). SNS: 30 a second for each listing (Amazon SNS endpoints and quotas).
 * API Gateway: 40 burst and 10 a second for all operations on APIs of either kind (API Gateway quotas). Security Hub: 30 burst and 10 a second per operation (API reference).
 * Account Management: 10 a second for contacts, 5 for regions (Quotas for AWS Account Management).
 * IAM, S3, SQS, ECR and SSM publish no figure for these reads. Nor do Organizations, Access Analyzer, CloudFront, Config, Global Accelerator, GuardDuty, Inspector and Macie, which have what is cautious.
 */
const LIMITS: Readonly<Record<string, Limit>> = {
  account: { burst: 4, perSecond: 4 },
  apigateway: { burst: 15, perSecond: 4 },
  apigatewayv2: { burst: 15, perSecond: 4 },
  cloudtrail: { burst: 8, perSecond: 8 },
  'cloudtrail:LookupEvents': { burst: 1, perSecond: 1.8 },
  ec2: { burst: 60, perSecond: 15 },
  ecr: { burst: 5, perSecond: 5 },
  elasticloadbalancing: { burst: 20, perSecond: 8 },
  elb: { burst: 20, perSecond: 8 },
  iam: { burst: 10, perSecond: 8 },
  kms: { burst: 50, perSecond: 50 },
  lambda: { burst: 10, perSecond: 10 },
  'lambda:GetPolicy': { burst: 10, perSecond: 10 },
  s3: { burst: 100, perSecond: 200 },
  s3control: { burst: 5, perSecond: 5 },
  secretsmanager: { burst: 20, perSecond: 25 },
  sns: { burst: 20, perSecond: 20 },
  sqs: { burst: 20, perSecond: 20 },
  securityhub: { burst: 10, perSecond: 5 },
  ssm: { burst: 10, perSecond: 8 },
  sts: { burst: 5, perSecond: 5 },
  'sts:AssumeRole': { burst: 100, perSecond: 200 },
};

const CAUTIOUS: Limit = { burst: 2, perSecond: 2 };

/** The limit that an operation falls under and the name of the bucket it shares. */
export function limitOf(service: string, operation: string): { readonly name: string; readonly limit: Limit } {
  const own = LIMITS[`${service}:${operation}`];
  return own ? { name: `${service}:${operation}`, limit: own } : { name: service, limit: LIMITS[service] ?? CAUTIOUS };
}
