import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checks } from '../../checks/registry.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { openReactionStore } from '../../findings/dynamodb-reaction-store.ts';
import { EVENTS_DELIVERED } from '../../findings/event-delivery.ts';
import type { Finding } from '../../findings/finding.ts';
import { collect } from '../findings/samples.ts';
import { HUB, hubAccount, type LocalHub, openLocalHub, REGION, TABLE } from './local-hub.ts';

const CHECKS = [EVENTS_DELIVERED, 'ec2-security-group-admin-ports-closed'];
const SCOPE = { accountId: HUB, region: REGION };
const HOUR = 3_600_000;

const aws = await startLocalAws({ regions: [REGION] });
let hub: LocalHub;

beforeAll(async () => {
  await aws.seed(hubAccount());
  hub = await openLocalHub(aws, { checks: Object.fromEntries(checks.map(({ id }) => [id, { enabled: CHECKS.includes(id) }])) });
});

afterAll(async () => {
  await hub?.stop();
  await aws.stop();
});

/** Scans the region as an audit does that begins so many milliseconds from now; gives what is kept of the check by then. */
async function auditIn(ahead: number): Promise<Finding | undefined> {
  const startTime = new Date(Date.now() + ahead).toISOString();
  const execution = { id: `arn:aws:states:${REGION}:${HUB}:execution:audit:in-${ahead}`, startTime };
  const plan = Object(await hub.functions.plan.invoke({ execution, round: 0 }));
  const { Body } = await hub.s3.send(new GetObjectCommand({ Bucket: plan.jobs.bucket, Key: plan.jobs.key }));
  const jobs: readonly { readonly region: string }[] = JSON.parse((await Body?.transformToString()) ?? '');
  const scan = await hub.start('scan', { CLOCK_AHEAD_MS: String(ahead) });
  try {
    expect(await scan.invoke(jobs.find(({ region }) => region === REGION))).toMatchObject({ status: 'done', unknown: 0 });
  } finally {
    await scan.stop();
    await hub.audits.releaseTurn(execution.id);
  }
  return (await collect(hub.store.findings(SCOPE))).find(({ checkId }) => checkId === EVENTS_DELIVERED);
}

/** As the function that reacts does it when what an audit has asked comes back as an event. */
async function heard(ahead: number): Promise<void> {
  const reactions = await openReactionStore({ table: TABLE, region: REGION });
  await reactions.saveHeartbeat(SCOPE, new Date(Date.now() + ahead).toISOString());
  await reactions.close();
}

test('a region whose events stay away is a finding from the second audit on, until one arrives', async () => {
  expect(await auditIn(0)).toBeUndefined();
  expect(await auditIn(6 * HOUR)).toMatchObject({ state: 'open', severity: 'HIGH', reason: 'no event of the region was ever heard' });
  expect(await auditIn(6.1 * HOUR)).toMatchObject({ state: 'open', version: 1 });
  await heard(7 * HOUR);
  expect(await auditIn(12 * HOUR)).toMatchObject({ state: 'resolved' });
  expect(await auditIn(18 * HOUR)).toMatchObject({
    state: 'open',
    reopened: 1,
    reason: expect.stringContaining('no event has been heard since'),
  });
});
