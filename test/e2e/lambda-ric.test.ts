import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findRuntime, type RuntimeLambda, startRuntimeLambda } from '../../emulator/lambda-ric.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { finding } from '../findings/samples.ts';
import { streamEvent } from '../functions/events.ts';
import { HUB, hubAccount, type LocalHub, openLocalHub, REGION } from '../functions/local-hub.ts';

const runtime = findRuntime();
if (typeof runtime === 'string') console.warn(`skipped: functions under the runtime that Lambda itself uses. ${runtime}`);

describe.skipIf(typeof runtime === 'string')('under the runtime that Lambda itself uses', () => {
  let aws: Awaited<ReturnType<typeof startLocalAws>>;
  let hub: LocalHub;
  const started: RuntimeLambda[] = [];

  beforeAll(async () => {
    aws = await startLocalAws({ regions: [REGION] });
    await aws.seed(hubAccount());
    hub = await openLocalHub(aws, {});
  });

  afterAll(async () => {
    await Promise.all(started.map((lambda) => lambda.stop()));
    await hub?.stop();
    await aws?.stop();
  });

  async function start(handler: string): Promise<RuntimeLambda> {
    const environment = { ...hub.environment, ...aws.environment(HUB, REGION) };
    const main = typeof runtime === 'string' ? '' : runtime.main;
    const lambda = await startRuntimeLambda(main, { asset: hub.asset, handler, environment, accountId: HUB });
    started.push(lambda);
    return lambda;
  }

  test('notify tells, tells nothing twice, and gives an error its name', async () => {
    const notify = await start('notify.handler');
    const opened = finding('sg-1', { unannounced: true });
    await hub.store.save(opened);
    expect(await notify.invoke(streamEvent(opened))).toEqual({ batchItemFailures: [] });
    expect(await notify.invoke(streamEvent(opened))).toEqual({ batchItemFailures: [] });
    await expect(notify.invoke({ Records: 'none' })).rejects.toMatchObject({ name: 'ConfigError' });
    const second = finding('sg-2', { unannounced: true });
    await hub.store.save(second);
    expect(await notify.invoke(streamEvent(second))).toEqual({ batchItemFailures: [] });
    expect((await hub.subscriber.empty()).map(({ Subject }) => Subject)).toEqual([
      expect.stringContaining('sg-1'),
      expect.stringContaining('sg-2'),
    ]);
    const lines = notify.log().flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));
    expect(lines.map(({ outcome }) => outcome)).toEqual(['published', 'told before', 'published']);
    expect(new Set(lines.map((line) => line.function_request_id)).size).toBe(3);
  });

  test.each(['plan', 'scan', 'summarize', 'confirm'])('%s is loaded, and gives an error its name', async (name) => {
    const lambda = await start(`${name}.handler`);
    await expect(lambda.invoke({})).rejects.toMatchObject({ name: 'ConfigError', message: expect.stringMatching(/^the event is not /) });
  });

  test('a handler that is not there is named when it is loaded', async () => {
    const lambda = await start('plan.nothing');
    await expect(lambda.invoke({})).rejects.toMatchObject({ name: 'Runtime.HandlerNotFound' });
  });
});
