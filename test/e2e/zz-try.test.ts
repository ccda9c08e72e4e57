import { expect, test } from 'vitest';
import { account } from '../../emulator/account.ts';
import { deployWorld, findingsIn, HUB, scopesIn } from './deployed-world.ts';

test('try', { timeout: 300000 }, async () => {
  const t = Date.now();
  const world = await deployWorld({
    config: `accounts: ["111122223333", "222233334444"]\nregions: [eu-west-1, us-east-1]\n`,
    regions: ['eu-west-1', 'us-east-1'],
    accounts: [account(HUB).securityGroup('ssh', { region: 'eu-west-1', ingress: ['tcp 22 0.0.0.0/0'] }), account('222233334444')],
    members: ['222233334444'],
  });
  console.log('deployed', Date.now() - t);
  for (let i = 0; i < 2; i++) {
    const s = Date.now();
    world.aws.calls.reset();
    const ended = await world.running.audit({ name: 'a' + i });
    console.log(JSON.stringify(ended.outcome), Date.now() - s);
    await world.running.deliver();
    console.log('delivered', Date.now() - s);
    if (i > 5)
      for (const [n, f] of world.running.functions)
        console.log(n, JSON.stringify(world.aws.calls.list({ callerArn: f.callerArn }).map((c) => c.name + ' ' + c.resource)));
  }
  console.log(
    JSON.stringify(
      scopesIn(await world.items()).map((s) => [s.accountId, s.region, s.sight?.gaps]),
      null,
      1,
    ),
  );
  console.log(
    findingsIn(await world.items())
      .map((f) => [f.checkId, f.resource.arn, f.state, f.severity, f.reason].join(' '))
      .filter((l) => l.includes('cloud-posture') || l.includes('cdk-'))
      .join('\n'),
  );
  await world.stop();
});
