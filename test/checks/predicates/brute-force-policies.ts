import type { RawPolicy, RawPrincipal, RawStatement } from './raw-policies.ts';

/** Everything that is to know of one request. Keys as AWS spells them; one that is missing here is missing in the request. */
export interface WholeRequest {
  readonly action: string;
  readonly resource: string;
  /** What the caller may be called in a policy: by itself, and by its account. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly accountNames: readonly string[];
  readonly isRole: boolean;
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export interface RawPolicies {
  readonly identity: RawPolicy;
  readonly boundary: RawPolicy | undefined;
  readonly resource: RawPolicy | undefined;
  readonly kind: 'may-allow' | 'must-allow' | 'foreign';
}

/** Decides one whole request the long way round, statement by statement: the IAM User Guide's "Policy evaluation logic". */
export function isAllowed({ identity, boundary, resource, kind }: RawPolicies, request: WholeRequest): boolean {
  const all = [identity, boundary, resource].flatMap((policy) => policy?.Statement ?? []);
  if (all.some((statement) => statement.Effect === 'Deny' && naming(statement, request) !== '' && speaksOf(statement, request)))
    return false;
  const grants = (policy: RawPolicy, how: readonly string[]) =>
    policy.Statement.some(
      (statement) => statement.Effect === 'Allow' && how.includes(naming(statement, request)) && speaksOf(statement, request),
    );
  const inBoundary = boundary === undefined || grants(boundary, ['itself']);
  const byIdentity = grants(identity, ['itself']) && inBoundary;
  if (resource === undefined) return byIdentity;
  if (kind === 'foreign') return byIdentity && grants(resource, ['itself', 'account']);
  if (grants(resource, ['itself']) && (inBoundary || !request.isRole)) return true;
  return byIdentity && (kind === 'may-allow' || grants(resource, ['account']));
}

function naming({ Principal, NotPrincipal }: RawStatement, request: WholeRequest): 'itself' | 'account' | '' {
  if (NotPrincipal) return among(NotPrincipal, request) === '' ? 'itself' : '';
  return Principal ? among(Principal, request) : 'itself';
}

function among(principal: RawPrincipal, { names, accountNames }: WholeRequest): 'itself' | 'account' | '' {
  if (principal === '*' || principal.AWS?.includes('*')) return 'itself';
  const isIn = (type: string) => principal[type]?.some((name) => names[type]?.includes(name)) ?? false;
  if (Object.keys(principal).some(isIn)) return 'itself';
  return principal.AWS?.some((name) => accountNames.includes(name)) ? 'account' : '';
}

function speaksOf(statement: RawStatement, { action, resource, context }: WholeRequest): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const isAction = (patterns: readonly string[]) => patterns.some((pattern) => like(pattern, action, 'i'));
  const isResource = (patterns: readonly string[]) => patterns.some((pattern) => likeWithVariables(pattern, resource, context));
  if (Action ? !isAction(Action) : isAction(NotAction ?? [])) return false;
  if (Resource ? !isResource(Resource) : isResource(NotResource ?? [])) return false;
  return Object.entries(Condition).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, context[key], wanted, context)),
  );
}

type Context = WholeRequest['context'];

function holds(operator: string, actual: readonly string[] | undefined, wanted: readonly string[], context: Context): boolean {
  const present = actual !== undefined && actual.length > 0;
  if (operator === 'Null') return wanted.includes(present ? 'false' : 'true');
  const [, prefix = '', name = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const negative = name.includes('Not');
  if (!present) return ifExists !== undefined || prefix === 'ForAllValues' || (negative && prefix === '');
  const one = (value: string) => wanted.some((pattern) => compare(name.replace('Not', ''), value, pattern, context));
  const good = (actual ?? []).map((value) => (negative ? !one(value) : one(value)));
  return prefix === 'ForAllValues' ? !good.includes(false) : good.includes(true);
}

function compare(name: string, value: string, wanted: string, context: Context): boolean {
  const seconds = (text: string) => (/^\d+$/.test(text) ? Number(text) : new Date(text).getTime() / 1000);
  switch (name) {
    case 'StringEquals':
      return filled(wanted, context) === value;
    case 'StringEqualsIgnoreCase':
      return filled(wanted, context)?.toUpperCase() === value.toUpperCase();
    case 'StringLike':
      return likeWithVariables(wanted, value, context);
    case 'ArnLike':
    case 'ArnEquals': {
      const fifth = (text: string) => [...text.split(':').slice(0, 5), text.split(':').slice(5).join(':')];
      const [pattern, parts] = [fifth(wanted), fifth(value)];
      return pattern.every((part, index) => likeWithVariables(part, parts[index] ?? '', context));
    }
    case 'Bool':
      return value === wanted;
    case 'IpAddress':
      return inRange(value, wanted);
    case 'NumericEquals':
      return Number(value) === Number(wanted);
    case 'NumericLessThan':
      return Number(value) < Number(wanted);
    case 'NumericGreaterThanEquals':
      return Number(value) >= Number(wanted);
    case 'DateLessThan':
      return seconds(value) < seconds(wanted);
    case 'DateGreaterThan':
      return seconds(value) > seconds(wanted);
    default:
      throw new Error(`the brute-force evaluator does not know ${name}`);
  }
}

/** The text with variables as their values; `undefined` if one has none. */
function filled(text: string, context: Context): string | undefined {
  const missing = /\$\{(aws:[a-z]+)\}/i.exec(text)?.[1];
  if (missing !== undefined && context[missing] === undefined) return undefined;
  return text.replace(/\$\{(aws:[a-z]+)\}/gi, (_, key: string) => context[key]?.[0] ?? '').replace(/\$\{([*?$])\}/g, '$1');
}

/** Variables are compared as text: no value of the universe has a wildcard in it. */
function likeWithVariables(pattern: string, text: string, context: Context): boolean {
  const variable = /\$\{(aws:[a-z]+)\}/i.exec(pattern);
  if (!variable) return like(pattern, text, '');
  const value = context[variable[1] ?? '']?.[0];
  return value !== undefined && like(pattern.replaceAll(variable[0], value), text, '');
}

const compiled = new Map<string, RegExp>();

function like(pattern: string, text: string, flags: string): boolean {
  const known = compiled.get(flags + pattern);
  if (known) return known.test(text);
  const source = (pattern.match(/\$\{[*?$]\}|./gs) ?? []).map((part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    const character = part.length > 1 ? (part[2] ?? '') : part;
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  compiled.set(flags + pattern, new RegExp(`^${source.join('')}$`, `su${flags}`));
  return like(pattern, text, flags);
}

/** By the bits of the address. */
function inRange(address: string, range: string): boolean {
  const [base = '', length] = range.split('/');
  if (base.includes(':') !== address.includes(':')) return false;
  const [one, other] = [bitsOf(address), bitsOf(base)];
  const count = length === undefined ? one.length : Number(length);
  return one.slice(0, count) === other.slice(0, count);
}

function bitsOf(address: string): string {
  const binary = (text: string, base: number, width: number) =>
    Number.parseInt(text || '0', base)
      .toString(2)
      .padStart(width, '0');
  if (!address.includes(':'))
    return address
      .split('.')
      .map((octet) => binary(octet, 10, 8))
      .join('');
  const [head = '', tail = ''] = address.split('::');
  const [left, right] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)];
  const middle = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...middle, ...right].map((group) => binary(group, 16, 16)).join('');
}
