import type { PolicySummary } from '@aws-sdk/client-organizations';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { attempt, joined, opened, toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { describePolicy, listServiceControlPolicies, listTargets } from './calls.ts';

/** A policy that limits what the accounts below its targets may do. */
export interface ServiceControlPolicy {
  readonly id: string;
  readonly name: string;
  readonly document: PolicyDocument;
  /** Ids of the roots, units and accounts that it is attached to. */
  readonly targets: Iterable<string>;
}

export const serviceControlPolicyCalls = [listServiceControlPolicies, describePolicy, listTargets];
export const unlimitedTargetCalls = [listServiceControlPolicies, listTargets];

/** The organization's own policies; AWS's FullAWSAccess allows everything. */
export async function readServiceControlPolicies(place: Place): Promise<Listed<ServiceControlPolicy>> {
  const { own, unread } = await readSummaries(place);
  const policies = await Promise.all(own.map((summary) => readPolicy(summary, place)));
  return joined([toListed(policies, (policy) => policy), unread]);
}

/** What AWS's own policies are attached to. */
export async function readUnlimitedTargets(place: Place): Promise<Listed<string>> {
  const { managed, unread } = await readSummaries(place);
  const targets = await Promise.all(managed.map(({ id }) => readTargets(id, place)));
  return joined([...targets, unread]);
}

interface Summary {
  readonly id: string;
  readonly name: string;
  readonly managed: boolean;
}

async function readSummaries(place: Place) {
  const summaries = toListed(await listServiceControlPolicies(place), toSummary);
  return {
    own: summaries.known.filter(({ managed }) => !managed),
    managed: summaries.known.filter(({ managed }) => managed),
    unread: summaries.flatMap((): readonly never[] => []),
  };
}

function toSummary({ Id, Name, AwsManaged }: PolicySummary): Summary {
  if (Id === undefined || AwsManaged === undefined) throw malformed('organizations:ListPolicies', 'a policy is incomplete');
  return { id: Id, name: Name ?? Id, managed: AwsManaged };
}

async function readPolicy({ id, name }: Summary, place: Place): Promise<ServiceControlPolicy> {
  const [document, targets] = await Promise.all([attempt(() => readDocument(id, place)), attempt(() => readTargets(id, place))]);
  return {
    id,
    name,
    get document() {
      return opened(document);
    },
    get targets() {
      return opened(targets);
    },
  };
}

async function readDocument(policyId: string, place: Place): Promise<PolicyDocument> {
  return toPolicyDocument(await describePolicy(place, { policyId }), 'organizations:DescribePolicy');
}

async function readTargets(policyId: string, place: Place): Promise<Listed<string>> {
  return toListed(await listTargets(place, { policyId }), ({ TargetId }) => {
    if (TargetId === undefined) throw malformed('organizations:ListTargetsForPolicy', 'a target has no id');
    return TargetId;
  });
}
