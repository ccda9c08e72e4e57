import type { AttachedPolicy } from '../../inventory/iam/attached-policy.ts';
import type { PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import type { Evidence } from '../check.ts';
import { decideAtBest } from './decide-at-best.ts';
import { adminGrant, UNREAD_POLICY, undecided } from './effective-permissions.ts';
import { ESCALATION_PATHS, type EscalationPath, type EscalationStep } from './escalation-paths.ts';
import { type Candidate, targetsOf } from './escalation-targets.ts';
import { applies, type DecidingPolicies, type Decision, type PolicyRequest } from './evaluate-policy.ts';
import { coversAction, statementEvidence } from './policy-statements.ts';
import { type CallingPrincipal, callerChoice, callerContext, toCallingPrincipal } from './request-context.ts';
import { answerOf, knownOf } from './unread.ts';

/** A user, group or role with all that gives it permissions or limits them. */
export interface Climber {
  readonly identity: ResourceIdentity;
  readonly policies: Iterable<AttachedPolicy>;
  readonly boundary: PolicyDocument | undefined;
}

/** A way by which a principal can become an administrator. */
export interface Escalation {
  readonly id: string;
  /** After `may`: `attach any policy to itself`. */
  readonly words: string;
  /** Not empty: it can only if these hold, which its policies do not tell. */
  readonly onlyIf: readonly string[];
  readonly evidence: Evidence;
}

/**
 * The ways by which a principal can become an administrator, surest first: over all its policies together, within its boundary, with the resources and
 * conditions of each statement. Throws `Unread` where a policy or a boundary that was not read could decide the other way.
 */
export function escalationsOf(climber: Climber): readonly Escalation[] {
  const policies = knownOf(() => climber.policies);
  const boundary = answerOf(() => climber.boundary);
  const unread = policies.unread ?? boundary.unread;
  const over = policies.unread ? [...policies.known, UNREAD_POLICY] : policies.known;
  const worst = search(climber.identity, over, boundary.value);
  if (worst.length === 0 || unread === undefined) return worst;
  const [known] = search(climber.identity, policies.known, boundary.value);
  throw undecided(unread, known && `may ${known.words}`);
}

export interface Known {
  readonly principal: CallingPrincipal;
  readonly policies: readonly AttachedPolicy[];
  readonly boundary: PolicyDocument | undefined;
  readonly deciding: DecidingPolicies;
  /** Whom it seeks to act as, in place of any. */
  readonly other?: CallingPrincipal;
}

function search(
  identity: ResourceIdentity,
  policies: readonly AttachedPolicy[],
  boundary: PolicyDocument | undefined,
): readonly Escalation[] {
  const allowed = new Set(policies.flatMap(({ document }) => [...allowedActions(document)]));
  if (allowed.size === 0) return [];
  const known = toKnown(identity, policies, boundary);
  const ways = ESCALATION_PATHS.filter((path) => isThinkable(path, known.principal, allowed)).flatMap(
    (path) => judgePath(path, known) ?? [],
  );
  const all = [...liftsOfBoundary(known), ...ways];
  return [...all.filter(({ onlyIf }) => onlyIf.length === 0), ...all.filter(({ onlyIf }) => onlyIf.length > 0)];
}

export function toKnown(identity: ResourceIdentity, policies: readonly AttachedPolicy[], boundary: PolicyDocument | undefined): Known {
  const deciding = { identity: policies.flatMap(({ document }) => document.statements), boundary: boundary?.statements };
  return { principal: toCallingPrincipal(identity), policies, boundary, deciding };
}

/** Without its boundary it may be an administrator; then all that it needs is to be rid of that. */
function liftsOfBoundary(known: Known): readonly Escalation[] {
  const { principal, policies, boundary } = known;
  if (boundary === undefined || principal.kind === 'group') return [];
  const kind = principal.kind;
  const way: EscalationPath = {
    id: 'iam-lift-boundary',
    words: 'lift its own permissions boundary',
    steps: [{ actions: [`iam:delete${kind}permissionsboundary`, `iam:put${kind}permissionsboundary`], on: 'itself' }],
  };
  const lifted = judgePath(way, known);
  return lifted && adminGrant({ identity: principal, policies, boundary: undefined }) ? [lifted] : [];
}

const LIFTING = ['user', 'role'].flatMap((kind) => [`iam:delete${kind}permissionsboundary`, `iam:put${kind}permissionsboundary`]);
const actionsOfPaths = [...new Set([...LIFTING, ...ESCALATION_PATHS.flatMap(({ steps }) => steps.flatMap(({ actions }) => actions))])];
const actionsAllowed = new WeakMap<PolicyDocument, ReadonlySet<string>>();

/** Most policies allow nothing of this kind, and many principals have the same policies. */
export function allowedActions(document: PolicyDocument): ReadonlySet<string> {
  let allowed = actionsAllowed.get(document);
  if (allowed === undefined) {
    const allows = document.statements.filter(({ effect }) => effect === 'Allow');
    allowed = new Set(actionsOfPaths.filter((action) => allows.some((statement) => coversAction(statement, action))));
    actionsAllowed.set(document, allowed);
  }
  return allowed;
}

export function isThinkable({ of, steps }: EscalationPath, { kind }: CallingPrincipal, allowed: ReadonlySet<string>): boolean {
  if (of && !of.includes(kind)) return false;
  return steps.every(({ actions }) => actions.some((action) => allowed.has(action)));
}

/** A step that can be taken, and how sure that is. */
interface Taken {
  readonly request: PolicyRequest;
  readonly onlyIf: readonly string[];
}

/** Steps on the same target are about the same thing, so that one thing must allow them all. */
export function judgePath(path: EscalationPath, known: Known): Escalation | undefined {
  const taken: Taken[] = [];
  for (const steps of Map.groupBy(path.steps, ({ on }) => on).values()) {
    const best = bestOf(targetsOf(steps, known).flatMap((target) => takeAll(steps, target, known) ?? []));
    if (best === undefined) return undefined;
    taken.push(...best);
  }
  const onlyIf = [...new Set([...taken.flatMap((one) => one.onlyIf), ...(path.dependsOn ? [path.dependsOn] : [])])];
  const evidence = {
    path: path.id,
    steps: taken.map(({ request }) => ({ action: request.action, ...allowing(request, known) })),
    ...(onlyIf.length > 0 ? { onlyIf } : {}),
  };
  return { id: path.id, words: path.words, onlyIf, evidence };
}

function takeAll(steps: readonly EscalationStep[], target: Candidate, known: Known): readonly (readonly Taken[])[] | undefined {
  const taken = steps.flatMap((step) => take(step, target, known) ?? []);
  return taken.length === steps.length ? [taken] : undefined;
}

function take(step: EscalationStep, target: Candidate, { principal, deciding }: Known): Taken | undefined {
  const options = step.actions.flatMap((action) => {
    const carries = callerContext(principal, action, step.carries);
    const request = { action, resource: target(action), carries };
    const conditions = conditionsOf(decideAtBest(deciding, request, callerChoice(principal)));
    return conditions ? [[{ request, onlyIf: conditions }]] : [];
  });
  return bestOf(options)?.[0];
}

export function conditionsOf(decision: Decision): readonly string[] | undefined {
  switch (decision.outcome) {
    case 'always':
      return [];
    case 'never':
      return undefined;
    case 'sometimes':
      return [...decision.onlyIf, ...decision.unless.map((condition) => `not ${condition}`)];
  }
}

/** Those that ask for least. */
function bestOf(options: readonly (readonly Taken[])[]): readonly Taken[] | undefined {
  const asks = (taken: readonly Taken[]) => taken.reduce((sum, { onlyIf }) => sum + onlyIf.length, 0);
  return options.toSorted((one, other) => asks(one) - asks(other))[0];
}

/** The policy that allows a request, for the evidence. */
export function allowing(request: PolicyRequest, { policies }: Known): Evidence {
  for (const { name, via, document } of policies) {
    const statement = document.statements.find((one) => isAllowedBy(one, request));
    if (statement) return { policy: name, ...(via === 'direct' ? {} : { group: via.group }), statement: statementEvidence(statement) };
  }
  return {};
}

function isAllowedBy(statement: PolicyStatement, request: PolicyRequest): boolean {
  return statement.effect === 'Allow' && applies(statement, request) !== 'no';
}
