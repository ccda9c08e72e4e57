import { createServer, type Server } from 'node:http';
import { type AwsSecurityFinding, EnableSecurityHubCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { type Hub, toAsff } from '../../findings/asff.ts';
import { securityHubPublisher } from '../../findings/security-hub-publisher.ts';
import { adminPorts, at, finding } from './samples.ts';

const aws = await startLocalAws();
afterAll(() => aws.stop());
const hub: Hub = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
const imported = (id: string): AwsSecurityFinding => toAsff(finding(id), adminPorts, hub);
const importedMany = (count: number) => Array.from({ length: count }, (_, n) => imported(`sg-${n}`));
beforeEach(() => void Object.assign(process.env, aws.environment()));

/** Its clock stands still but for what is waited. */
function openPublisher(waited: number[] = []) {
  let time = 0;
  const wait = async (milliseconds: number) => {
    waited.push(milliseconds);
    time += milliseconds;
  };
  return securityHubPublisher(hub, { now: () => time, wait });
}

test('findings are in Security Hub, each once, as they were last', async () => {
  const client = new SecurityHubClient(aws.client(undefined, hub.region));
  await client.send(new EnableSecurityHubCommand({}));
  const publisher = await openPublisher();
  await publisher.publish([imported('sg-1'), imported('sg-2')]);
  await publisher.publish([imported('sg-1')]);
  const { Findings = [] } = await client.send(new GetFindingsCommand({}));
  expect(Findings.map(({ Id }) => Id).sort()).toEqual([imported('sg-1').Id, imported('sg-2').Id].sort());
  expect(Findings[0]).toMatchObject({ AwsAccountId: '123456789012', Resources: [{ Type: 'AwsEc2SecurityGroup' }] });
});

describe('batches', () => {
  /** A Security Hub that refuses what it is told to, so often, as moto cannot. Gives the findings of each request. */
  async function startHub(refused: readonly string[], times = 2): Promise<readonly (readonly AwsSecurityFinding[])[]> {
    const batches: AwsSecurityFinding[][] = [];
    const timesSent = (id: string) => batches.flat().filter(({ Id }) => Id === id).length;
    const server: Server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { Findings }: { Findings: AwsSecurityFinding[] } = JSON.parse(Buffer.concat(chunks).toString());
        batches.push(Findings);
        const failed = Findings.filter(({ Id = '' }) => refused.includes(Id) && timesSent(Id) <= times);
        const FailedFindings = failed.map(({ Id }) => ({ Id, ErrorCode: 'InvalidInput', ErrorMessage: 'no such thing' }));
        const body = { FailedCount: failed.length, SuccessCount: Findings.length - failed.length, FailedFindings };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.closeAllConnections());
    onTestFinished(() => void server.close());
    const address = server.address();
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    return batches;
  }

  test.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('of %i findings hold at most 100', async (count, sizes) => {
    const batches = await startHub([]);
    await (await openPublisher()).publish(importedMany(count));
    expect(batches.map(({ length }) => length)).toEqual(sizes);
  });

  test('hold at most 6 MB', async () => {
    const batches = await startHub([]);
    const large = importedMany(40).map((each) => ({ ...each, ProductFields: { large: 'x'.repeat(230_000) } }));
    await (await openPublisher()).publish(large);
    expect(batches.map((batch) => Buffer.byteLength(JSON.stringify({ Findings: batch }))).filter((size) => size > 6_000_000)).toEqual([]);
    expect(batches.flat()).toHaveLength(40);
    expect(batches).toHaveLength(2);
  });

  test('name a finding once, as it was last', async () => {
    const batches = await startHub([]);
    const later = { ...imported('sg-1'), UpdatedAt: at(5) };
    await (await openPublisher()).publish([imported('sg-1'), imported('sg-2'), later]);
    expect(batches).toMatchObject([[{ UpdatedAt: at(5) }, { UpdatedAt: at(1) }]]);
  });

  test('of which findings are refused are sent all the same, and the refused ones once more, then named', async () => {
    const refused = [0, 120].map((n) => imported(`sg-${n}`).Id ?? '');
    const batches = await startHub(refused);
    const refusals = await (await openPublisher()).publish(importedMany(150));
    expect(refusals).toEqual(new Map(refused.map((id) => [id, 'InvalidInput: no such thing'])));
    expect(batches.map(({ length }) => length)).toEqual([100, 50, 2]);
  });

  test('of which a finding is refused for the moment is imported by the second try', async () => {
    const [first] = importedMany(1);
    const batches = await startHub([first?.Id ?? ''], 1);
    expect(await (await openPublisher()).publish(importedMany(3))).toEqual(new Map());
    expect(batches.map((batch) => batch.map(({ Id }) => Id))).toEqual([importedMany(3).map(({ Id }) => Id), [first?.Id]]);
  });

  test('are at most ten a second, also of calls one after another', async () => {
    const batches = await startHub([]);
    const waited: number[] = [];
    const publisher = await openPublisher(waited);
    await publisher.publish(importedMany(350));
    await publisher.publish(importedMany(1));
    expect(batches).toHaveLength(5);
    expect(waited).toEqual([100, 100, 100, 100]);
  });
});

test.each(['access-denied', 'internal-error'] as const)('an error of the service is thrown: %s', async (kind) => {
  const restore = aws.faults.add({ service: 'securityhub', kind });
  await expect((await openPublisher()).publish([imported('sg-1')])).rejects.toHaveProperty('$metadata.httpStatusCode');
  restore();
});
