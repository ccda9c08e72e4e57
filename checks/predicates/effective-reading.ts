import type { PolicyDocument } from '../../inventory/policy-document.ts';
import type { Evidence } from '../check.ts';
import { decideAtBest } from './decide-at-best.ts';
import { UNREAD_POLICY } from './effective-permissions.ts';
import type { Climber } from './escalation.ts';
import { applies, type PolicyRequest } from './evaluate-policy.ts';
import { callerChoice, callerContext, toCallingPrincipal } from './request-context.ts';
import { UNHEARD_OF } from './statement-coverage.ts';
import { answerOf, knownOf } from './unread.ts';

/** Calls that read data, and something that nobody has thought of to read it from. */
const READS: Readonly<Record<string, readonly [words: string, resource: string]>> = {
  's3:getobject': ['all objects of all buckets', `s3:::${UNHEARD_OF}/${UNHEARD_OF}`],
  'dynamodb:scan': ['all tables', `dynamodb:eu-west-1:<account>:table/${UNHEARD_OF}`],
  'secretsmanager:getsecretvalue': ['all secrets', `secretsmanager:eu-west-1:<account>:secret:${UNHEARD_OF}`],
  'ssm:getparameter': ['all parameters', `ssm:eu-west-1:<account>:parameter/${UNHEARD_OF}`],
  'sqs:receivemessage': ['all queues', `sqs:eu-west-1:<account>:${UNHEARD_OF}`],
};

/** That a principal reads data wherever it is, not only where somebody meant it to; throws `Unread` where what was not read decides. */
export function readingOfEverything(reader: Climber): { readonly words: string; readonly evidence: Evidence } | undefined {
  const policies = knownOf(() => reader.policies);
  const boundary = answerOf(() => reader.boundary);
  const unread = policies.unread ?? boundary.unread;
  const known = policies.unread ? [...policies.known, UNREAD_POLICY] : policies.known;
  const principal = toCallingPrincipal(reader.identity);
  for (const [action, [words, form]] of Object.entries(READS)) {
    const resource = `arn:${principal.partition}:${form.replace('<account>', principal.accountId)}`;
    const request: PolicyRequest = { action, resource, carries: callerContext(principal, action) };
    const identity = known.flatMap(({ document }) => document.statements);
    const { outcome } = decideAtBest({ identity, boundary: boundary.value?.statements }, request, callerChoice(principal));
    if (outcome !== 'always') continue;
    if (unread) throw unread;
    const by = known.find(({ document }) => allows(document, request));
    return { words, evidence: { action, ...(by ? { policy: by.name } : {}) } };
  }
  return undefined;
}

function allows({ statements }: PolicyDocument, request: PolicyRequest): boolean {
  return statements.some((statement) => statement.effect === 'Allow' && applies(statement, request) !== 'no');
}
