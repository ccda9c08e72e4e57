import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { account } from '../../emulator/account.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { scanInProcess, useLocalAws } from './scan-in-process.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });

const ID = '111122223333';
const CHECK = 'ec2-instance-admin-ports-unreachable';
let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws({ regions: ['us-east-1'] });
  const hidden = { subnet: 'back', groups: ['from-balancer'] };
  await aws.seed(
    account(ID)
      .vpc('default')
      .subnet('front')
      .subnet('back', { route: 'none' })
      .securityGroup('balancer', { ingress: ['tcp 2222 0.0.0.0/0'] })
      .securityGroup('from-balancer', { ingress: ['tcp 22 sg:balancer'] })
      .instance('behind', hidden)
      .instance('beside', hidden)
      .loadBalancer('old-shop', {
        ...{ kind: 'classic', subnets: ['front'], groups: ['balancer'] },
        listeners: [{ protocol: 'TCP', port: 2222, to: { port: 22, instances: ['behind'] } }],
      }),
  );
  useLocalAws(aws.environment(ID));
});

afterEach(() => aws.faults.clear());
afterAll(() => aws?.stop());

async function judged(): Promise<readonly string[]> {
  const { document } = await scanInProcess(['--no-store', '--checks', CHECK]);
  return (document?.findings ?? []).map(({ status, reason }) => `${status}: ${reason}`).sort();
}

test('an instance without a public address is reachable behind a classic load balancer, and none beside it', async () => {
  expect(await judged()).toEqual(['FAIL: SSH (22) reachable from the internet', expect.stringMatching(/^PASS: /)]);
});

test('where classic load balancers may not be listed, no instance passes', async () => {
  aws.faults.add({ service: 'elb', operation: 'DescribeLoadBalancers', kind: 'access-denied' });
  expect(await judged()).toEqual([expect.stringMatching(/^UNKNOWN: /), expect.stringMatching(/^UNKNOWN: /)]);
});
