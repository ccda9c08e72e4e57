import type { PolicyDocument, PolicyStatement, Principals } from '../../inventory/policy-document.ts';
import { admitOnlyNamedCallers, spareOnlyNamedCallers } from './conditions.ts';
import { patternCovers, patternsOverlap, widenVariables } from './patterns.ts';
import { statementLabel } from './policy-statements.ts';
import { type Access, type S3Action, s3ActionsFor } from './s3-actions.ts';
import { matchesWildcard } from './wildcard.ts';

/** What a statement of a bucket's policy lets everybody do, if its conditions do not hold them back. */
export interface PolicyGrant {
  readonly access: Access;
  /** The statement's Sid, or `statement 2` for the second. */
  readonly statement: string;
  /** As the policy writes it, for example `s3:Get*`; the action's own name where the policy says which actions not. */
  readonly action: string;
  readonly resource: string;
  /** True if only callers that its conditions name can use it: not public by our reading of the conditions. */
  readonly conditional: boolean;
}

/**
 * Grants of a bucket policy to everybody, at most one per statement and kind of access: "The meaning of public" in the Amazon S3 User
 * Guide. A grant that a Deny surely takes away from everybody is left out; a Deny that might not is as none.
 */
export function grantsToEveryone(policy: PolicyDocument, bucketArn: string): readonly PolicyGrant[] {
  if (!policy.statements.some((statement) => statement.effect === 'Allow' && allowsEveryone(statement))) return [];
  const denies = policy.statements.filter((statement) => statement.effect === 'Deny' && deniesEveryone(statement));
  return policy.statements.flatMap((statement, index) => {
    if (statement.effect !== 'Allow' || !allowsEveryone(statement)) return [];
    const label = statementLabel(statement, index);
    const conditional = admitOnlyNamedCallers(statement.conditions);
    const actions = s3ActionsFor(statement.actions ?? []);
    return (['read', 'write'] as const).flatMap((access) => {
      const reached = firstReached(
        statement,
        actions.filter((action) => action.access === access),
        bucketArn,
        denies,
      );
      return reached ? [{ access, statement: label, ...reached, conditional }] : [];
    });
  });
}

/** Identity providers that anybody can sign up with count as everybody; a provider of the account's own has an ARN. */
function allowsEveryone({ principals, notPrincipals }: PolicyStatement): boolean {
  if (notPrincipals) return !includesEveryone(notPrincipals);
  return (
    principals !== undefined && (includesEveryone(principals) || principals.federated.some((provider) => !provider.startsWith('arn:')))
  );
}

function deniesEveryone({ principals, notPrincipals, conditions }: PolicyStatement): boolean {
  const everyone = notPrincipals ? !includesEveryone(notPrincipals) : principals !== undefined && includesEveryone(principals);
  return everyone && spareOnlyNamedCallers(conditions);
}

function includesEveryone({ aws }: Principals): boolean {
  return aws.includes('*');
}

function firstReached(
  statement: PolicyStatement,
  actions: readonly S3Action[],
  bucketArn: string,
  denies: readonly PolicyStatement[],
): Pick<PolicyGrant, 'action' | 'resource'> | undefined {
  for (const { name, target } of actions) {
    const action = grantedAs(statement, name);
    if (action === undefined) continue;
    const reached = reachedResources(statement, bucketArn, target).find((part) => !denies.some((deny) => takesAway(deny, name, part)));
    if (reached) return { action, resource: reached.pattern };
  }
  return undefined;
}

/** How the statement says that it grants the action; `undefined` if it does not. */
function grantedAs({ actions, notActions }: PolicyStatement, name: string): string | undefined {
  if (notActions) return matchesAny(notActions, name) ? undefined : name;
  return actions?.find((pattern) => matchesWildcard(pattern.toLowerCase(), name));
}

/** A pattern of resources, and of what it can only reach a part: the bucket itself, or its objects. */
interface Reached {
  readonly pattern: string;
  readonly whole: string;
}

function reachedResources(statement: PolicyStatement, bucketArn: string, target: S3Action['target']): readonly Reached[] {
  return [
    ...(target === 'object' ? [] : reachedWithin(statement, bucketArn)),
    ...(target === 'bucket' ? [] : reachedWithin(statement, `${bucketArn}/*`)),
  ];
}

function reachedWithin({ resources, notResources }: PolicyStatement, whole: string): readonly Reached[] {
  if (notResources) return notResources.some((pattern) => patternCovers(pattern, whole)) ? [] : [{ pattern: whole, whole }];
  const patterns = resources?.map(widenVariables).filter((pattern) => patternsOverlap(pattern, whole)) ?? [];
  return patterns.some((pattern) => patternCovers(pattern, whole))
    ? [{ pattern: whole, whole }]
    : patterns.map((pattern) => ({ pattern, whole }));
}

function takesAway({ actions, notActions, resources, notResources }: PolicyStatement, name: string, { pattern, whole }: Reached): boolean {
  const actionDenied = notActions ? !matchesAny(notActions, name) : matchesAny(actions ?? [], name);
  if (!actionDenied) return false;
  if (notResources) return !notResources.some((spared) => patternsOverlap(widenVariables(spared), pattern));
  return resources?.some((denied) => patternCovers(denied, pattern) || patternCovers(denied, whole)) ?? false;
}

function matchesAny(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), name));
}
