import type { FunctionPolicy, FunctionUrl } from '../../inventory/lambda/function.ts';
import type { PolicyCondition, PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import { type Failure, fail, pass, SEVERITIES, type Verdict } from '../check.ts';
import { someOf } from './logic.ts';
import { failByOpenings, openingsBy, type PolicyOpening } from './policy-openness.ts';
import { coversAction, statementLabel } from './policy-statements.ts';
import { judgeResourcePolicy, type ServiceAdmittance } from './resource-policy-verdict.ts';
import { isPositive, mayHoldWhenAbsent } from './trust-conditions.ts';
import { answerOf, knownOf } from './unread.ts';

/** A function, as its policies are judged. */
export interface FunctionHome {
  readonly arn: string;
  readonly accountId: string;
  readonly trustedAccounts: readonly string[];
}

const INVOKE = 'lambda:invokefunction';
const INVOKE_URL = 'lambda:invokefunctionurl';
const ACTIONS = {
  admin: ['lambda:addpermission', 'lambda:updatefunctioncode', 'lambda:updatefunctionconfiguration', 'lambda:deletefunction'],
  write: [INVOKE, INVOKE_URL],
  read: ['lambda:getfunction'],
};

/** FAIL if a policy of a function or of its aliases lets in strangers; what lets in everybody through a URL alone is left to the check of URLs. */
export function judgeFunctionPolicies(policies: () => Iterable<FunctionPolicy>, home: FunctionHome): Verdict {
  const { known, unread } = knownOf(policies);
  const answers = known.map((one) => answerOf(() => openingsBy(one.policy, bearerOf(one, home), DEEDS, isOnlyForUrl)));
  const failure = failByOpenings(worstFirst(answers.flatMap(({ value }) => value ?? [])));
  if (failure) return failure;
  const undecided = unread ?? answers.find((answer) => answer.unread)?.unread;
  if (undecided) throw undecided;
  return pass;
}

const DEEDS = { admin: 'change', write: 'invoke', read: 'download' };

function worstFirst(openings: readonly PolicyOpening[]): readonly PolicyOpening[] {
  const rankOf = ({ modifier }: PolicyOpening) => (modifier ? SEVERITIES.indexOf(modifier.severity) : -1);
  return openings.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** A policy's function or alias as the bearer of it. */
function bearerOf({ alias }: Pick<FunctionPolicy, 'alias'>, { arn, accountId, trustedAccounts }: FunctionHome) {
  return {
    home: { accountId, trustedAccounts },
    arns: [alias === undefined ? arn : `${arn}:${alias}`],
    actions: ACTIONS,
    operation: 'lambda:GetPolicy',
  };
}

/**
 * True for a statement that only works through the function's URL, and so lets nobody in who has no URL to call: "Control access to Lambda function URLs" in
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function isOnlyForUrl({ actions, conditions }: PolicyStatement): boolean {
  return actions?.every((action) => action.toLowerCase() === INVOKE_URL) === true || conditions.some(isOfUrl);
}

/** Keys that only a call of a URL has. */
const URL_KEYS: readonly string[] = ['lambda:functionurlauthtype', 'lambda:invokedviafunctionurl'];

function isOfUrl(condition: PolicyCondition): boolean {
  return URL_KEYS.includes(condition.key) && (isPositive(condition) || condition.operator === 'bool') && !mayHoldWhenAbsent(condition);
}

/** True if a policy lets everybody call a URL with this kind of authentication: anybody at all, or whoever has an AWS account. */
function opensUrl({ policy, alias }: FunctionPolicy, { authType }: Pick<FunctionUrl, 'authType'>, home: FunctionHome): boolean {
  const relevant = policy.statements.filter((statement) => statement.effect === 'Deny' || isFor(statement, authType));
  const asked: PolicyDocument = {
    statements: relevant.map((statement) => ({ ...statement, conditions: statement.conditions.filter((one) => !isOfUrl(one)) })),
  };
  const { everyone } = judgeResourcePolicy(asked, { ...bearerOf({ alias }, home), actions: { write: [INVOKE_URL] } });
  return everyone.some(({ powers, conditions }) => powers.includes('write') && conditions.length === 0);
}

function isFor(statement: PolicyStatement, authType: string): boolean {
  return (
    coversAction(statement, INVOKE_URL) &&
    statement.conditions.every(({ key, values }) => key !== URL_KEYS[0] || values.some((value) => value.toUpperCase() === authType))
  );
}

/**
 * FAIL for a URL that anybody may call, or that would let in anybody as soon as a permission is added: with NONE Lambda asks nobody who they are, and the policy
 * alone decides.
 */
export function judgeUrl(url: FunctionUrl, policies: () => Iterable<FunctionPolicy>, home: FunctionHome): Failure | undefined {
  const evidence = { ...(url.alias === undefined ? {} : { alias: url.alias }), authType: url.authType };
  const open = answerOf(() => someOf(policies(), (one) => one.alias === url.alias && opensUrl(one, url, home)));
  if (url.authType === 'AWS_IAM') {
    if (open.unread) throw open.unread;
    return open.value ? fail('its URL answers anybody who has an AWS account', evidence) : undefined;
  }
  if (open.unread) return { ...fail('its URL asks nobody who they are', evidence), severityUnsure: true };
  if (open.value) return fail('its URL answers anybody', evidence);
  return fail('its URL asks nobody who they are', evidence, { severity: 'LOW', because: 'no permission lets everybody call it yet' });
}

/** A service that may invoke the function for anybody who uses the service. */
export interface UnboundService extends Pick<ServiceAdmittance, 'service' | 'label' | 'evidence'> {
  /** The buckets that the statement names without saying whose they are; a statement that names no source has none. */
  readonly buckets: readonly string[];
}

/**
 * Services that a policy lets invoke the function, and no condition says for whom: `SourceArn` and `SourceAccount` in
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html. The ARN of a bucket names no account: once it is deleted, it is whoever's who makes it
 * again. Alexa's token says for whom, too (`EventSourceToken`).
 */
export function unboundServices({ policy, alias }: FunctionPolicy, home: FunctionHome): readonly UnboundService[] {
  const letIn = (statements: readonly PolicyStatement[]) =>
    judgeResourcePolicy({ statements }, bearerOf({ alias }, home)).services.filter(
      ({ powers, statement }) => powers.includes('write') && !statement.conditions.some(asksForToken),
    );
  const free = new Set(letIn(policy.statements).map(keyOf));
  return letIn(policy.statements.map(withoutBuckets)).map((one) => {
    const { service, label, evidence } = one;
    return { service, label, evidence, buckets: free.has(keyOf(one)) ? [] : bucketsIn(policy, label) };
  });
}

function keyOf({ label, service }: ServiceAdmittance): string {
  return `${label} ${service}`;
}

function asksForToken(condition: PolicyCondition): boolean {
  return condition.key === 'lambda:eventsourcetoken' && isPositive(condition) && !mayHoldWhenAbsent(condition);
}

function withoutBuckets(statement: PolicyStatement): PolicyStatement {
  if (statement.effect === 'Deny') return statement;
  return { ...statement, conditions: statement.conditions.filter((condition) => !namesBuckets(condition)) };
}

function namesBuckets(condition: PolicyCondition): boolean {
  const { key, values } = condition;
  return key === 'aws:sourcearn' && isPositive(condition) && values.every((value) => /^arn:[^:]+:s3:::/.test(value));
}

function bucketsIn({ statements }: PolicyDocument, label: string): readonly string[] {
  const named = statements.find((statement, index) => statementLabel(statement, index) === label);
  return named?.conditions.filter(namesBuckets).flatMap(({ values }) => values) ?? [];
}
