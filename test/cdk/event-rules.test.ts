import { describe, expect, test } from 'vitest';
import { type EventRule, eventRules, PATTERN_CHARACTERS, type Watched } from '../../cdk/event-rules.ts';
import { activityChecks } from '../../checks/activity-registry.ts';
import { fits } from '../../emulator/event-pattern.ts';
import { sources } from '../../inventory/registry.ts';

const ROLE = 'cloud-posture-audit';
const HEARTBEAT = { service: 'ec2', operation: 'DescribeSecurityGroups', permissions: [] } as const;
const watched: Watched = { activityChecks, sources, roleName: ROLE, heartbeat: HEARTBEAT };
const rules = eventRules(watched);

interface Call {
  readonly source: string;
  readonly name: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** As CloudTrail puts it on a bus. */
function toEvent({ source, name, detail }: Call): object {
  return {
    source: `aws.${source.split('.')[0]}`,
    detail: { eventSource: source, eventName: name, userIdentity: { type: 'IAMUser' }, managementEvent: true, ...detail },
  };
}

function telling(call: Call, among: readonly EventRule[] = rules): readonly EventRule[] {
  return among.filter(({ pattern }) => fits(toEvent(call), pattern));
}

const OF_ONE_REGION = ['account', 'cloudfront', 'iam', 'organizations', 'route53'].map((service) => `${service}.amazonaws.com`);
const selected = activityChecks.flatMap(({ events }) => events).flatMap((selector) => (typeof selector === 'string' ? [] : selector));
const named = selected.flatMap((selector) => ('names' in selector ? selector.names.map((name) => ({ ...selector, name })) : []));
const changes = sources
  .flatMap((source) => source.changes.filter(({ facets }) => facets?.length !== 0))
  .flatMap(({ source, names }) => names.map((name) => ({ source, name })));

describe('the rules of a region', () => {
  test('fit EventBridge, and are few enough to be read', () => {
    expect(rules.filter(({ pattern }) => JSON.stringify(pattern).length > PATTERN_CHARACTERS)).toEqual([]);
    expect(rules.length).toBeLessThanOrEqual(20);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  });

  test('tell everything that an activity check selects by name', () => {
    const untold = named.filter(({ source, name, ...selector }) => {
      const told = telling({ source: source === 'any' ? 'ec2.amazonaws.com' : source, name });
      const wanted = 'readOnly' in selector && selector.readOnly ? 'all' : 'changes';
      return !told.some(({ events }) => events === wanted);
    });
    expect(untold).toEqual([]);
    expect(named.length).toBeGreaterThan(100);
  });

  test('tell everything that changes a resource type', () => {
    expect(changes.filter((change) => !telling(change).some(({ events }) => events === 'changes'))).toEqual([]);
    expect(changes.length).toBeGreaterThan(100);
  });

  test('stand in every region, but for services that report to one', () => {
    const misplaced = [...named, ...changes].filter(({ source, name }) => {
      const everywhere = telling({ source, name }).filter(({ name: rule }) => rule !== 'root' && rule !== 'refused');
      const global = everywhere.some(({ where }) => where === 'global region');
      return OF_ONE_REGION.includes(source) ? !global && !isOfAnyService(name) : global;
    });
    expect(misplaced).toEqual([]);
    expect(telling({ source: 'signin.amazonaws.com', name: 'ConsoleLogin' }).map(({ where }) => where)).toContain('every region');
  });

  test('know the dates that Lambda appends', () => {
    const [change] = named.filter(({ source }) => source === 'lambda.amazonaws.com');
    expect(change).toBeDefined();
    expect(telling({ source: 'lambda.amazonaws.com', name: `${change?.name}20150331v2` })).not.toEqual([]);
  });

  test('tell whatever the root user does', () => {
    const call = { source: 'bedrock.amazonaws.com', name: 'CreateAgent' };
    expect(telling({ ...call, detail: { userIdentity: { type: 'Root' } } }).map(({ name }) => name)).toEqual(['root']);
    expect(telling(call)).toEqual([]);
  });

  test.each(['AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation'])('tell what is refused: %s', (errorCode) => {
    const call = { source: 'bedrock.amazonaws.com', name: 'CreateAgent', detail: { errorCode } };
    expect(telling(call).map(({ name }) => name)).toEqual(['refused']);
  });

  test.each([
    ['data events, of which there are as many as objects', { errorCode: 'AccessDenied', managementEvent: false }],
    [
      'what is refused to the audit itself',
      { errorCode: 'AccessDenied', userIdentity: { sessionContext: { sessionIssuer: { userName: ROLE } } } },
    ],
    ['other errors', { errorCode: 'ThrottlingException' }],
  ])('leave out %s', (_, detail) => {
    expect(telling({ source: 's3.amazonaws.com', name: 'GetObject', detail })).toEqual([]);
  });

  test('ask for what only reads by narrow patterns alone', () => {
    const all = rules.filter(({ events }) => events === 'all');
    const reads = new Set(named.filter((selector) => 'readOnly' in selector && selector.readOnly).map(({ name }) => name));
    expect(all).toHaveLength(1);
    for (const name of ['DescribeSecurityGroups', 'GetObject', 'ListUsers', 'DescribeInstances'])
      for (const source of ['ec2.amazonaws.com', 'iam.amazonaws.com', 's3.amazonaws.com'])
        expect(telling({ source, name }, all).length > 0).toBe(reads.has(name));
  });

  test('hear the audit in each region, and nobody else who makes the same call', () => {
    const call = { source: 'ec2.amazonaws.com', name: HEARTBEAT.operation };
    const by = (userName: string) => ({ userIdentity: { type: 'AssumedRole', sessionContext: { sessionIssuer: { userName } } } });
    expect(telling({ ...call, detail: by(ROLE) }).map(({ events }) => events)).toEqual(['all']);
    expect(telling({ ...call, detail: by('admin') })).toEqual([]);
  });

  test('take nobody at his word who is not AWS', () => {
    for (const { name, source } of [...named, ...changes])
      expect(rules.some(({ pattern }) => fits({ ...toEvent({ source, name }), source: 'my.app' }, pattern))).toBe(false);
  });

  test('never go by the text of a detail type', () => {
    expect(JSON.stringify(rules)).not.toContain('detail-type');
  });

  test('are gone with the checks that want them', () => {
    expect(eventRules({ activityChecks: [], sources: [], roleName: ROLE, heartbeat: undefined })).toEqual([]);
  });
});

function isOfAnyService(name: string): boolean {
  return named.some((selector) => selector.source === 'any' && selector.name === name);
}
