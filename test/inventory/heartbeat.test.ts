import { expect, test } from 'vitest';
import { checks } from '../../checks/registry.ts';
import type { Operation } from '../../inventory/call.ts';
import { heartbeatOperation, isHeartbeat } from '../../inventory/heartbeat.ts';
import { sources } from '../../inventory/registry.ts';

const ALL = checks.flatMap(({ resourceTypes }) => resourceTypes);
const ROLE = 'cloud-posture-audit';

function listing(given: { readonly source?: string; readonly name?: string; readonly issuer?: string } = {}) {
  const { source = 'ec2.amazonaws.com', name = 'DescribeSecurityGroups', issuer = `arn:aws:iam::111122223333:role/${ROLE}` } = given;
  return { source, name, actor: { kind: 'role', name: 'scanner', tool: 'sdk', issuer } as const };
}

function nameOf(operation: Operation | undefined): string {
  return `${operation?.service}:${operation?.operation}`;
}

test('the heartbeat is a listing that every audit makes in every region, and that no facet asks too', () => {
  const operation = heartbeatOperation(sources, ALL);
  expect(nameOf(operation)).toBe('ec2:DescribeVolumes');
  expect(heartbeatOperation(sources.toReversed(), ALL.toReversed())).toBe(operation);
});

test('it is one of the listings that are made', () => {
  expect(nameOf(heartbeatOperation(sources, ['AWS::EC2::Instance', 'AWS::IAM::User']))).toBe('ec2:DescribeInstances');
  expect(heartbeatOperation(sources, ['AWS::IAM::User', 'AWS::EC2::RegionSettings'])).toBeUndefined();
});

test('whichever it is, it is known when it comes back, refused or not', () => {
  const operation = heartbeatOperation(sources, ALL);
  const came = listing({ source: `${operation?.service}.amazonaws.com`, name: operation?.operation ?? '' });
  expect(isHeartbeat(came, ROLE)).toBe(true);
});

test('the role may have a path', () => {
  const issuer = 'arn:aws-cn:iam::111122223333:role/security/cloud-posture-audit';
  expect(isHeartbeat(listing({ issuer }), 'security/cloud-posture-audit')).toBe(true);
  expect(isHeartbeat(listing({ issuer }), '/security/cloud-posture-audit')).toBe(true);
});

test.each([
  ['what another role lists', listing({ issuer: 'arn:aws:iam::111122223333:role/my-cloud-posture-audit' })],
  ['what a user lists', { ...listing(), actor: { kind: 'user', name: 'ana', tool: 'cli' } as const }],
  ['what the role does once for all regions', listing({ source: 'iam.amazonaws.com', name: 'GetAccountAuthorizationDetails' })],
  ['a call of another name', listing({ name: 'DescribeVpnGateways' })],
  ['a call of the same name elsewhere', listing({ source: 'elasticloadbalancing.amazonaws.com' })],
])('%s is no heartbeat', (_what, event) => {
  expect(isHeartbeat(event, ROLE)).toBe(false);
});
