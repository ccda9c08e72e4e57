import type { PolicyDocument } from '../../inventory/policy-document.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import type { Evidence, SeverityModifier } from '../check.ts';
import { decideAtBest } from './decide-at-best.ts';
import { applies, type PolicyRequest } from './evaluate-policy.ts';
import { statementEvidence } from './policy-statements.ts';
import type { Carries } from './policy-variables.ts';
import { callerChoice, iamContext } from './request-context.ts';
import { UNHEARD_OF } from './statement-coverage.ts';

const CONDITIONAL = { severity: 'MEDIUM', because: 'only under conditions' } as const;

/** That a policy lets its bearers assume roles that nobody has thought of, as far as it is theirs: the roles must trust them too. */
export interface RoleAssumption {
  readonly reason: string;
  readonly evidence: Evidence;
  readonly modifiers: readonly SeverityModifier[];
}

/**
 * Whether a policy by itself allows `sts:AssumeRole` on a role of its account of which only wildcards know, and which has no tags: conditions on tags of the role
 * leave it out, as Denies do that cover it. Conditions on who asks, and how, stay.
 */
export function assumesAnyRole({ statements }: PolicyDocument, { partition, accountId }: ResourceIdentity): RoleAssumption | undefined {
  const request: PolicyRequest = {
    action: 'sts:assumerole',
    resource: `arn:${partition}:iam::${accountId}:role/${UNHEARD_OF}`,
    carries: untagged(iamContext({ partition, accountId })),
  };
  const decision = decideAtBest({ identity: statements }, request, callerChoice({ kind: 'user' }));
  if (decision.outcome === 'never') return undefined;
  const allows = statements.filter((statement) => statement.effect === 'Allow' && applies(statement, request) !== 'no');
  const evidence = { allows: allows.map(statementEvidence) };
  if (decision.outcome === 'always') return { reason: 'allows to assume every role', evidence, modifiers: [] };
  const { onlyIf, unless } = decision;
  return {
    reason: 'allows to assume every role, under conditions',
    evidence: { ...evidence, ...(onlyIf.length > 0 ? { onlyIf } : {}), ...(unless.length > 0 ? { unless } : {}) },
    modifiers: [CONDITIONAL],
  };
}

function untagged(carries: Carries): Carries {
  return (key) => {
    if (key.startsWith('aws:resourcetag/') || key.startsWith('iam:resourcetag/')) return 'absent';
    // STS has no home region as IAM has.
    return key === 'aws:requestedregion' ? undefined : carries(key);
  };
}
