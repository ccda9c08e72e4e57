import type { Policy, Statement } from './description.ts';

type OneOrMore = string | readonly string[];

interface More {
  readonly principal?: unknown;
  readonly condition?: unknown;
}

/** An Allow statement: of an identity policy, or of a resource policy when it has a principal. */
export function allow(action: OneOrMore, resource: OneOrMore = '*', more: More = {}): Statement {
  return statement('Allow', action, resource, more);
}

export function deny(action: OneOrMore, resource: OneOrMore = '*', more: More = {}): Statement {
  return statement('Deny', action, resource, more);
}

function statement(effect: Statement['Effect'], action: OneOrMore, resource: OneOrMore, { principal, condition }: More): Statement {
  return {
    Effect: effect,
    ...(principal === undefined ? {} : { Principal: principal }),
    Action: action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/** A statement of a role's trust policy: `trust({ AWS: 'arn:…' })`, `trust('*')`. */
export function trust(principal: unknown, condition?: unknown, action: OneOrMore = 'sts:AssumeRole'): Statement {
  return { Effect: 'Allow', Principal: principal, Action: action, ...(condition === undefined ? {} : { Condition: condition }) };
}

/** The document as JSON text. */
export function toDocument(policy: Policy): string {
  if (typeof policy === 'string') return policy;
  if ('Statement' in policy) return JSON.stringify({ Version: '2012-10-17', ...policy });
  return JSON.stringify({ Version: '2012-10-17', Statement: Array.isArray(policy) ? policy : [policy] });
}
