import { describe, expect, test } from 'vitest';
import type { AnyCheck, ExampleKind } from '../../../checks/check.ts';
import defaultGroup from '../../../checks/ec2/default-security-group-empty.ts';
import reachable from '../../../checks/ec2/instance-admin-ports-unreachable.ts';
import imageTrusted from '../../../checks/ec2/instance-image-trusted.ts';
import managed from '../../../checks/ec2/instance-managed.ts';
import osSupported from '../../../checks/ec2/instance-os-supported.ts';
import patched from '../../../checks/ec2/instance-patched.ts';
import publicAddress from '../../../checks/ec2/instance-public-address-absent.ts';
import rebuilt from '../../../checks/ec2/instance-rebuilt.ts';
import launchTemplate from '../../../checks/ec2/launch-template-image-current.ts';
import templateTokens from '../../../checks/ec2/launch-template-imdsv2-required.ts';
import networkAcl from '../../../checks/ec2/network-acl-admin-ports-closed.ts';
import snapshotBlock from '../../../checks/ec2/region-public-snapshots-blocked.ts';
import adminPorts from '../../../checks/ec2/security-group-admin-ports-closed.ts';
import allTraffic from '../../../checks/ec2/security-group-all-traffic-closed.ts';
import ports from '../../../checks/ec2/security-group-ports-closed.ts';
import volume from '../../../checks/ec2/volume-encrypted.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import { EXAMPLE_NOW, exampleResource } from '../example-resource.ts';

function judge(check: AnyCheck, kind: ExampleKind, name: string, params = {}) {
  const example = check.examples[kind][name];
  if (!example) throw new Error(`${check.id} has no example "${name}"`);
  return evaluate(ready(check, EXAMPLE_NOW, { params }), exampleResource(check, example));
}

describe('severity and reason', () => {
  const rows: readonly [AnyCheck, string, string, string][] = [
    [adminPorts, 'SSH from any IPv6 address', 'HIGH', 'SSH (22) open to the internet'],
    [adminPorts, 'attached to nothing', 'LOW', 'SSH (22) open to the internet, not attached'],
    [adminPorts, 'attachments not read', 'HIGH', 'SSH (22) open to the internet'],
    [adminPorts, 'all traffic from anywhere', 'HIGH', 'SSH (22), Telnet (23) and 7 more open to the internet'],
    [allTraffic, 'all traffic from anywhere', 'CRITICAL', 'all TCP and UDP ports open to the internet'],
    [allTraffic, 'two halves of the ports', 'CRITICAL', 'all UDP ports open to the internet'],
    [ports, 'another port from anywhere', 'MEDIUM', 'TCP 8080 open to the internet'],
    [ports, 'web ports and their neighbours', 'MEDIUM', 'TCP 79, TCP 81-442 open to the internet'],
    [ports, 'a tunnel that anybody may speak into', 'MEDIUM', 'protocol 47 open to the internet'],
    [networkAcl, 'associated with no subnet', 'LOW', 'SSH (22), Telnet (23) and 7 more open to the internet, not associated'],
    [reachable, 'SSH from anywhere', 'CRITICAL', 'SSH (22) reachable from the internet'],
    [reachable, 'stopped, with an Elastic IP', 'LOW', 'SSH (22) reachable from the internet, when started'],
    [defaultGroup, 'rules, but attached to nothing', 'LOW', 'has rules, not attached'],
    [imageTrusted, 'an image that another account shares', 'MEDIUM', 'image is published by account 444455556666, which is not approved'],
    [
      launchTemplate,
      'an image that is gone, in the latest version',
      'MEDIUM',
      'latest version 4: image is deregistered or no longer shared',
    ],
    [launchTemplate, 'a newer image exists', 'LOW', 'default version 3: a newer image exists'],
    [
      launchTemplate,
      'an image that is gone, in a version that a group pins',
      'MEDIUM',
      'version 2, which web uses: image is deregistered or no longer shared',
    ],
    [
      templateTokens,
      'nothing said, for whatever image is named at launch',
      'MEDIUM',
      'default version 3: leaves tokens to an image that is not known',
    ],
    [
      templateTokens,
      'no metadata options, as in most templates',
      'HIGH',
      'default version 3: neither it, the account nor the image requires tokens',
    ],
    [rebuilt, 'made last year, stopped and started the day before yesterday', 'LOW', 'made on 2025-10-02, more than 180 days ago'],
    [rebuilt, 'made last year and stopped', 'INFORMATIONAL', 'made on 2025-10-02, more than 180 days ago, and stopped'],
    [managed, 'managed once, but out of touch', 'MEDIUM', 'Systems Manager has lost touch with it (ConnectionLost)'],
    [publicAddress, 'a public address', 'LOW', 'has a public IPv4 address'],
    [publicAddress, 'a public address and a role', 'MEDIUM', 'has a public IPv4 address and an instance profile'],
    [volume, 'not encrypted, attached to nothing', 'LOW', 'not encrypted, not attached'],
    [snapshotBlock, 'only new sharing is blocked', 'LOW', 'snapshots that were public before stay public'],
    [osSupported, 'Windows Server 2012 R2', 'HIGH', 'Windows Server 2012 R2 is out of support since 2023-10-10'],
    [osSupported, 'not managed, its image says Ubuntu 16.04', 'HIGH', 'Ubuntu 16.04 is out of support since 2021-04-30'],
    [patched, 'patches missing', 'HIGH', '1 critical patches not compliant'],
    [patched, 'not scanned for a month', 'HIGH', 'stale: last scanned for patches on 2026-10-01, over 14 days ago'],
  ];

  test.each(rows.map(([check, ...row], index) => [`${check.id}: ${row[0]}`, index] as const))('%s', async (_, index) => {
    const [check, name, severity, reason] = rows[index] ?? expect.unreachable();
    expect(await judge(check, 'fail', name)).toMatchObject({ severity, reason });
  });
});

