import type { AccountPrincipal } from '../../inventory/iam/principals.ts';
import type { PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import type { Evidence } from '../check.ts';
import { decideAtBest } from './decide-at-best.ts';
import { allowedActions, allowing, conditionsOf, isThinkable, judgePath, type Known, toKnown } from './escalation.ts';
import { ESCALATION_PATHS, type EscalationPath, PASSED_TO } from './escalation-paths.ts';
import { decide } from './evaluate-policy.ts';
import { callerArn, callerChoice, callerContext } from './request-context.ts';

const ASSUME = 'sts:assumerole';

/** A principal as one from which others are taken over, or which is taken over. */
export interface Station {
  readonly known: Known;
  /** `role deploy` */
  readonly name: string;
  /** Of a role. */
  readonly trust: readonly PolicyStatement[];
  /** Ways to take over others that its policies do not rule out at first sight. */
  readonly thinkable: readonly EscalationPath[];
}

/** That one principal may come to act as another. */
export interface Link {
  /** After `may`: `assume role deploy`, `make access keys of user ana`. */
  readonly words: string;
  /** Not empty: only if these hold. */
  readonly onlyIf: readonly string[];
  readonly evidence: Evidence;
}

/** What else must be so in the account is known of a certain group. */
const TAKEOVERS = ESCALATION_PATHS.flatMap(({ dependsOn, ...path }) => (path.takesOver ? [path] : []));

export function toStation(
  { identity }: Pick<AccountPrincipal, 'identity'>,
  policies: Known['policies'],
  boundary: PolicyDocument | undefined,
  trust: PolicyDocument | undefined,
): Station {
  const known = toKnown(identity, policies, boundary);
  const allowed = new Set(policies.flatMap(({ document }) => [...allowedActions(document)]));
  return {
    known,
    name: `${known.principal.kind} ${identity.id}`,
    trust: trust?.statements ?? [],
    thinkable: TAKEOVERS.filter((path) => isThinkable(path, known.principal, allowed)),
  };
}

/** How one comes to act as another: the surest way, and of equals the first, to assume it; `undefined` if there is none. */
export function linkBetween(from: Station, to: Station): Link | undefined {
  if (from.known.principal.arn === to.known.principal.arn) return undefined;
  const assumed = assume(from, to);
  if (assumed?.onlyIf.length === 0) return assumed;
  const links = [...(assumed ? [assumed] : []), ...from.thinkable.flatMap((path) => takeOver(path, from, to) ?? [])];
  return links.toSorted((one, other) => one.onlyIf.length - other.onlyIf.length)[0];
}

function assume({ known }: Station, { known: other, trust, name }: Station): Link | undefined {
  if (other.principal.kind !== 'role' || !trust.some(namesAccounts)) return undefined;
  const { principal, deciding } = known;
  const request = {
    action: ASSUME,
    resource: other.principal.arn,
    principal: { arn: callerArn(principal), account: principal.accountId },
    carries: callerContext(principal, ASSUME),
  };
  const decision = decideAtBest({ ...deciding, resource: trust, resourcePolicy: 'must-allow' }, request, callerChoice(principal));
  const onlyIf = conditionsOf(decision);
  return (
    onlyIf && {
      words: `assume ${name}`,
      onlyIf,
      evidence: { action: ASSUME, trust: 'names it, or its account', ...allowing(request, known) },
    }
  );
}

function namesAccounts({ effect, principals, notPrincipals }: PolicyStatement): boolean {
  return effect === 'Allow' && ((principals?.aws.length ?? 0) > 0 || notPrincipals !== undefined);
}

function takeOver(path: EscalationPath, { known }: Station, to: Station): Link | undefined {
  const other = to.known.principal;
  if (path.takesOver !== other.kind || (path.id === OPEN && other.arn.includes(':role/aws-reserved/'))) return undefined;
  const trusted = takenByService(path, to);
  const taken = trusted && judgePath(path, { ...known, other });
  if (!taken) return undefined;
  return {
    words: path.words.replace(/\b(?:any|every) (?:user|role|group)\b/, to.name),
    onlyIf: [...taken.onlyIf, ...trusted],
    evidence: taken.evidence,
  };
}

/** Only Identity Center changes the roles that it has made. */
const OPEN = 'iam-open-any-role';

/** The conditions on which the service that a role is passed to may assume it; `undefined` if it may not. */
function takenByService({ steps }: EscalationPath, { known: { principal }, trust }: Station): readonly string[] | undefined {
  const service = steps.flatMap(({ carries }) => carries?.[PASSED_TO] ?? [])[0];
  if (service === undefined) return [];
  const { accountId } = principal;
  const carries = (key: string) => (key === 'aws:sourceaccount' ? [accountId] : undefined);
  return conditionsOf(
    decide({ identity: [], resource: trust, resourcePolicy: 'must-allow' }, { action: ASSUME, principal: { service }, carries }),
  );
}
