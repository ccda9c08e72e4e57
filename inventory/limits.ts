import type { Limit } from './token-bucket.ts';

/**
 * Requests we allow ourselves per account, region and service, below what AWS publishes or, where it publishes nothing, below what is known to be answered.
 * EC2: 100 burst and 20 a second per API (Amazon EC2 API throttling). CloudTrail: LookupEvents 2 a second, other reads 10 a second (CloudTrail quotas).
 * STS: 600 requests a second for all operations of an account in a region (IAM and STS quotas); AssumeRole counts in the account that asks.
 * IAM, S3, SSM and Account publish no figure for these reads.
 */
const LIMITS: Readonly<Record<string, Limit>> = {
  account: { burst: 2, perSecond: 2 },
  cloudtrail: { burst: 8, perSecond: 8 },
  'cloudtrail:LookupEvents': { burst: 1, perSecond: 1.8 },
  ec2: { burst: 60, perSecond: 15 },
  iam: { burst: 10, perSecond: 8 },
  s3: { burst: 100, perSecond: 200 },
  s3control: { burst: 5, perSecond: 5 },
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