describe('params', () => {
  test('another table of ports', async () => {
    expect(await judge(adminPorts, 'fail', 'SSH from any IPv6 address', { ports: { '3389': 'RDP' } })).toMatchObject({ status: 'PASS' });
  });

  test('more web ports', async () => {
    expect(await judge(ports, 'fail', 'another port from anywhere', { webPorts: [80, 443, 8080] })).toMatchObject({ status: 'PASS' });
  });

  test('a publisher approved', async () => {
    expect(await judge(imageTrusted, 'fail', 'a public image of a stranger', { approvedImageOwners: ['444455556666'] })).toMatchObject({
      status: 'PASS',
    });
  });

  test('a longer time between scans', async () => {
    expect(await judge(patched, 'fail', 'not scanned for a month', { scanDays: 45 })).toMatchObject({ status: 'PASS' });
  });

  test('instances may be older, and agents slower', async () => {
    expect(await judge(rebuilt, 'fail', 'made 181 days ago', { days: 365 })).toMatchObject({ status: 'PASS' });
    expect(await judge(managed, 'unknown', 'just started, and not reported yet', { graceMinutes: 10 })).toMatchObject({ status: 'FAIL' });
  });

  test('a table with a mistake gives no verdict, least of all PASS', async () => {
    expect(await judge(adminPorts, 'pass', 'SSH from one range', { ports: { ssh: 'SSH' } })).toMatchObject({
      status: 'UNKNOWN',
      crashed: true,
    });
  });
});

test('why a verdict is unknown is what was not read', async () => {
  expect(await judge(osSupported, 'unknown', 'a release without known dates')).toMatchObject({
    reason: 'no support dates are known for Ubuntu 99.04',
  });
  expect(await judge(osSupported, 'unknown', 'not managed, its image says nothing')).toMatchObject({ unread: { cause: 'no-data' } });
  expect(await judge(reachable, 'unknown', 'the network ACL not read')).toMatchObject({ unread: { operation: 'ec2:DescribeNetworkAcls' } });
});
