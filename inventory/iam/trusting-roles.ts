import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { AUTHORIZATION, readAuthorization } from './authorization.ts';
import { getAccountAuthorizationDetails } from './calls.ts';

export const trustingRolesCalls = [getAccountAuthorizationDetails];

/** Names of the account's roles that a federated principal may assume, by its ARN. A trust policy that cannot be read makes the list partial. */
export async function readTrustingRoles(arn: string, place: Place): Promise<Listed<string>> {
  const { roles } = await readAuthorization(place);
  const trusts = toListed(roles, ({ name, detail }) => ({
    name,
    trusting: trusted(toPolicyDocument(detail.AssumeRolePolicyDocument ?? '', AUTHORIZATION), arn),
  }));
  return new Listed(
    trusts.known.flatMap(({ name, trusting }) => (trusting ? [name] : [])),
    trusts.unread,
  );
}

function trusted({ statements }: PolicyDocument, arn: string): boolean {
  return statements.some(
    ({ effect, principals }) => effect === 'Allow' && principals?.federated.some((name) => name === arn || name === '*') === true,
  );
}
