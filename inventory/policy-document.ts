import { Unread } from './facet.ts';

/** An IAM policy in one shape: every "one or many" is a list, every name of a condition key is lower case. */
export interface PolicyDocument {
  readonly statements: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals?: Principals;
  readonly notPrincipals?: Principals;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly conditions: readonly PolicyCondition[];
}

/** `"Principal": "*"` and `{"AWS": "*"}` are the same: `aws: ['*']`. */
export interface Principals {
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
  readonly canonicalUser: readonly string[];
}

export interface PolicyCondition {
  /** Lower case, without set prefix and `IfExists`: `stringequals`, `ipaddress`, `bool`, `null`. */
  readonly operator: string;
  readonly qualifier?: 'ForAllValues' | 'ForAnyValue';
  readonly ifExists: boolean;
  /** Lower case: `aws:sourceip`. */
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Reads a policy as any of AWS's APIs gives it: JSON, URL-encoded JSON (RFC 3986) or an object. `source` is the operation that gave it.
 * @throws Unread when it is not a policy by the grammar of the IAM JSON policy language: what cannot be read whole is not judged in part
 */
export function toPolicyDocument(text: string | object, source: string): PolicyDocument {
  try {
    const document = toElements(typeof text === 'string' ? JSON.parse(decoded(text)) : text, 'the policy');
    const statements = oneOrMany(document.get('statement'));
    if (statements.length === 0 && !document.has('statement')) throw new Malformed('it has no statement');
    return { statements: statements.map(toStatement) };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof URIError)) throw error;
    const detail = error instanceof Malformed ? error.message : 'it is not JSON';
    throw new Unread({ cause: 'malformed', operation: source, permissions: [], message: `${source}: a policy cannot be read: ${detail}` });
  }
}

/** Its message names the element, never the contents. */
class Malformed extends SyntaxError {}

function decoded(text: string): string {
  return text.trimStart().startsWith('{') ? text : decodeURIComponent(text);
}

const STATEMENT_ELEMENTS = new Set(
  ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'].map((name) =>
    name.toLowerCase(),
  ),
);

function toStatement(statement: unknown): PolicyStatement {
  const elements = toElements(statement, 'a statement');
  for (const name of elements.keys()) if (!STATEMENT_ELEMENTS.has(name)) throw new Malformed('a statement has an unknown element');
  const effect = elements.get('effect');
  if (effect !== 'Allow' && effect !== 'Deny') throw new Malformed('an Effect is neither Allow nor Deny');
  if (elements.has('action') === elements.has('notaction')) throw new Malformed('a statement needs either Action or NotAction');
  const sid = elements.get('sid');
  return {
    ...(typeof sid === 'string' ? { sid } : {}),
    effect,
    ...element('principals', elements.get('principal'), toPrincipals),
    ...element('notPrincipals', elements.get('notprincipal'), toPrincipals),
    ...element('actions', elements.get('action'), toStrings),
    ...element('notActions', elements.get('notaction'), toStrings),
    ...element('resources', elements.get('resource'), toStrings),
    ...element('notResources', elements.get('notresource'), toStrings),
    conditions: toConditions(elements.get('condition')),
  };
}

function element<Name extends string, Value>(
  name: Name,
  value: unknown,
  convert: (value: unknown) => Value,
): { readonly [N in Name]?: Value } {
  const converted: { [N in Name]?: Value } = {};
  if (value !== undefined) converted[name] = convert(value);
  return converted;
}

function toPrincipals(value: unknown): Principals {
  if (value === '*') return { aws: ['*'], service: [], federated: [], canonicalUser: [] };
  const kinds = toElements(value, 'a Principal');
  const known = ['aws', 'service', 'federated', 'canonicaluser'];
  for (const kind of kinds.keys()) if (!known.includes(kind)) throw new Malformed('a Principal is of an unknown kind');
  const of = (kind: string) => toStrings(kinds.get(kind));
  return { aws: of('aws'), service: of('service'), federated: of('federated'), canonicalUser: of('canonicaluser') };
}

function toConditions(value: unknown): readonly PolicyCondition[] {
  if (value === undefined) return [];
  return Object.entries(toObject(value, 'a Condition')).flatMap(([operator, keys]) =>
    Object.entries(toObject(keys, 'a Condition operator')).map(([key, values]) => ({
      ...toOperator(operator),
      key: key.toLowerCase(),
      values: toStrings(values),
    })),
  );
}

function toOperator(text: string): Pick<PolicyCondition, 'operator' | 'qualifier' | 'ifExists'> {
  const [, prefix, name = '', ifExists] = /^(forallvalues:|foranyvalue:)?(.*?)(ifexists)?$/s.exec(text.toLowerCase()) ?? [];
  const qualifier = prefix === 'forallvalues:' ? 'ForAllValues' : 'ForAnyValue';
  return { operator: name, ...(prefix === undefined ? {} : { qualifier }), ifExists: ifExists !== undefined };
}

/** Numbers and booleans may stand without quotation marks. */
function toStrings(value: unknown): readonly string[] {
  return oneOrMany(value).map((item) => {
    if (typeof item === 'string') return item;
    if (typeof item === 'number' || typeof item === 'boolean') return String(item);
    throw new Malformed('a value is neither text nor number nor boolean');
  });
}

function oneOrMany(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The members of an object by their lower-cased names: a name in unusual case must not hide its element. */
function toElements(value: unknown, what: string): ReadonlyMap<string, unknown> {
  const elements = new Map<string, unknown>();
  for (const [name, member] of Object.entries(toObject(value, what))) {
    const lower = name.toLowerCase();
    if (elements.has(lower)) throw new Malformed(`${what} has an element twice`);
    elements.set(lower, member);
  }
  return elements;
}

function toObject(value: unknown, what: string): object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${what} is not an object`);
  return value;
}
