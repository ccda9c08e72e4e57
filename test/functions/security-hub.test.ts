import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toStreamRecords } from '../../functions/events.ts';
import { importChanged } from '../../functions/security-hub.ts';
import { finding } from '../findings/samples.ts';
import { streamEvent } from './events.ts';

const [taken, refused] = [finding('sg-1'), finding('sg-2')];
const requests: (readonly string[])[] = [];

/** A Security Hub that will not take one finding, as moto cannot. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { Findings }: { Findings: { Id: string }[] } = JSON.parse(Buffer.concat(chunks).toString());
    requests.push(Findings.map(({ Id }) => Id));
    const FailedFindings = Findings.filter(({ Id }) => Id.endsWith(refused.id)).map(({ Id }) => ({
      ...{ Id, ErrorCode: 'InvalidInput', ErrorMessage: 'too odd' },
    }));
    const counts = { FailedCount: FailedFindings.length, SuccessCount: Findings.length - FailedFindings.length };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...counts, FailedFindings }));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  Object.assign(process.env, {
    ...{ POSTURE_SECURITY_HUB: 'on', POSTURE_PARTITION: 'aws', AWS_REGION: 'eu-west-1' },
    ...{ AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' },
    AWS_ENDPOINT_URL: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a finding that Security Hub does not take fails alone, after a second try', async () => {
  const checkImported = await importChanged(toStreamRecords(streamEvent(taken, refused)), '999988887777');
  expect(() => checkImported(taken)).not.toThrow();
  expect(() => checkImported(refused)).toThrow('Security Hub in eu-west-1 refused the finding: InvalidInput: too odd');
  const [first, second] = [taken, refused].map(({ id }) => `cloud-posture/${id}`);
  expect(requests).toEqual([[first, second], [second]]);
});
