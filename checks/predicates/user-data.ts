import type { FoundSecret } from '../../inventory/ec2/user-data-secrets.ts';
import type { Evidence } from '../check.ts';

/** What the secrets seem to be and where: never what they say. */
export function secretsEvidence(found: readonly FoundSecret[]): Evidence {
  return { secrets: found.map(({ kind, line }) => `${kind} on line ${line}`) };
}
