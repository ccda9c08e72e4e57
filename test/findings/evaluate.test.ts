import { describe, expect, test } from 'vitest';
import { type AnyCheck, defineCheck, denied, fail, pass, weigh } from '../../checks/check.ts';
import { firstFailure } from '../../checks/predicates/logic.ts';
import { evaluate, ready } from '../../findings/evaluate.ts';
import { evidenceLines } from '../../findings/evidence-lines.ts';
import type { Facet, UnreadReason } from '../../inventory/facet.ts';
import type { Resource } from '../../inventory/reader.ts';

const now = new Date('2026-11-01T00:00:00Z');
const refused: UnreadReason = {
  cause: 'denied',
  operation: 's3:GetBucketAcl',
  permissions: ['s3:GetBucketAcl'],
  message: 's3:GetBucketAcl: AccessDenied',
};
const open = { blockPublicAcls: false, ignorePublicAcls: false, blockPublicPolicy: false, restrictPublicBuckets: false };
const closed = { ...open, restrictPublicBuckets: true };

/** FAIL if the bucket does not restrict public policies, or has an ACL; asks for the ACL only then. */
function bucketCheck(evaluateAcl: (acl: Iterable<unknown>) => boolean = (acl) => [...acl].length > 0): AnyCheck {
  return defineCheck({
    id: 's3-bucket-test',
    title: 'A check for tests',
    severity: 'HIGH',
    controls: [],
    equivalents: {},
    risk: '',
    remediation: { text: '' },
    resourceType: 'AWS::S3::Bucket',
    needs: ['publicAccessBlock', 'acl'],
    evaluate: (bucket) =>
      bucket.publicAccessBlock.restrictPublicBuckets ? pass : firstFailure(() => evaluateAcl(bucket.acl) && fail('has an ACL')),
    examples: { pass: {}, fail: {}, unknown: { denied: { publicAccessBlock: denied('x'), acl: denied('x') } } },
  });
}

/** A bucket whose facets are as given, and a list of the facets that were asked for. */
function bucket(facets: Readonly<Record<string, Facet<unknown> | Promise<Facet<unknown>>>>): { resource: Resource; asked: string[] } {
  const asked: string[] = [];
  const settled = new Map(Object.entries(facets));
  const resource: Resource = {
    identity: {
      type: 'AWS::S3::Bucket',
      arn: 'arn:aws:s3:::b',
      id: 'b',
      accountId: '111122223333',
      region: 'eu-west-1',
      partition: 'aws',
      tags: {},
    },
    facet(name) {
      if (!asked.includes(name)) asked.push(name);
      const facet = settled.get(name);
      if (facet === undefined) throw new Error(`no facet ${name}`);
      if (facet instanceof Promise)
        facet.then(
          (value) => settled.set(name, value),
          () => undefined,
        );
      return facet;
    },
  };
  return { resource, asked };
}

const read = (value: unknown): Facet<unknown> => ({ read: true, value });
const later = (facet: Facet<unknown>): Promise<Facet<unknown>> => Promise.resolve(facet);

describe('evaluate', () => {
  test('answers at once when everything is here', () => {
    const { resource } = bucket({ publicAccessBlock: read(closed), acl: read([]) });
    expect(evaluate(ready(bucketCheck(), now), resource)).toMatchObject({ status: 'PASS' });
  });

  test('does not ask for a facet that cannot change the verdict', () => {
    const { resource, asked } = bucket({ publicAccessBlock: read(closed), acl: later(read([])) });
    expect(evaluate(ready(bucketCheck(), now), resource)).toMatchObject({ status: 'PASS' });
    expect(asked).toEqual(['publicAccessBlock']);
  });

  test('waits for facets that AWS must be asked for', async () => {
    const { resource } = bucket({ publicAccessBlock: later(read(open)), acl: later(read(['everyone'])) });
    expect(await evaluate(ready(bucketCheck(), now), resource)).toMatchObject({ status: 'FAIL', severity: 'HIGH', reason: 'has an ACL' });
  });

  test('is UNKNOWN with the refusal when a touched facet was not read', async () => {
    const { resource } = bucket({ publicAccessBlock: read(open), acl: later({ read: false, reason: refused }) });
    expect(await evaluate(ready(bucketCheck(), now), resource)).toMatchObject({ status: 'UNKNOWN', unread: refused, crashed: false });
  });

  test('is UNKNOWN, and says so, when the check itself fails', async () => {
    const buggy = bucketCheck(() => {
      throw new TypeError('x is undefined');
    });
    const { resource } = bucket({ publicAccessBlock: read(open), acl: read([]) });
    expect(evaluate(ready(buggy, now), resource)).toMatchObject({ status: 'UNKNOWN', crashed: true });
  });

  test('is UNKNOWN when the reader of a facet fails', async () => {
    const { resource } = bucket({ publicAccessBlock: read(open), acl: Promise.reject(new TypeError('bug')) });
    expect(await evaluate(ready(bucketCheck(), now), resource)).toMatchObject({ status: 'UNKNOWN', crashed: true });
  });

  test('takes the severity that the team has set', () => {
    const { resource } = bucket({ publicAccessBlock: read(open), acl: read(['everyone']) });
    expect(evaluate(ready(bucketCheck(), now, { severity: 'LOW' }), resource)).toMatchObject({ status: 'FAIL', severity: 'LOW' });
  });
});

describe('what the severity comes of', () => {
  const large = { severity: 'MEDIUM', because: 'open to large ranges' } as const;
  const unattached = { severity: 'LOW', because: 'attached to nothing' } as const;
  const evaluated = (modifiers: Parameters<typeof fail>[2][], severity?: 'HIGH' | 'INFORMATIONAL') => {
    const check = { ...bucketCheck(), evaluate: () => fail('open', { port: 22 }, ...modifiers) };
    return evaluate(ready(check, now, severity ? { severity } : {}), bucket({}).resource);
  };

  test('is not told where it is the own one of the check', () => {
    expect(evaluated([undefined])).toMatchObject({ severity: 'HIGH', evidence: { port: 22 } });
    expect(evaluated([undefined], 'HIGH')).not.toHaveProperty('evidence.severity');
  });

  test('is told from the base on, and the last circumstance decides', () => {
    const severity = ['base HIGH', 'open to large ranges: MEDIUM', 'attached to nothing: LOW'];
    expect(evaluated([large, unattached])).toMatchObject({ severity: 'LOW', evidence: { port: 22, severity } });
    expect(weigh(fail('open', {}, large), unattached)).toEqual(fail('open', {}, large, unattached));
  });

  test('tells what a team has set', () => {
    expect(evaluated([], 'INFORMATIONAL')).toMatchObject({
      severity: 'INFORMATIONAL',
      evidence: { severity: ['base HIGH', 'set in the configuration: INFORMATIONAL'] },
    });
  });

  test('stands in messages one a line, however much else was seen', () => {
    const rules = Array.from({ length: 20 }, (_, port) => ({ port }));
    const lines = evidenceLines({ severity: ['base HIGH', 'attached to nothing: LOW'], rules });
    expect(lines.slice(-3)).toEqual(['  and 12 more', '  severity: base HIGH', '  severity: attached to nothing: LOW']);
  });
});
