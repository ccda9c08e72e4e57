import { gunzipSync } from 'node:zlib';
import { malformed } from '../broken-answer.ts';

/** A secret in a text: what it seems to be and on which line, counted from 1. Never the secret itself. */
export interface FoundSecret {
  readonly kind: string;
  readonly line: number;
}

/** User data is at most 16 kB before it is encoded (Amazon EC2 User Guide); compressed, it may be more. */
const MOST_BYTES = 1_000_000;

/**
 * The secrets in user data: base64, perhaps of gzip, as EC2 keeps it (Amazon EC2 User Guide, "Run commands when you launch an instance").
 * @throws Unread for what is compressed and cannot be opened: it must not pass for free of secrets
 */
export function secretsInUserData(operation: string, userData: string | undefined): readonly FoundSecret[] {
  return userData === undefined || userData === '' ? [] : secretsIn(decoded(operation, userData));
}

function decoded(operation: string, userData: string): string {
  const bytes = Buffer.from(userData, 'base64');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch {
    throw malformed(operation, 'compressed user data cannot be opened');
  }
}

/** The secrets in a text, each kind once a line. */
export function secretsIn(text: string): readonly FoundSecret[] {
  return text.split('\n').flatMap((line, index) => kindsIn(line).map((kind) => ({ kind, line: index + 1 })));
}

/** Forms that nothing but a secret has: published by who issues them. The repetitions are bounded, because anybody may write what is searched. */
const FORMS: readonly (readonly [kind: string, form: RegExp])[] = [
  ['AWS access key', /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])(?<!EXAMPLE)/],
  ['private key', /-----BEGIN (?:[A-Z0-9]{1,20} ){0,2}PRIVATE KEY-----/],
  ['GitHub token', /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255})/],
  ['GitLab token', /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,255}/],
  ['Slack token', /(?<![A-Za-z0-9])xox[abprs]-[A-Za-z0-9-]{10,255}/],
  ['Stripe key', /(?<![A-Za-z0-9])[rs]k_live_[A-Za-z0-9]{20,255}/],
  ['Google API key', /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/],
  ['npm token', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/],
  ['password in a URL', /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@'"]{1,100}:(?![$<{%*])[^\s/@'"]{3,100}@/i],
];

/** `DB_PASSWORD=…`, `"apiKey": "…"`, `--password …`: a name that says so, and a value that is no reference to where the secret is kept. */
const ASSIGNED =
  /(?:passw(?:or)?d|passphrase|secret|api[_-]?key|auth[_-]?token|access[_-]?token)([\w.-]{0,40})["']?(?:\s{0,4}(?::=|[:=])\s{0,4}|\s{1,4}(?=["']))(["']?)([^\s"'|;&)]{6,200})\2/gi;
/** What such a name goes on with where the value says where the secret is, or how it is to be: `SECRET_ARN`, `password_file`, `secret-id`. */
const ABOUT = /(?:^|[_.-])(?:arn|id|name|file|path|dir|url|uri|length|policy|version|ref|region|prefix|manager|hash)s?$/i;
const ABOUT_CAMEL = /(?:Arn|Id|Name|File|Path|Url|Length|Policy|Version|Ref|Region)s?$/;
/** Variables, templates, commands, files, ARNs and references. */
const REFERENCE = /^(?:[$<{%*!`(/\\]|arn:|resolve:|\{\{|https?:|file:|s3:|ssm:|vault:|required$|optional$|disabled$|enabled$|undefined$)/i;

function kindsIn(line: string): readonly string[] {
  const kinds = FORMS.flatMap(([kind, form]) => (form.test(line) ? [kind] : []));
  const isAssigned = [...line.matchAll(ASSIGNED)].some(
    ([, rest = '', , value = '']) => !ABOUT.test(rest) && !ABOUT_CAMEL.test(rest) && !REFERENCE.test(value),
  );
  return isAssigned ? [...kinds, 'password or key'] : kinds;
}
