import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { account } from '../../emulator/account.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { scanInProcess, useLocalAws } from './scan-in-process.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const [ID, CUSTOM] = ['111122223333', '444455556666'];
const CHECK = 'ec2-instance-admin-ports-unreachable';
let aws: LocalAws;

const estate = (id: string) =>
  account(id)
    .vpc('default')
    .subnet('back', { route: 'none' })
    .securityGroup('GlobalAccelerator')
    .securityGroup('ssh', { ingress: ['tcp 22 0.0.0.0/0'] });

beforeAll(async () => {
  aws = await startLocalAws({ regions: ['us-east-1'] });
  const hidden = { subnet: 'back', groups: ['ssh'] };
  const interfaces = { subnets: ['back'], group: 'GlobalAccelerator' };
  await aws.seed(
    estate(ID)
      .securityGroup('balancer', { ingress: ['tcp 2222 sg:GlobalAccelerator'] })
      .securityGroup('from-balancer', { ingress: ['tcp 22 sg:balancer'] })
      .instance('behind', hidden)
      .instance('through', { subnet: 'back', groups: ['from-balancer'] })
      .instance('beside', hidden)
      .loadBalancer('inner', {
        ...{ internal: true, subnets: ['back'], groups: ['balancer'] },
        listeners: [{ protocol: 'HTTP', port: 2222, to: { port: 22, instances: ['through'] } }],
      })
      .accelerator('straight', { ...interfaces, ports: [2022, 2022], overrides: { 2022: 22 }, to: { instances: ['behind'] } })
      .accelerator('balanced', { ...interfaces, ports: [2222, 2222], to: { loadBalancers: ['inner'] } })
      .accelerator('off', { ...interfaces, enabled: false, ports: [22, 22], to: { instances: ['beside'] } }),
  );
  await aws.seed(
    estate(CUSTOM)
      .instance('game', hidden)
      .accelerator('lobby', { ...interfaces, ports: [1, 1024], to: 'subnets' }),
  );
});

afterEach(() => aws.faults.clear());
afterAll(() => aws?.stop());

async function judged(id: string): Promise<readonly string[]> {
  useLocalAws(aws.environment(id));
  const { document } = await scanInProcess(['--no-store', '--checks', CHECK]);
  return (document?.findings ?? []).map(({ status, reason }) => `${status}: ${reason}`).sort();
}

test('instances in a private subnet are reachable behind accelerators, straight or through an inner load balancer, and none beside them', async () => {
  const reached = 'FAIL: SSH (22) reachable from the internet';
  expect(await judged(ID)).toEqual([reached, reached, expect.stringMatching(/^PASS: /)]);
});

test('what custom routing is allowed to send is not known', async () => {
  expect(await judged(CUSTOM)).toEqual([expect.stringMatching(/^UNKNOWN: .*custom routing/)]);
});

test.each([
  'ListAccelerators',
  'ListListeners',
  'ListEndpointGroups',
  'ListCustomRoutingAccelerators',
  'ListCrossAccountAttachments',
])('where %s is refused, no instance passes', async (operation) => {
  aws.faults.add({ service: 'globalaccelerator', operation, kind: 'access-denied' });
  expect((await judged(ID)).filter((text) => text.startsWith('PASS'))).toEqual([]);
});
