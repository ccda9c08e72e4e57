import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnyCheck, SEVERITIES } from '../../checks/check.ts';
import { checks } from '../../checks/registry.ts';
import { type Hub, toAsff } from '../../findings/asff.ts';
import type { Finding } from '../../findings/finding.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import { cause } from './activity-samples.ts';
import { refusalsOf } from './asff-limits.ts';
import { adminPorts, at, entry, finding, group } from './samples.ts';

const hub: Hub = { partition: 'aws', region: 'eu-central-1', accountId: '999988887777' };
const known: AnyCheck = { ...adminPorts, equivalents: { securityHub: ['EC2.13', 'EC2.14'] } };
const open = finding('sg-1', { resource: group('sg-1', { Name: 'web', 'aws:cloudformation:stack-name': 'x', team: 'ops' }) });
const end = (reason: string) => ({ ...entry('resolved', 5), reason });
const resolved = (reason: string): Finding =>
  finding('sg-1', { state: 'resolved', resolvedAt: at(5), observedAt: at(5), version: 2, history: [entry('opened', 1), end(reason)] });

test('an open finding is imported as failed, for the hub, with all that is known of it', () => {
  const imported = toAsff(open, known, hub);
  expect(refusalsOf(imported)).toEqual([]);
  expect(imported).toEqual({
    SchemaVersion: '2018-10-08',
    Id: `cloud-posture/${open.id}`,
    ProductArn: 'arn:aws:securityhub:eu-central-1:999988887777:product/999988887777/default',
    GeneratorId: 'cloud-posture/ec2-security-group-admin-ports-closed',
    AwsAccountId: '999988887777',
    FindingProviderFields: {
      Severity: { Label: 'HIGH', Original: 'HIGH' },
      Types: ['Software and Configuration Checks/AWS Security Best Practices'],
    },
    CreatedAt: at(1),
    FirstObservedAt: at(1),
    UpdatedAt: at(1),
    LastObservedAt: at(1),
    Title: 'Security groups should not open remote administration ports to the internet',
    Description:
      'SSH (22) open to the internet on web (sg-1) (111122223333, eu-west-1) since 2026-11-21 01:00 UTC. ' +
      'Anyone on the internet can try passwords and exploits against the host, day and night, from anywhere.',
    Remediation: {
      Recommendation: {
        Text: 'Remove the rule; reach the host through Session Manager or from a range of addresses that you own.',
        Url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-13',
      },
    },
    ProductFields: {
      ProviderName: 'cloud-posture',
      'cloud-posture/AccountId': '111122223333',
      'cloud-posture/Region': 'eu-west-1',
      'cloud-posture/CheckId': 'ec2-security-group-admin-ports-closed',
      'cloud-posture/Reason': 'SSH (22) open to the internet',
      'cloud-posture/Reopened': '0',
      'cloud-posture/RunId': 'run-1',
    },
    Resources: [
      {
        Type: 'AwsEc2SecurityGroup',
        Id: 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1',
        Partition: 'aws',
        Region: 'eu-west-1',
        Tags: { Name: 'web', team: 'ops' },
        Details: { Other: { port: '22', sources: '["0.0.0.0/0"]', ResourceType: 'AWS::EC2::SecurityGroup' } },
      },
    ],
    Compliance: { Status: 'FAILED', SecurityControlId: 'ec2-security-group-admin-ports-closed', RelatedRequirements: ['CIS-AWS-7.0:6.3'] },
    RecordState: 'ACTIVE',
  });
});

describe('a resolved finding', () => {
  test.each([
    ['passes now', 'PASSED'],
    ['the resource is gone', 'NOT_AVAILABLE'],
    ['no longer applies: the instance is terminated', 'NOT_AVAILABLE'],
  ])('is archived, and passed only if it did: %s', (reason, status) => {
    const imported = toAsff(resolved(reason), known, hub);
    expect(refusalsOf(imported)).toEqual([]);
    expect(imported).toMatchObject({ Compliance: { Status: status }, RecordState: 'ARCHIVED', UpdatedAt: at(5), CreatedAt: at(1) });
    expect(imported.ProductFields?.['cloud-posture/Resolution']).toBe(reason);
    expect(imported.Description).toContain('since 2026-11-21 01:00 UTC until 2026-11-21 05:00 UTC.');
  });

  test('whose history is lost is not said to have passed', () => {
    const imported = toAsff({ ...resolved('passes now'), history: [], resolvedAt: undefined }, undefined, hub);
    expect(refusalsOf(imported)).toEqual([]);
    expect(imported.Compliance?.Status).toBe('NOT_AVAILABLE');
  });
});

