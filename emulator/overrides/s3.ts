import type { Bucket } from '../account/description.ts';
import { type Exchange, edited, type Overrides, reject, reply } from '../exchange.ts';
import type { Answer, Wire } from '../wire/serialize.ts';
import { toElement } from '../wire/serialize.ts';
import { at, parseXml, putChildren, textAt } from '../wire/xml.ts';
import { isPublicPolicy } from './public-policy.ts';

export const s3Overrides: Overrides = {
  /** With each bucket's region, and the filters of the request, which moto ignores. */
  's3:ListBuckets': (exchange) =>
    edited(exchange, async (root) => {
      const { query } = exchange.request;
      const list = at(root, 'Buckets');
      if (!list) return;
      const wantedRegion = query.get('bucket-region');
      const prefix = query.get('prefix') ?? '';
      const kept = [];
      for (const bucket of list.children) {
        const region = await regionOf(exchange, textAt(bucket, 'Name') ?? '');
        putChildren(bucket, ...xml('BucketRegion', region));
        if ((textAt(bucket, 'Name') ?? '').startsWith(prefix) && (wantedRegion === null || wantedRegion === region)) kept.push(bucket);
      }
      list.children = kept;
    }),

  /** Moto wants the grants for log delivery that AWS no longer asks for. */
  's3:GetBucketLogging': (exchange) => {
    const target = describedBucket(exchange)?.accessLogs;
    return target === undefined
      ? exchange.askMoto()
      : reply(exchange, { BucketLoggingStatus: { LoggingEnabled: { TargetBucket: target, TargetPrefix: '' } } });
  },

  /** Moto does not know of MFA delete. */
  's3:GetBucketVersioning': (exchange) =>
    describedBucket(exchange)?.mfaDelete
      ? reply(exchange, { VersioningConfiguration: { Status: 'Enabled', MfaDelete: 'Enabled' } })
      : exchange.askMoto(),

  /** Moto's status is always empty. */
  's3:GetBucketPolicyStatus': async (exchange) => {
    const policy = await exchange.askMoto({ url: `${exchange.request.path}?policy` });
    if (policy.status !== 200) return policy;
    return reply(exchange, { PolicyStatus: { IsPublic: isPublicPolicy(policy.body.toString(), exchange.caller.accountId) } });
  },

  /** Since April 2023 new buckets block public access and have no ACLs. */
  's3:CreateBucket': async (exchange) => {
    const created = await exchange.askMoto();
    const { headers } = exchange.request.raw;
    if (created.status !== 200 || headers['x-amz-acl'] !== undefined) return created;
    const flags = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
    await put(exchange, 'publicAccessBlock', 'PublicAccessBlockConfiguration', flags);
    if (headers['x-amz-object-ownership'] === undefined) {
      await put(exchange, 'ownershipControls', 'OwnershipControls', { Rule: { ObjectOwnership: 'BucketOwnerEnforced' } });
    }
    return created;
  },

  /** A public policy is refused where the bucket blocks public policies. */
  's3:PutBucketPolicy': async (exchange) => {
    const policy = exchange.request.raw.body.toString();
    if (isPublicPolicy(policy, exchange.caller.accountId) && (await blocksPublicPolicy(exchange))) {
      const message = `User: ${exchange.caller.arn} is not authorized to perform: s3:PutBucketPolicy because public policies are blocked by the BlockPublicPolicy block public access setting.`;
      return reject(exchange, { status: 403, code: 'AccessDenied', message });
    }
    return exchange.askMoto();
  },
};

function describedBucket({ request, state }: Exchange): Bucket | undefined {
  return state.description.buckets.get(request.path.split('/')[1] ?? '');
}

async function blocksPublicPolicy(exchange: Exchange): Promise<boolean> {
  const block = await exchange.askMoto({ method: 'GET', url: `${exchange.request.path}?publicAccessBlock`, body: '' });
  return block.status === 200 && textAt(parseXml(block.body.toString()), 'BlockPublicPolicy')?.toLowerCase() === 'true';
}

function put(exchange: Exchange, part: string, root: string, value: Wire): Promise<Answer> {
  const answer = reply(exchange, { [root]: value });
  return exchange.askMoto({ method: 'PUT', url: `${exchange.request.path}?${part}`, body: answer.body.toString() });
}

async function regionOf(exchange: Exchange, bucket: string): Promise<string> {
  const location = await exchange.askMoto({ url: `/${bucket}?location` });
  return (location.status === 200 && parseXml(location.body.toString()).text) || 'us-east-1';
}

function xml(name: string, value: Wire) {
  const element = toElement(name, value, {});
  return element ? [element] : [];
}
