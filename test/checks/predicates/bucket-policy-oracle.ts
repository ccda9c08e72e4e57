import type { RawPolicy, RawPrincipal, RawStatement } from './raw-policies.ts';

/** What a request carries, keys as AWS spells them; a key that is missing here is missing in the request. */
type Context = Readonly<Record<string, readonly string[]>>;
interface Caller {
  readonly principals: Readonly<Record<string, readonly string[]>>;
  readonly context: Context;
}

/** Somebody the bucket's owner has never heard of: not signed in at all, or with an account or organization of their own. */
const STRANGERS: readonly Caller[] = [
  { principals: {}, context: { 'aws:PrincipalAccount': ['anonymous'] } },
  foreigner({}),
  foreigner({ 'aws:PrincipalOrgID': ['o-foreign1234'], 'aws:PrincipalOrgPaths': ['o-foreign1234/r-ab12/'] }),
];

/** Where strangers can come from: anywhere on the internet, or an endpoint of a VPC of their own. */
const NETWORKS: readonly Context[] = [
  { 'aws:SourceIp': ['8.8.8.8'] },
  { 'aws:SourceIp': ['200.1.2.3'] },
  { 'aws:SourceIp': ['2a00:1450::1'] },
  { 'aws:SourceVpc': ['vpc-0foreign'], 'aws:SourceVpce': ['vpce-0foreign'], 'aws:VpceAccount': ['444455556666'] },
];

const CHOSEN: Context = { 'aws:SecureTransport': ['true'], 'aws:Referer': ['https://example.com/'], 'aws:UserAgent': ['curl'] };

const REQUESTS = {
  read: requests(['s3:GetObject', 's3:GetObjectAcl', 's3:ListMultipartUploadParts'], ['s3:ListBucket', 's3:GetBucketAcl']),
  write: requests(['s3:PutObject', 's3:PutObjectAcl', 's3:DeleteObject'], ['s3:PutBucketPolicy', 's3:DeleteBucket']),
};

/** Tries what every stranger can ask of `arn:aws:s3:::b`, request by request, as the IAM User Guide's "Policy evaluation logic" describes. */
export function strangersMay(access: 'read' | 'write', policy: RawPolicy): boolean {
  return STRANGERS.some((stranger) =>
    NETWORKS.some((network) => {
      const caller = { ...stranger, context: { ...stranger.context, ...network, ...CHOSEN } };
      return REQUESTS[access].some(([action, resource]) => {
        const effects = policy.Statement.filter((statement) => applies(statement, caller, action, resource)).map(({ Effect }) => Effect);
        return effects.includes('Allow') && !effects.includes('Deny');
      });
    }),
  );
}

function foreigner(organization: Context): Caller {
  const arn = 'arn:aws:iam::444455556666:user/mallory';
  return {
    principals: { AWS: [arn, '444455556666'] },
    context: {
      'aws:PrincipalArn': [arn],
      'aws:PrincipalAccount': ['444455556666'],
      'aws:userid': ['AIDAFOREIGNFOREIGN00'],
      'aws:PrincipalIsAWSService': ['false'],
      ...organization,
    },
  };
}

function requests(onObjects: readonly string[], onBucket: readonly string[]): readonly (readonly [string, string])[] {
  const objects = ['arn:aws:s3:::b/a.txt', 'arn:aws:s3:::b/public/x', 'arn:aws:s3:::b/x/public/z', 'arn:aws:s3:::b/private/y'];
  return [
    ...onObjects.flatMap((action) => objects.map((object) => [action, object] as const)),
    ...onBucket.map((action) => [action, 'arn:aws:s3:::b'] as const),
  ];
}

function applies(statement: RawStatement, caller: Caller, action: string, resource: string): boolean {
  return (
    (statement.Principal ? isAmong(statement.Principal, caller) : !isAmong(statement.NotPrincipal ?? '*', caller)) &&
    (statement.Action ? someLike(statement.Action, action, 'i') : !someLike(statement.NotAction ?? [], action, 'i')) &&
    (statement.Resource ? someLike(statement.Resource, resource) : !someLike(statement.NotResource ?? [], resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, caller.context[key], values)),
    )
  );
}

function isAmong(principal: RawPrincipal, { principals }: Caller): boolean {
  if (principal === '*') return true;
  return Object.entries(principal).some(([type, names]) =>
    names.some((name) => (type === 'AWS' && name === '*') || (principals[type] ?? []).includes(name)),
  );
}

function holds(operator: string, actual: readonly string[] | undefined, expected: readonly string[]): boolean {
  if (operator === 'Null') return expected.includes(String(actual === undefined));
  const [, quantifier, name, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const negated = name?.includes('Not') ?? false;
  if (actual === undefined) {
    if (ifExists || quantifier === 'ForAllValues') return true;
    return negated && quantifier !== 'ForAnyValue';
  }
  const matches = (value: string) => expected.some((pattern) => compare(name?.replace('Not', '') ?? '', value, pattern)) !== negated;
  return quantifier === 'ForAllValues' ? actual.every(matches) : actual.some(matches);
}

function compare(operator: string, value: string, pattern: string): boolean {
  switch (operator) {
    case 'StringEquals':
    case 'Bool':
      return value === pattern;
    case 'StringLike':
      return like(pattern, value);
    case 'ArnLike':
    case 'ArnEquals': {
      const parts = pattern.split(':');
      const rest = (text: string) => text.split(':').slice(5).join(':');
      return parts.slice(0, 5).every((part, index) => like(part, value.split(':')[index] ?? '')) && like(rest(pattern), rest(value));
    }
    case 'IpAddress':
      return inRange(value, pattern);
    default:
      throw new Error(`the oracle does not know ${operator}`);
  }
}

/** IPv4 by its bits; an IPv6 range holds an IPv6 address if it is `::/0`, which is all that the tests ask. */
function inRange(address: string, range: string): boolean {
  if (range.includes(':') || address.includes(':')) return range === '::/0' && address.includes(':');
  const [base = '', length = '32'] = range.split('/');
  const bits = (text: string) =>
    text
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
  return bits(base).slice(0, Number(length)) === bits(address).slice(0, Number(length));
}

function someLike(patterns: readonly string[], text: string, flags = ''): boolean {
  return patterns.some((pattern) => like(pattern, text, flags));
}

const compiled = new Map<string, RegExp>();

function like(pattern: string, text: string, flags = ''): boolean {
  const known = compiled.get(flags + pattern);
  if (known) return known.test(text);
  const source = [...pattern].map((character) => ({ '*': '.*', '?': '.' })[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`);
  compiled.set(flags + pattern, new RegExp(`^${source.join('')}$`, `u${flags}`));
  return like(pattern, text, flags);
}
