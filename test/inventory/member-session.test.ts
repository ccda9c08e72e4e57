import { createServer } from 'node:http';
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { account, trust } from '../../emulator/account.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { enterAccount, type Member } from '../../inventory/member-session.ts';
import { planScopes } from '../../inventory/regions.ts';

const HUB = '111111111111';
const MEMBER = '222222222222';
const trusted = (externalId: string) => trust({ AWS: `arn:aws:iam::${HUB}:root` }, { StringEquals: { 'sts:ExternalId': externalId } });

const aws = await startLocalAws({ regions: ['eu-west-1', 'us-east-1'] });
const local = { ...aws.environment(HUB, 'eu-west-1') };
Object.assign(process.env, local);
await aws.seed(account(MEMBER).role('audit', { trust: trusted('secret-1') }), account('333333333333'));
afterAll(() => aws.stop());
beforeEach(() => {
  aws.calls.reset();
  aws.faults.clear();
});

const member: Member = {
  accountId: MEMBER,
  partition: 'aws',
  roleName: 'audit',
  externalId: 'secret-1',
  sessionName: 'cloud-posture-20261121T084927Z-3f2a',
  region: 'eu-west-1',
};

describe('a member account', () => {
  test('is entered by assuming its role, in the region of the caller', async () => {
    const session = await enterAccount(member);
    expect(session).toMatchObject({
      accountId: MEMBER,
      partition: 'aws',
      callerArn: `arn:aws:sts::${MEMBER}:assumed-role/audit/cloud-posture-20261121T084927Z-3f2a`,
      globalRegion: 'us-east-1',
      regions: [],
    });
    expect(aws.calls.list()).toMatchObject([{ name: 'sts:AssumeRole', region: 'eu-west-1', accountId: HUB }]);
    expect([session.meter.total, session.coverage.gaps]).toEqual([1, []]);
  });

  test('is then asked as that role', async () => {
    const session = await enterAccount(member);
    const { scopes } = await planScopes(session);
    expect(scopes.map(({ accountId, region }) => [accountId, region])).toEqual([
      [MEMBER, 'global'],
      [MEMBER, 'eu-west-1'],
      [MEMBER, 'us-east-1'],
    ]);
    expect(aws.calls.list({ service: 'ec2' })).toMatchObject([{ accountId: MEMBER, callerArn: session.callerArn }]);
  });

  test('knows the session by a name that STS takes', async () => {
    const { callerArn } = await enterAccount({ ...member, sessionName: `a/b c:ü,d=e@f.g+${'x'.repeat(80)}` });
    expect(callerArn.split('/').at(-1)).toBe(`a-b-c--,d=e@f.g+${'x'.repeat(48)}`);
  });

  test.each([
    ['without the role', { accountId: '333333333333' }],
    ['whose role expects another external id', { externalId: 'secret-2' }],
    ['whose role has another name', { roleName: 'other' }],
  ])('%s is not entered, and says why', async (_case, wrong) => {
    await expect(enterAccount({ ...member, ...wrong })).rejects.toMatchObject({
      name: 'Unread',
      reason: {
        cause: 'denied',
        operation: 'sts:AssumeRole',
        permissions: ['sts:AssumeRole'],
        message: expect.stringMatching(
          /^sts:AssumeRole: AccessDenied: .*is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::/,
        ),
      },
    });
  });

  test.each([
    ['internal-error', 'failed', 4],
    ['expired-credentials', 'failed', 1],
    ['truncated', 'malformed', 1],
  ] as const)('is unread when STS fails (%s)', async (kind, cause, attempts) => {
    aws.faults.add({ service: 'sts', kind });
    await expect(enterAccount(member)).rejects.toMatchObject({ name: 'Unread', reason: { cause, operation: 'sts:AssumeRole' } });
    expect(aws.calls.count()).toEqual({ 'sts:AssumeRole': attempts });
  });

  test('is entered when STS recovers', async () => {
    aws.faults.add({ service: 'sts', kind: 'internal-error', nth: 1 });
    expect((await enterAccount(member)).accountId).toBe(MEMBER);
  });
});

describe('a false STS', () => {
  /** Lets into the account that `answered` makes of the one asked for; counts connections. */
  async function falseSts(answered: (accountId: string) => string) {
    let connections = 0;
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const asked = /:iam::(\d{12}):/.exec(new URLSearchParams(body).get('RoleArn') ?? '')?.[1] ?? '';
      const arn = `arn:aws:sts::${answered(asked)}:assumed-role/audit/x`;
      const credentials = '<AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>';
      const result = `<AssumedRoleUser><Arn>${arn}</Arn></AssumedRoleUser><Credentials>${credentials}</Credentials>`;
      const xml = `<AssumeRoleResponse><AssumeRoleResult>${result}</AssumeRoleResult></AssumeRoleResponse>`;
      response.writeHead(200, { 'content-type': 'text/xml' }).end(xml);
    });
    server.on('connection', () => (connections += 1));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    vi.stubEnv('AWS_ENDPOINT_URL', `http://localhost:${typeof address === 'object' ? address?.port : ''}`);
    vi.resetModules();
    onTestFinished(() => {
      vi.unstubAllEnvs();
      server.closeAllConnections();
      server.close();
    });
    const { enterAccount: enter } = await import('../../inventory/member-session.ts');
    return { enter, connections: () => connections };
  }

  test('that lets us into another account is a bug or a trap: one account is never scanned for another', async () => {
    const { enter } = await falseSts(() => '999999999999');
    await expect(enter(member)).rejects.toThrow(
      `STS let us into 999999999999 as arn:aws:sts::999999999999:assumed-role/audit/x, instead of into ${MEMBER}`,
    );
  });

  test('sees one connection for many accounts', async () => {
    const { enter, connections } = await falseSts((accountId) => accountId);
    for (let index = 0; index < 20; index += 1) await enter({ ...member, accountId: String(444444444444 + index) });
    expect(connections()).toBe(1);
  });
});
