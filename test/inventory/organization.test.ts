import { createServer } from 'node:http';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import type { MemberAccount } from '../../inventory/member-account.ts';
import { listAccounts } from '../../inventory/organization.ts';

const MANAGEMENT = '111111111111';
const aws = await startLocalAws();
const as = (accountId: string, endpoint = aws.endpoint) =>
  Object.assign(process.env, aws.environment(accountId), { AWS_ENDPOINT_URL: endpoint });
afterEach(() => aws.reset());
afterAll(() => aws.stop());

async function listed(): Promise<MemberAccount[]> {
  const accounts: MemberAccount[] = [];
  for await (const account of listAccounts('eu-west-1')) accounts.push(account);
  return accounts;
}

/** The management account and 44 more. */
const accounts = Array.from({ length: 45 }, (_, index) => ({ id: String(111111111111 + index), name: `team ${index}` }));

describe('an organization', () => {
  test('is listed page by page', async () => {
    as(MANAGEMENT);
    aws.organize({ managementAccount: MANAGEMENT, accounts });
    const all = await listed();
    expect(all.map(({ accountId }) => accountId)).toEqual(accounts.map(({ id }) => id));
    expect(all[1]).toEqual({ accountId: '111111111112', name: 'team 1', status: 'active' });
    expect(aws.calls.count()).toEqual({ 'organizations:ListAccounts': 3 });
  });

  test('is asked again where AWS had trouble', async () => {
    as(MANAGEMENT);
    aws.organize({ managementAccount: MANAGEMENT, accounts });
    aws.faults.add({ operation: 'ListAccounts', kind: 'internal-error', nth: 2 });
    expect(await listed()).toHaveLength(45);
  });

  test('is not listed further than anybody wants', async () => {
    as(MANAGEMENT);
    aws.organize({ managementAccount: MANAGEMENT, accounts });
    for await (const account of listAccounts('eu-west-1')) {
      expect(account.accountId).toBe(MANAGEMENT);
      break;
    }
    expect(aws.calls.count()).toEqual({ 'organizations:ListAccounts': 1 });
  });

  test('tells its accounts to a delegated administrator too', async () => {
    as('111111111112');
    aws.organize({ managementAccount: MANAGEMENT, delegatedAdministrators: ['111111111112'], accounts: accounts.slice(0, 3) });
    expect(await listed()).toHaveLength(3);
  });

  test('does not tell them to other members', async () => {
    as('111111111112');
    aws.organize({ managementAccount: MANAGEMENT, accounts });
    await expect(listed()).rejects.toMatchObject({
      name: 'OrganizationUnlisted',
      message: expect.stringContaining('organizations:ListAccounts: AccessDeniedException'),
    });
  });

  test('is none where the account is in none', async () => {
    as(MANAGEMENT);
    await expect(listed()).rejects.toMatchObject({
      name: 'OrganizationUnlisted',
      message: expect.stringContaining('AWSOrganizationsNotInUseException'),
    });
  });

  test('is not empty when the answer is', async () => {
    const server = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}'),
    );
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    as(MANAGEMENT, `http://localhost:${typeof address === 'object' ? address?.port : ''}`);
    await expect(listed()).rejects.toMatchObject({ name: 'BrokenAnswer', message: 'the answer has no Accounts' });
    server.close();
  });
});
