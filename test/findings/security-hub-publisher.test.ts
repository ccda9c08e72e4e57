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

test('findings are in Security Hub, each once, as they were last', async () => {
  const client = new SecurityHubClient(aws.client(undefined, hub.region));
  await client.send(new EnableSecurityHubCommand({}));
  const publisher = await securityHubPublisher(hub);
  await publisher.publish([imported('sg-1'), imported('sg-2')]);
  await publisher.publish([imported('sg-1')]);
  const { Findings = [] } = await client.send(new GetFindingsCommand({}));
  expect(Findings.map(({ Id }) => Id).sort()).toEqual([imported('sg-1').Id, imported('sg-2').Id].sort());
  expect(Findings[0]).toMatchObject({ AwsAccountId: '123456789012', Resources: [{ Type: 'AwsEc2SecurityGroup' }] });
});

describe('batches', () => {
  /** A Security Hub that refuses what it is told to, as moto cannot. Gives the findings of each request. */
  async function startHub(refused: readonly string[]): Promise<readonly (readonly AwsSecurityFinding[])[]> {
    const batches: AwsSecurityFinding[][] = [];
    const server: Server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { Findings }: { Findings: AwsSecurityFinding[] } = JSON.parse(Buffer.concat(chunks).toString());
        batches.push(Findings);
        const failed = Findings.filter(({ Id }) => refused.includes(Id ?? ''));
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
    await (await securityHubPublisher(hub)).publish(importedMany(count));
    expect(batches.map(({ length }) => length)).toEqual(sizes);
  });

  test('hold at most 6 MB', async () => {
    const batches = await startHub([]);
    const large = importedMany(40).map((each) => ({ ...each, ProductFields: { large: 'x'.repeat(230_000) } }));
    await (await securityHubPublisher(hub)).publish(large);
    expect(batches.map((batch) => Buffer.byteLength(JSON.stringify({ Findings: batch }))).filter((size) => size > 6_000_000)).toEqual([]);
    expect(batches.flat()).toHaveLength(40);
    expect(batches).toHaveLength(2);
  });

  test('name a finding once, as it was last', async () => {
    const batches = await startHub([]);
    const later = { ...imported('sg-1'), UpdatedAt: at(5) };
    await (await securityHubPublisher(hub)).publish([imported('sg-1'), imported('sg-2'), later]);
    expect(batches).toMatchObject([[{ UpdatedAt: at(5) }, { UpdatedAt: at(1) }]]);
  });

  test('of which findings are refused are sent all the same, and the refused ones are named', async () => {
    const refused = [0, 120].map((n) => imported(`sg-${n}`).Id ?? '');
    const batches = await startHub(refused);
    const failure = (await securityHubPublisher(hub)).publish(importedMany(150));
    await expect(failure).rejects.toThrow(
      `Security Hub in eu-west-1 refused 2 findings: ${refused.map((id) => `${id} (InvalidInput: no such thing)`).join(', ')}`,
    );
    expect(batches.map(({ length }) => length)).toEqual([100, 50]);
  });

  test('that are refused altogether name ten of theirs', async () => {
    await startHub(importedMany(30).map(({ Id }) => Id ?? ''));
    await expect((await securityHubPublisher(hub)).publish(importedMany(30))).rejects.toThrow(/refused 30 findings: .*, and 20 more$/);
  });
});

test.each(['access-denied', 'internal-error'] as const)('an error of the service is thrown: %s', async (kind) => {
  const restore = aws.faults.add({ service: 'securityhub', kind });
  await expect((await securityHubPublisher(hub)).publish([imported('sg-1')])).rejects.toHaveProperty('$metadata.httpStatusCode');
  restore();
});
