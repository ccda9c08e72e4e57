import type { Audited } from '../config/config.ts';
import type { AccountUnits } from '../findings/evaluate.ts';
import type { MemberAccount } from '../inventory/member-account.ts';
import type { Session } from '../inventory/session.ts';
import { once } from './once.ts';
import { setting } from './settings.ts';

/** Enters an account by the role that is there for audits. Loads what speaks to AWS. @throws Unread when it does not let us in */
export async function enterMember(accountId: string, runId: string): Promise<Session> {
  const { enterAccount } = await import('../inventory/member-session.ts');
  return enterAccount({
    accountId,
    partition: setting('POSTURE_PARTITION'),
    roleName: setting('POSTURE_ROLE'),
    externalId: setting('POSTURE_EXTERNAL_ID'),
    sessionName: `cloud-posture-${runId}`,
    region: setting('AWS_REGION'),
  });
}

/** In which organizational units accounts are, asked for once, when it is first needed. Loads what speaks to AWS. */
export function unitsReader(): (accountId: string) => Promise<AccountUnits> {
  const read = once(async () => {
    const { readAccountUnits } = await import('../inventory/organizations/account-units.ts');
    const { openSession } = await import('../inventory/session.ts');
    return readAccountUnits(await openSession({ region: setting('AWS_REGION') }));
  });
  return async (accountId) => (await read())(accountId);
}

/** The accounts that may be audited. `own` is the one that this function is in. */
export async function* listMembers(audited: Audited, own: string): AsyncGenerator<MemberAccount> {
  switch (audited.kind) {
    case 'own':
      yield toMember(own);
      break;
    case 'accounts':
      yield* audited.accounts.map(toMember);
      break;
    case 'organization': {
      const { listAccounts } = await import('../inventory/organization.ts');
      yield* listAccounts(setting('AWS_REGION'));
      break;
    }
    default:
      audited satisfies never;
  }
}

/** The configuration knows no name and no status: whoever cannot be entered is named. */
function toMember(accountId: string): MemberAccount {
  return { accountId, name: accountId, status: 'active' };
}
