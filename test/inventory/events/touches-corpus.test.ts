import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toEvent } from '../../../inventory/events/to-event.ts';
import type { Touch } from '../../../inventory/events/touch.ts';
import { corpusRecords, corpusTitle, hasCorpus, type Raw } from './corpus.ts';
import { record } from './records.ts';
import { touches } from './told-touches.ts';

const items = (...elements: readonly unknown[]) => ({ items: elements });

const made: readonly Raw[] = [
  record({ requestParameters: { groupId: 'sg-1' }, responseElements: { securityGroupRuleSet: items({ groupId: 'sg-1' }) } }),
  record({ eventName: 'ModifySecurityGroupRules', requestParameters: { ModifySecurityGroupRulesRequest: { GroupId: 'sg-1' } } }),
  record({
    eventName: 'RunInstances',
    responseElements: {
      instancesSet: items(
        { instanceId: 'i-1', networkInterfaceSet: items({ networkInterfaceId: 'eni-1', groupSet: items({ groupId: 'sg-1' }) }) },
        { instanceId: 'i-2', networkInterfaceSet: items({ networkInterfaceId: 'eni-2', groupSet: items({ groupId: 'sg-1' }) }) },
      ),
    },
  }),
  record({ eventName: 'CreateTags', requestParameters: { resourcesSet: items({ resourceId: 'i-1' }, { resourceId: 'vol-1' }) } }),
  record({ eventName: 'CreateFlowLogs', requestParameters: { CreateFlowLogsRequest: { ResourceId: [{ tag: 1, content: 'vpc-1' }] } } }),
  record({ eventSource: 'iam.amazonaws.com', eventName: 'AddUserToGroup', requestParameters: { userName: 'bob', groupName: 'admins' } }),
  record({ eventSource: 'iam.amazonaws.com', eventName: 'CreatePolicy', responseElements: { policy: { arn: 'arn:aws:iam::1:policy/p' } } }),
  record({ eventSource: 's3.amazonaws.com', eventName: 'PutBucketAcl', requestParameters: { bucketName: 'b', acl: [''] } }),
  record({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', requestParameters: { name: 'main' } }),
];

/**
 * Whoever names nobody means themselves, and an endpoint that names no interface has none: that a name was lost cannot be told from that. A number or a
 * flag in place of a text is read as that text.
 */
const ABOUT_CALLER =
  /AccessKey|LoginProfile|MFADevice|SSHPublicKey|SigningCertificate|ServiceSpecific|CreateFleet|CreateVpcEndpoint|DeregisterImage/;
const touching = [...made, ...corpusRecords()].filter((raw) => touches(raw).length > 0 && !ABOUT_CALLER.test(String(raw.eventName)));

const GONE = Symbol('gone');
const DAMAGES: readonly unknown[] = [GONE, null, '', {}, [], [null], { value: 'x' }, { items: [] }, [{ a: 1 }, 'x'], { omitted: true }];

/** A copy in which a member somewhere below is damaged; lists keep their length: of an element that is not there nobody can know. */
function damaged(value: unknown, [step = 0, ...further]: readonly number[], damage: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const names = Object.keys(value);
  if (names.length === 0) return value;
  const chosen = names[step % names.length];
  const change = (name: string, inner: unknown) => {
    if (name !== chosen) return inner;
    return further.length > 0 && typeof inner === 'object' && inner !== null ? damaged(inner, further, damage) : damage;
  };
  const changed = Object.entries(value).map(([name, inner]) => [name, change(name, inner)] as const);
  if (Array.isArray(value)) return changed.map(([, inner]) => (inner === GONE ? null : inner));
  return Object.fromEntries(changed.filter(([, inner]) => inner !== GONE));
}

const damagedRecord = fc
  .record({
    raw: fc.constantFrom(...touching),
    part: fc.constantFrom('requestParameters', 'responseElements'),
    steps: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
    damage: fc.constantFrom(...DAMAGES),
  })
  .map(({ raw, part, steps, damage }) => ({ raw, broken: { ...raw, [part]: damaged(raw[part], steps, damage) } }));

function covers(after: readonly Touch[], { resourceType, resourceId }: Touch): boolean {
  return after.some((touch) => touch.resourceType === resourceType && (touch.resourceId === resourceId || touch.resourceId === '*'));
}

test('whatever of a request or a response is lost or makes no sense, what the event touched is still touched', () => {
  fc.assert(
    fc.property(damagedRecord, ({ raw, broken }) => {
      const after = touches(broken);
      expect(touches(raw).filter((touch) => !covers(after, touch))).toEqual([]);
    }),
    { numRuns: Number(process.env.POSTURE_FUZZ_CASES ?? 5_000) },
  );
});

describe.skipIf(!hasCorpus)(corpusTitle, () => {
  test('touches with ids of the account and region that the record tells', () => {
    for (const raw of corpusRecords()) {
      for (const { accountId, region, resourceId } of touches(raw)) {
        expect({ accountId, region }).toEqual({ accountId: raw.recipientAccountId, region: raw.awsRegion });
        expect(resourceId).not.toBe('');
      }
    }
  });

  test('only what succeeded touches', () => {
    const failed = corpusRecords().filter((raw) => raw.errorCode !== undefined);
    expect(failed.flatMap(touches)).toEqual([]);
  });

  test.each([
    ['CreateSecurityGroup', 'responseElements', 'groupId'],
    ['AuthorizeSecurityGroupIngress', 'requestParameters', 'groupId'],
    ['PutBucketPolicy', 'requestParameters', 'bucketName'],
    ['DeleteUser', 'requestParameters', 'userName'],
    ['UpdateAssumeRolePolicy', 'requestParameters', 'roleName'],
    ['CreateRoute', 'requestParameters', 'routeTableId'],
    ['ModifyImageAttribute', 'requestParameters', 'imageId'],
  ])('%s touches what its %s name as %s', (name, part, member) => {
    const records = corpusRecords().filter((raw) => raw.eventName === name && raw.errorCode === undefined);
    expect(records).not.toEqual([]);
    for (const raw of records) {
      const ids = touches(raw).flatMap(({ indirect, resourceId }) => (indirect ? [] : resourceId));
      expect(ids).toContain(toEvent(raw)?.[part === 'responseElements' ? 'response' : 'request'].at(member).text);
    }
  });

  /** Nothing that we read is different afterwards. */
  const OF_NO_CONCERN = [
    'ec2 AllocateAddress',
    'ec2 CreateInternetGateway',
    'ec2 CreateVolume',
    'ec2 DeleteInternetGateway',
    'ec2 DeleteVolume',
    'ec2 SharedSnapshotVolumeCreated',
    'iam CreateInstanceProfile',
    'iam DeleteInstanceProfile',
    'iam TagInstanceProfile',
    'iam GenerateServiceLastAccessedDetails',
    'iam GenerateCredentialReport',
    'iam SimulatePrincipalPolicy',
  ];

  test('every other change to a service that we read touches something', () => {
    const READING = /^(Get|List|Describe|Head|Lookup|Batch)/;
    const untouching = corpusRecords()
      .map((raw) => ({ raw, event: toEvent(raw), service: String(raw.eventSource).split('.')[0] ?? '' }))
      .filter(({ event, service }) => ['ec2', 'iam', 's3', 'cloudtrail', 'account'].includes(service) && event?.outcome === 'succeeded')
      .filter(({ event, raw }) => !READING.test(event?.name ?? '') && touches(raw).length === 0)
      .map(({ event, service }) => `${service} ${event?.name}`);
    expect([...new Set(untouching)].filter((name) => !OF_NO_CONCERN.includes(name))).toEqual([]);
  });
});
