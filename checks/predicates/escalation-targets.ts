import type { AttachedPolicy } from '../../inventory/iam/attached-policy.ts';
import type { PolicyStatement } from '../../inventory/policy-document.ts';
import { type EscalationStep, EXISTING, type StepTarget } from './escalation-paths.ts';
import type { DecidingPolicies } from './evaluate-policy.ts';
import { coversAction } from './policy-statements.ts';
import { fillIn } from './policy-variables.ts';
import { type CallingPrincipal, callerArn, callerContext } from './request-context.ts';
import { UNHEARD_OF } from './statement-coverage.ts';

/** What a step may be asked of: the ARN by the action that is asked. */
export type Candidate = (action: string) => string;

/** Another's name than that of the member who stands for a group. */
const STRANGER = `${UNHEARD_OF}2`;
const REGION = 'eu-west-1';
const MAX_CANDIDATES = 20;

interface Seeker {
  readonly principal: CallingPrincipal;
  readonly policies: readonly AttachedPolicy[];
  readonly deciding: DecidingPolicies;
  /** Whom it seeks to act as; without one, it must be able to take any. */
  readonly other?: CallingPrincipal;
}

/** What the steps may be asked of to serve their path: one of these must allow all of them. The steps have the same target. */
export function targetsOf(steps: readonly EscalationStep[], seeker: Seeker): readonly Candidate[] {
  const target = steps[0]?.on ?? 'itself';
  const { principal, policies } = seeker;
  const prefix = `arn:${principal.partition}:`;
  const iam = `${prefix}iam::${principal.accountId}:`;
  switch (target) {
    case 'itself':
      return [(action) => (action.endsWith('grouppolicy') ? principal.arn : callerArn(principal))];
    case 'its policy':
      return policies.flatMap(({ arn }) => (arn?.startsWith(iam) ? [() => arn] : []));
    case 'any user':
    case 'any role':
    case 'any group':
    case 'any policy':
      return anyOrOne(target.slice('any '.length), iam, seeker);
    default:
      return target.startsWith('new ') ? newThings(steps, seeker) : [() => `${prefix}${existing(target, principal)}`];
  }
}

function anyOrOne(kind: string, iam: string, { other }: Seeker): readonly Candidate[] {
  if (other === undefined) return [() => `${iam}${kind}/${STRANGER}`];
  return other.kind === kind ? [() => other.arn] : [];
}

function existing(target: StepTarget, { accountId }: CallingPrincipal): string {
  const kind = target.slice('existing '.length);
  const [, form] = Object.entries(EXISTING).find(([name]) => name === kind) ?? [];
  if (form === undefined) throw new Error(`there is no kind of resource called ${kind}`);
  return form.replace('<region>', REGION).replace('<account>', accountId).replaceAll('<name>', STRANGER);
}

/** Whoever makes a thing chooses its name, so that one that the policies leave suffices. */
function newThings(steps: readonly EscalationStep[], { principal, deciding }: Seeker): readonly Candidate[] {
  const { partition, accountId } = principal;
  const anything: Candidate = (action) => `arn:${partition}:${action.split(':')[0]}:${REGION}:${accountId}:${STRANGER}`;
  const asked = steps.flatMap(({ actions }) => actions);
  const statements = [...deciding.identity, ...(deciding.boundary ?? [])].filter(
    (statement) => statement.effect === 'Allow' && asked.some((action) => coversAction(statement, action)),
  );
  const names = new Set(
    statements.flatMap(({ resources = [] }: PolicyStatement) => resources.flatMap((one) => toExample(one, principal) ?? [])),
  );
  return [anything, ...[...names].slice(0, MAX_CANDIDATES).map((name) => () => name)];
}

/** An ARN of the principal's account that the pattern matches for it; none for a pattern of everything, or of another account. */
function toExample(written: string, principal: CallingPrincipal): string | undefined {
  const { partition, accountId } = principal;
  const { pattern = '' } = fillIn(written, callerContext(principal, '')) ?? {};
  const [arn, part = '', service = '', region = '', account = '', ...rest] = pattern.split(':');
  if (arn !== 'arn' || rest.length === 0 || service.includes('*')) return undefined;
  const fill = (text: string, value: string) => (text.includes('*') || text.includes('?') ? value : text);
  const filled = [arn, fill(part, partition), service, fill(region, REGION), fill(account, accountId)];
  if (filled[4] !== accountId && filled[4] !== '') return undefined;
  return [...filled, rest.join(':').replaceAll('*', STRANGER).replaceAll('?', 'x')].join(':');
}
