import { AccountPrincipal, AnyPrincipal, type IPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Audited } from '../config/config.ts';

/** Who may send events to the hub's buses, as a statement has it; `undefined`: nobody but the hub's own account. */
export function toSenders(
  audited: Audited,
): { readonly principals: IPrincipal[]; readonly conditions?: Record<string, unknown> } | undefined {
  switch (audited.kind) {
    case 'own':
      return undefined;
    case 'accounts':
      return { principals: audited.accounts.map((account) => new AccountPrincipal(account)) };
    case 'organization':
      return { principals: [new AnyPrincipal()], conditions: { StringEquals: { 'aws:PrincipalOrgID': audited.id } } };
  }
}
