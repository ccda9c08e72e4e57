import type { MetadataDefaults, MetadataSettings } from '../../inventory/ec2/metadata-defaults.ts';
import { type Failure, fail, type SeverityModifier } from '../check.ts';

/** What decides where a launch says nothing: asked only then, because it may not have been read. */
interface Beside {
  readonly defaults: () => MetadataDefaults;
  /** `undefined`: which image it will be is not known. */
  readonly imageRequires: () => boolean | undefined;
}

const UNKNOWN_IMAGE = { severity: 'MEDIUM', because: 'its image may require tokens' } as const;

/**
 * Why instances would answer metadata requests without a token; `undefined` if they would not. What the launch does not say the account's default does,
 * and without a preference there the image ("Order of precedence for instance metadata options", Amazon EC2 User Guide).
 */
export function tokenGap({ endpoint, tokens, hopLimit }: MetadataSettings, { defaults, imageRequires }: Beside): Failure | undefined {
  const gap = (reason: string, modifier?: SeverityModifier) =>
    fail(reason, { ...{ tokens: tokens ?? 'not set' }, ...(hopLimit === undefined ? {} : { hopLimit }) }, modifier);
  if (endpoint === 'disabled' || tokens === 'required') return undefined;
  if (tokens === 'optional') return gap('instances answer metadata requests without a token');
  const account = defaults();
  if (account.tokens === 'required' || account.enforced) return undefined;
  if (endpoint === undefined && account.endpoint === 'disabled') return undefined;
  if (account.tokens === 'optional') return gap('leaves tokens to the account, where they are optional');
  const required = imageRequires();
  if (required === true) return undefined;
  if (required === false) return gap('neither it, the account nor the image requires tokens');
  return gap('leaves tokens to an image that is not known', UNKNOWN_IMAGE);
}
