import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgePublicDatabase } from '../../../checks/predicates/database-reach.ts';
import { judgeEngineSupport } from '../../../checks/predicates/engine-support.ts';
import { EXAMPLE_DATABASE } from '../../../checks/predicates/example-databases.ts';
import { EXAMPLE_KEY } from '../../../checks/predicates/example-keys.ts';
import { entry, rule } from '../../../checks/predicates/example-rules.ts';
import { EXAMPLE_SECRET } from '../../../checks/predicates/example-secrets.ts';
import { whyNotRotated } from '../../../checks/predicates/key-kinds.ts';
import { judgeRotation } from '../../../checks/predicates/secret-rotation.ts';

const NOW = new Date('2026-11-01T12:00:00Z');
const DAY = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY).toISOString();

describe('a database with a public address', () => {
  const access = { publiclyAccessible: true, port: 3306, groupIds: ['sg-1'] };
  const both = [entry(100, 'allow', '0.0.0.0/0')];
  const open = {
    subnetId: 'subnet-1',
    ingress: [rule('tcp', 3306, '0.0.0.0/0')],
    acl: [{ ingress: both, egress: both }],
    routes: [{ destination: '0.0.0.0/0', target: 'internet-gateway', targetId: 'igw-1', active: true } as const],
  };
  const unread = {
    [Symbol.iterator](): Iterator<never> {
      throw Object.assign(new Error('denied'), { name: 'Unread', reason: {} });
    },
  };

  test.each<[string, object, string | undefined, boolean]>([
    ['open to the internet', {}, 'CRITICAL', false],
    ['open by a rule for everything', { ingress: [rule('all', undefined, '0.0.0.0/0')] }, 'CRITICAL', false],
    ['open to one address', { ingress: [rule('tcp', 3306, '198.51.100.7/32')] }, 'MEDIUM', false],
    ['on a port that is closed', { ingress: [rule('tcp', 3307, '0.0.0.0/0')] }, 'MEDIUM', false],
    ['behind a network ACL that lets nothing out', { acl: [{ ingress: both, egress: [] }] }, 'MEDIUM', false],
    ['behind a gateway that is gone', { routes: [{ ...open.routes[0], active: false }] }, 'MEDIUM', false],
    ['whose routes are not known', { routes: unread }, undefined, true],
    ['whose rules are not known', { ingress: unread }, undefined, true],
    ['closed by its rules, its routes not known', { ingress: [], routes: unread }, 'MEDIUM', false],
  ])('%s', (_title, more, severity, unsure) => {
    const { severity: judged, severityUnsure = false } = judgePublicDatabase(access, () => [{ ...open, ...more }]);
    expect([judged, severityUnsure]).toEqual([severity, unsure]);
  });

  test('in several subnets, of which one is open, is open whatever else is not known', () => {
    expect(judgePublicDatabase(access, () => [{ ...open, routes: unread }, open]).severity).toBe('CRITICAL');
  });

  test('of whose subnets nothing is known is neither raised nor lowered', () => {
    expect(judgePublicDatabase(access, () => unread)).toMatchObject({ severityUnsure: true });
  });
});

