import { describe, expect, test } from 'vitest';
import { refuse } from '../../../checks/check.ts';
import { isUnread } from '../../../checks/predicates/logic.ts';
import { tokenGap } from '../../../checks/predicates/metadata-tokens.ts';
import type { MetadataDefaults, MetadataSettings } from '../../../inventory/ec2/metadata-defaults.ts';

const open: MetadataSettings = { endpoint: undefined, tokens: undefined, hopLimit: undefined };
const none: MetadataDefaults = { ...open, enforced: false };

function gap(launch: Partial<MetadataSettings>, account: Partial<MetadataDefaults>, image: boolean | undefined) {
  return tokenGap({ ...open, ...launch }, { defaults: () => ({ ...none, ...account }), imageRequires: () => image });
}

/** Every combination, against the order of precedence as the documentation tells it: the launch, then the account, then the image. */
describe('the order of precedence', () => {
  const tokens = [undefined, 'optional', 'required'] as const;
  const rows = tokens.flatMap((launch) => tokens.flatMap((account) => [true, false].map((image) => ({ launch, account, image }))));

  test.each(rows)('launch $launch, account $account, image $image', ({ launch, account, image }) => {
    const effective = launch ?? account ?? (image ? 'required' : 'optional');
    expect(gap({ tokens: launch }, { tokens: account }, image) === undefined).toBe(effective === 'required');
  });
});

test('metadata that is switched off asks for no token, by the launch or by the account', () => {
  expect(gap({ endpoint: 'disabled' }, {}, false)).toBeUndefined();
  expect(gap({}, { endpoint: 'disabled' }, false)).toBeUndefined();
  expect(gap({ endpoint: 'enabled' }, { endpoint: 'disabled' }, false)).toBeDefined();
});

test('an account that lets nothing start without tokens closes the gap', () => {
  expect(gap({}, { enforced: true }, false)).toBeUndefined();
});

test('an image that is not known is a lesser gap', () => {
  expect(gap({}, {}, undefined)).toMatchObject({ severity: 'MEDIUM' });
  expect(gap({}, {}, false)).not.toHaveProperty('severity');
});

test('the evidence is what the launch says', () => {
  expect(gap({ tokens: 'optional', hopLimit: 2 }, {}, false)?.evidence).toEqual({ tokens: 'optional', hopLimit: 2 });
  expect(gap({}, { tokens: 'optional' }, false)?.evidence).toEqual({ tokens: 'not set' });
});

test('what is not needed is not asked for, and what is needed is not passed over', () => {
  const unread = { defaults: () => refuse('ec2:GetInstanceMetadataDefaults'), imageRequires: () => refuse('ec2:DescribeImages') };
  expect(tokenGap({ ...open, tokens: 'required' }, unread)).toBeUndefined();
  expect(tokenGap({ ...open, tokens: 'optional' }, unread)).toBeDefined();
  expect(thrownBy(() => tokenGap(open, unread))).toBe('ec2:GetInstanceMetadataDefaults');
  expect(thrownBy(() => tokenGap(open, { ...unread, defaults: () => none }))).toBe('ec2:DescribeImages');
});

function thrownBy(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (isUnread(error)) return error.reason.operation;
    throw error;
  }
  return undefined;
}
