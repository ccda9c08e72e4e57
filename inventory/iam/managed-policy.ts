import type { ManagedPolicyDetail } from '@aws-sdk/client-iam';
import { malformed } from '../broken-answer.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { AUTHORIZATION, type Authorization, type Entity, readAuthorization, toIdentity } from './authorization.ts';
import { getAccountAuthorizationDetails } from './calls.ts';
import { managedPolicyChanges } from './managed-policy-changes.ts';

export interface ManagedPolicyFacets {
  /** The default version. */
  readonly document: PolicyDocument;
  readonly attachmentCount: number;
}

interface ListedPolicy extends Entity<ManagedPolicyDetail> {
  readonly authorization: Authorization;
}

/** The account's own policies: nobody can change those of AWS, which are judged where they are attached. */
export const managedPolicies = defineReader<'AWS::IAM::ManagedPolicy', ListedPolicy>({
  type: 'AWS::IAM::ManagedPolicy',
  scope: 'global',
  changes: managedPolicyChanges,
  list: {
    calls: [getAccountAuthorizationDetails],
    async read(place) {
      const authorization = await readAuthorization(place);
      return authorization.managedPolicies.filter(({ arn }) => arn.split(':')[4] !== 'aws').map((policy) => ({ ...policy, authorization }));
    },
  },
  identify: toIdentity,
  facets: {
    document: { calls: [], read: ({ authorization, arn }) => authorization.document(arn) },
    attachmentCount: { calls: [], read: ({ detail }) => toCount(detail.AttachmentCount) },
  },
});

function toCount(count: number | undefined): number {
  if (count === undefined) throw malformed(AUTHORIZATION, 'a policy has no attachment count');
  return count;
}