describe('the support of an engine', () => {
  const judged = (engine: string, engineVersion: string, now = NOW) =>
    judgeEngineSupport({ ...EXAMPLE_DATABASE, engine, engineVersion }, undefined, now);

  test.each([
    ['docdb', '3.6.0', '2026-03-30T23:59:59Z', 'PASS'],
    ['docdb', '3.6.0', '2026-03-31T00:00:00Z', 'FAIL'],
    ['docdb', '8.0.0', '2040-01-01T00:00:00Z', 'PASS'],
    ['neptune', '1.2.1.2', '2026-03-07T00:00:00Z', 'FAIL'],
    ['neptune', '1.4.5.1', '2027-03-07T00:00:00Z', 'FAIL'],
    ['neptune', '1.4.6.3', '2027-03-07T00:00:00Z', 'PASS'],
    ['neptune', '1.4.6.3', '2027-06-04T00:00:00Z', 'FAIL'],
  ])('%s %s at %s is judged by what its pages say: %s', (engine, version, now, status) => {
    expect(judged(engine, version, new Date(now)).status).toBe(status);
  });

  test.each([
    ['docdb', '6.0.0'],
    ['neptune', '1.20.0.0'],
    ['sqlserver-se', '15.00.4430.1.v1'],
  ])('%s %s is not judged', (engine, version) => {
    expect(() => judged(engine, version)).toThrow('no support dates are known');
  });

  test('whatever the dates: FAIL exactly after the last day of standard support, LOW while there is extended support', () => {
    const day = fc.integer({ min: -2_000, max: 2_000 });
    fc.assert(
      fc.property(day, fc.option(day, { nil: undefined }), (standard, extended) => {
        const told = { majorVersion: '1', standardUntil: ago(standard), extendedUntil: extended === undefined ? undefined : ago(extended) };
        const verdict = judgeEngineSupport(EXAMPLE_DATABASE, told, NOW);
        expect(verdict.status).toBe(standard > 0 ? 'FAIL' : 'PASS');
        if (verdict.status === 'FAIL') expect(verdict.severity).toBe(extended !== undefined && extended <= 0 ? 'LOW' : undefined);
      }),
    );
  });
});

test('of all keys KMS rotates those of customers with material of its own, symmetric, alive, and no replicas', () => {
  const key = fc.record({
    manager: fc.constantFrom('AWS' as const, 'CUSTOMER' as const),
    state: fc.constantFrom('Enabled', 'Disabled', 'PendingDeletion', 'PendingReplicaDeletion', 'Updating'),
    spec: fc.constantFrom('SYMMETRIC_DEFAULT', 'RSA_2048', 'ECC_NIST_P256', 'HMAC_256', 'SM2', 'ML_DSA_44'),
    origin: fc.constantFrom('AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'),
    multiRegion: fc.constantFrom('PRIMARY' as const, 'REPLICA' as const, undefined),
  });
  fc.assert(
    fc.property(key, (one) => {
      const rotates =
        one.manager === 'CUSTOMER' &&
        ['Enabled', 'Updating'].includes(one.state) &&
        one.spec === 'SYMMETRIC_DEFAULT' &&
        one.origin === 'AWS_KMS' &&
        one.multiRegion !== 'REPLICA';
      expect(whyNotRotated({ ...EXAMPLE_KEY, ...one }) === undefined).toBe(rotates);
    }),
  );
});

describe('a secret', () => {
  const never = { enabled: false, rotatedAt: undefined, nextAt: undefined, everyDays: undefined, schedule: undefined };
  const patience = { days: 90, graceDays: 2, now: NOW };

  test('without rotation passes only if it is young, and fails only if nothing of it was changed for long', () => {
    const age = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(age, age, (created, changed) => {
        const secret = { ...EXAMPLE_SECRET, createdAt: ago(created), changedAt: ago(Math.min(created, changed)), rotation: never };
        const judge = () => judgeRotation(secret, patience).status;
        if (created <= 90) expect(judge()).toBe('PASS');
        else if (Math.min(created, changed) > 90) expect(judge()).toBe('FAIL');
        else expect(judge).toThrow('perhaps not its value');
      }),
    );
  });

  test.each([
    [-10, 'PASS'],
    [0, 'PASS'],
    [1, 'PASS'],
    [2, 'FAIL'],
    [40, 'FAIL'],
  ])('whose rotation was due %s days ago: %s', (days, status) => {
    const rotation = { ...EXAMPLE_SECRET.rotation, nextAt: ago(days) };
    expect(judgeRotation({ ...EXAMPLE_SECRET, rotation }, patience).status).toBe(status);
  });
});
