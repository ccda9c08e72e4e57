import type { PolicyCondition, PolicyDocument, PolicyStatement } from '../../inventory/policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

/** An access point through which a request comes. */
export interface RequestedThrough {
  readonly arn: string;
  readonly accountId: string;
  readonly networkOrigin: string;
}

const EQUAL = /^(string|arn)(equals|like|equalsignorecase)$/;
const DIFFERENT = /^(string|arn)not(equals|like|equalsignorecase)$/;

/**
 * A policy as it reads for requests through this access point: conditions on the access point are decided, and a statement whose condition fails is gone.
 * One that cannot be decided counts as met by an Allow and not by a Deny. "Using tags, access points and condition keys": Service Authorization Reference, Amazon S3.
 */
export function asReadThrough({ statements }: PolicyDocument, point: RequestedThrough): PolicyDocument {
  return { statements: statements.flatMap((statement) => inForce(statement, point)) };
}

function inForce(statement: PolicyStatement, point: RequestedThrough): readonly PolicyStatement[] {
  const others: PolicyCondition[] = [];
  for (const condition of statement.conditions) {
    const met = isMet(condition, point);
    if (met === undefined) others.push(condition);
    else if (met === 'unsure' ? statement.effect === 'Deny' : !met) return [];
  }
  return [{ ...statement, conditions: others }];
}

/** `undefined` for conditions on something else. */
function isMet({ key, operator, values }: PolicyCondition, point: RequestedThrough): boolean | 'unsure' | undefined {
  const actual = {
    's3:dataaccesspointarn': point.arn,
    's3:dataaccesspointaccount': point.accountId,
    's3:accesspointnetworkorigin': point.networkOrigin,
  }[key];
  if (actual === undefined) return undefined;
  const matches = values.some((value) => matchesWildcard(value.toLowerCase(), actual.toLowerCase()));
  if (EQUAL.test(operator)) return matches;
  return DIFFERENT.test(operator) ? !matches : 'unsure';
}
