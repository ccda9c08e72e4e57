import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import { IAM } from './iam-events.ts';
import type { ManagedPolicyFacets } from './managed-policy.ts';

const named: readonly IdPath[] = [{ at: 'request.policyArn', as: ownPolicy }];

export const managedPolicyChanges: readonly ChangeEvents<keyof ManagedPolicyFacets>[] = [
  { source: IAM, names: ['CreatePolicy'], ids: [{ at: 'response.policy.arn', as: ownPolicy }] },
  { source: IAM, names: ['DeletePolicy'], ids: named, deletes: true },
  { source: IAM, names: ['CreatePolicyVersion', 'SetDefaultPolicyVersion'], ids: named, facets: ['document'] },
  // The default version cannot be deleted.
  { source: IAM, names: ['DeletePolicyVersion', 'TagPolicy', 'UntagPolicy'], ids: named, facets: [] },
  {
    source: IAM,
    names: ['AttachUserPolicy', 'DetachUserPolicy', 'AttachGroupPolicy', 'DetachGroupPolicy', 'AttachRolePolicy', 'DetachRolePolicy'],
    ids: named,
    facets: ['attachmentCount'],
    indirect: true,
  },
];

/** AWS's own policies are not the account's. */
function ownPolicy(arn: string, { name }: CloudTrailEvent): string | undefined {
  const [scheme, , service, , accountId] = arn.split(':');
  if (scheme !== 'arn' || service !== 'iam') throw malformed(`cloudtrail:${name}`, 'what should be the ARN of a policy is none');
  return accountId === 'aws' ? undefined : arn;
}