describe('an excepted finding', () => {
  const exception = { owner: 'ann@example.com', reason: 'moving <b>out</b>', expires: '2026-12-31', ticket: 'OPS-1' };
  const excepted: Finding = { ...open, state: 'excepted', exception, version: 2, observedAt: at(5) };

  test('is archived, did not pass, and says who answers for it until when', () => {
    const imported = toAsff(excepted, known, hub);
    expect(refusalsOf(imported)).toEqual([]);
    expect(imported).toMatchObject({ Compliance: { Status: 'FAILED' }, RecordState: 'ARCHIVED', UpdatedAt: at(5) });
    expect(imported.ProductFields).toMatchObject({
      'cloud-posture/ExceptedBy': 'ann@example.com',
      'cloud-posture/ExceptedUntil': '2026-12-31',
      'cloud-posture/ExceptionReason': 'moving <b>out</b>',
      'cloud-posture/ExceptionTicket': 'OPS-1',
    });
  });

  test('is active again when the exception ends, and its workflow was never touched', () => {
    const lapsed = toAsff({ ...open, version: 3, observedAt: at(6) }, known, hub);
    expect(lapsed).toMatchObject({ Id: toAsff(excepted, known, hub).Id, RecordState: 'ACTIVE', UpdatedAt: at(6) });
    expect(lapsed.ProductFields).not.toHaveProperty('cloud-posture/ExceptedBy');
    for (const imported of [lapsed, toAsff(excepted, known, hub)]) expect(imported).not.toHaveProperty('Workflow');
  });
});

test('every change updates the same finding', () => {
  const ids = [open, resolved('passes now'), { ...open, version: 3, reopened: 1 }].map((each) => toAsff(each, known, hub).Id);
  expect(new Set(ids).size).toBe(1);
  expect(toAsff(finding('sg-2'), known, hub).Id).not.toBe(ids[0]);
});

test.each([
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-cn', 'cn-north-1'],
])('the product is that of the hub in %s', (partition, region) => {
  const { ProductArn } = toAsff(open, known, { ...hub, partition, region });
  expect(ProductArn).toBe(`arn:${partition}:securityhub:${region}:999988887777:product/999988887777/default`);
});

test('what has no region is given none', () => {
  const bucket: ResourceIdentity = { ...group('b'), type: 'AWS::IAM::User', arn: 'arn:aws:iam::111122223333:user/alice', region: 'global' };
  const [resource] = toAsff(finding('b', { resource: bucket }), known, hub).Resources ?? [];
  expect(resource).toMatchObject({ Type: 'AwsIamUser', Id: bucket.arn });
  expect(resource).not.toHaveProperty('Region');
  expect(resource).not.toHaveProperty('Tags');
});

test.each(
  checks.flatMap((check) => check.resourceTypes.map((type) => [check.id, type, check] as const)),
)('a finding of %s on %s can be imported', (checkId, type, check) => {
  const imported = toAsff(finding('x', { checkId, resource: { ...group('x'), type } }), check, hub);
  expect(refusalsOf(imported)).toEqual([]);
  expect(imported.Remediation?.Recommendation?.Text).toBe(check.remediation.text);
});

/** What strangers may call their resources, and whatever else may go wrong with a text. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3_000 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\u202e',
    '\n\n',
    '__proto__',
    'constructor',
    '\ud83d',
    '🙂'.repeat(1_500),
    'x'.repeat(5_000),
    'ü'.repeat(2_000),
  ),
);

test('nothing that anybody writes makes a finding that is refused', () => {
  const property = fc.property(
    fc.record({
      texts: fc.array(hostile, { minLength: 10, maxLength: 10 }),
      tags: fc.dictionary(fc.oneof(hostile, fc.stringMatching(/^(aws:)?[\w .:+=@/-]{0,140}$/)), hostile, { maxKeys: 70 }),
      evidence: fc.dictionary(
        hostile,
        fc.oneof(hostile, fc.array(hostile, { maxLength: 5 }), fc.dictionary(hostile, hostile, { maxKeys: 3 })),
        { maxKeys: 60 },
      ),
      severity: fc.constantFrom(...SEVERITIES),
      state: fc.constantFrom('open' as const, 'resolved' as const),
      isKnown: fc.boolean(),
    }),
    ({ texts, tags, evidence, severity, state, isKnown }) => {
      const [
        checkId = '',
        id = '',
        arn = '',
        accountId = '',
        region = '',
        partition = '',
        reason = '',
        title = '',
        text = '',
        control = '',
      ] = texts;
      const resource: ResourceIdentity = { ...group('x', tags), id, arn, accountId, region, partition };
      const history = [{ ...entry('resolved', 5), reason, runId: text }];
      const odd = finding('x', { checkId, resource, scope: { accountId, region }, reason, evidence, severity, state, history });
      const check: AnyCheck = {
        ...adminPorts,
        ...{ id: checkId, title, risk: text, controls: Array.from({ length: 40 }, () => control) },
        ...{ remediation: { text }, equivalents: { securityHub: [control] } },
      };
      expect(refusalsOf(toAsff(odd, isKnown ? check : undefined, hub))).toEqual([]);
    },
  );
  fc.assert(property, { numRuns: 300 });
}, 120_000);

test('who is behind the newest change of which that is known is imported with it', () => {
  const history = [{ ...entry('opened', 1), cause: cause(1, { found: 'lookup' }) }, entry('changed', 2)];
  const imported = toAsff({ ...open, history }, known, hub);
  expect(refusalsOf(imported)).toEqual([]);
  expect(imported.ProductFields).toMatchObject({
    'cloud-posture/Actor': 'probably ana@example.com as AdministratorAccess, console, MFA, from 198.51.100.7',
    'cloud-posture/EventName': 'AuthorizeSecurityGroupIngress',
    'cloud-posture/EventTime': at(1),
  });
});
