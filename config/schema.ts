import * as z from 'zod';
import { type ParamValue, SEVERITIES } from '../checks/check.ts';
import type { Configurable } from './config.ts';
import { deploymentKeys } from './deployment-schema.ts';
import { accounts, distinct, MAPPING, owners, region, tagKey, text, trueOrFalse } from './elements.ts';
import { toExceptionsSchema } from './exceptions-schema.ts';
import { isPorts, isTopic } from './formats.ts';
import { assertUnitsKnown, toTailoringSchema } from './tailoring-schema.ts';
import type { WrittenConfig } from './written-config.ts';

/** The shape of posture.yaml for these checks: their ids, and per check its own params with the types of the defaults. Each error says what was expected. `today` is when it is written. */
export function toConfigSchema(checks: readonly Configurable[], today = new Date()): z.ZodType<WrittenConfig> {
  const settings = z
    .strictObject(Object.fromEntries(checks.map((check) => [check.id, toSettingsSchema(check).nullish()])), {
      error: MAPPING,
    })
    .meta({ id: 'checks' });
  return z
    .strictObject(
      {
        regions: distinct(region, 'a list of regions').min(1, { error: 'at least one region' }).optional(),
        store: text('a file, or dynamodb://<table>', (written) => written.length > 0).optional(),
        topic: text('the ARN of an SNS topic', isTopic).optional(),
        ...deploymentKeys,
        trustedAccounts: accounts.optional(),
        approvedImageOwners: owners.optional(),
        checks: settings.nullish(),
        applicationTag: tagKey.optional(),
        tailoring: toTailoringSchema(settings).nullish(),
        exceptions: toExceptionsSchema(checks, today).nullish(),
      },
      { error: MAPPING },
    )
    .superRefine(({ accounts, organization, tailoring }, context) => {
      if (accounts && organization)
        context.addIssue({ code: 'custom', path: ['organization'], message: 'cannot stand beside', params: { sibling: 'accounts' } });
      if (!organization) assertUnitsKnown(tailoring ?? [], context);
    });
}

/** A key that is no port would match nothing, and so pass everything. */
const ports = z
  .record(z.string(), text('the name of a service'), { error: 'ports and the names of their services' })
  .refine((written) => Object.keys(written).length > 0, { error: 'at least one port; turn the check off with "enabled: false" instead' })
  .refine((written) => Object.keys(written).every(isPorts), { error: 'ports such as 22, 5900-5903 or 1434/udp' });

function toSettingsSchema({ params = {} }: Configurable) {
  const own = Object.fromEntries(Object.entries(params).map(([name, preset]) => [name, toParamSchema(name, preset).optional()]));
  return z.strictObject(
    {
      enabled: trueOrFalse.optional(),
      severity: z.enum(SEVERITIES, { error: `one of ${SEVERITIES.join(', ')}` }).optional(),
      params: z.strictObject(own, { error: MAPPING }).nullish(),
    },
    { error: MAPPING },
  );
}

/** Of what checks of activity count: a tally is one item of the table, and its window a day at most. */
const BOUNDS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['minutes', [1, 1440]],
  ...['failures', 'users', 'calls', 'apis'].map((name): [string, readonly [number, number]] => [name, [1, 1000]]),
]);

function between(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

/** A param takes what its default is. */
function toParamSchema(name: string, preset: ParamValue): z.ZodType<ParamValue> {
  if (name === 'trustedAccounts') return accounts;
  if (name === 'approvedImageOwners') return owners;
  if (name === 'ports') return ports;
  const bounds = BOUNDS.get(name);
  if (bounds) return between(...bounds);
  if (typeof preset === 'number') return toNumberSchema([preset]);
  if (typeof preset === 'boolean') return trueOrFalse;
  if (typeof preset === 'string') return text('text');
  if (isNumbers(preset)) return z.array(toNumberSchema(preset), { error: 'a list of numbers' });
  return Array.isArray(preset)
    ? z.array(text('text'), { error: 'a list of texts' })
    : z.record(z.string(), text('text'), { error: 'names and texts' });
}

/** Days, ports and counts: whole and not negative wherever the default is. */
function toNumberSchema(presets: readonly number[]) {
  const whole = presets.every((preset) => Number.isInteger(preset) && preset >= 0);
  const expected = whole ? 'a whole number that is not negative' : 'a number';
  return z.number({ error: expected }).refine((written) => !whole || (Number.isSafeInteger(written) && written >= 0), { error: expected });
}

function isNumbers(value: ParamValue): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((element) => typeof element === 'number');
}
