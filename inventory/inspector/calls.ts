import type { AccountState, Finding, ListFindingsRequest, StringFilter } from '@aws-sdk/client-inspector2';
import { BrokenAnswer, required } from '../broken-answer.ts';
import { defineCall } from '../call.ts';

/** What Inspector scans of the account in a region. Where it was never enabled the answer says `DISABLED`. */
export const getAccountStatus = defineCall<AccountState>({
  service: 'inspector2',
  operation: 'BatchGetAccountStatus',
  permissions: ['inspector2:BatchGetAccountStatus'],
  async send(session, region) {
    const { sdk, client } = await session.aws.inspector2(region);
    const answer = await client.send(new sdk.BatchGetAccountStatusCommand({ accountIds: [session.accountId] }));
    const own = required(answer.accounts, 'accounts').find(({ accountId }) => accountId === session.accountId);
    if (own === undefined)
      throw new BrokenAnswer(`the answer has no status of the account: ${answer.failedAccounts?.[0]?.errorCode ?? 'it is empty'}`);
    return own;
  },
});

const SEVERITIES = ['CRITICAL', 'HIGH'];

/** The severest active finding of those that are critical or high, if there is one. A page may be empty although more follow. */
export const listWorstFinding = defineCall<Finding | undefined>({
  service: 'inspector2',
  operation: 'ListFindings',
  permissions: ['inspector2:ListFindings'],
  async send(session, region) {
    const { sdk, client } = await session.aws.inspector2(region);
    const query: ListFindingsRequest = {
      filterCriteria: {
        awsAccountId: [equals(session.accountId)],
        findingStatus: [equals('ACTIVE')],
        severity: SEVERITIES.map(equals),
      },
      sortCriteria: { field: 'SEVERITY', sortOrder: 'DESC' },
    };
    for await (const page of sdk.paginateListFindings({ client, pageSize: 1 }, query)) {
      const [worst] = required(page.findings, 'findings');
      if (worst) return worst;
    }
    return undefined;
  },
});

function equals(value: string): StringFilter {
  return { comparison: 'EQUALS', value };
}
