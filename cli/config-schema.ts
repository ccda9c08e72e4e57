import * as z from 'zod';
import { type AnyCheck, type ParamValue, SEVERITIES } from '../checks/check.ts';
import { isPorts, isRegion, isTopic } from './formats.ts';

/** The shape of posture.yaml for these checks: their ids, and per check its own params with the types of the defaults. Each error says what was expected. */
export function toConfigSchema(checks: readonly AnyCheck[]) {
  return z.strictObject(
    {
      regions: listOf(text('a region such as eu-west-1', isRegion), 'a list of regions')
        .min(1, { error: 'at least one region' })
        .optional(),
      store: text('a file, or dynamodb://<table>', (written) => written.length > 0).optional(),
      topic: text('the ARN of an SNS topic', isTopic).optional(),
      trustedAccounts: accounts.optional(),
      approvedImageOwners: owners.optional(),
      checks: z
        .strictObject(Object.fromEntries(checks.map((check) => [check.id, toSettingsSchema(check).nullish()])), { error: MAPPING })
        .nullish(),
    },
    { error: MAPPING },
  );
}

/** The keys that may stand at a place of posture.yaml. */
export function keysAt(path: readonly (string | number)[], checks: readonly AnyCheck[]): readonly string[] {
  const [area, checkId, params] = path;
  if (area === undefined) return ['regions', 'store', 'topic', 'trustedAccounts', 'approvedImageOwners', 'checks'];
  if (area !== 'checks') return [];
  if (checkId === undefined) return checks.map(({ id }) => id);
  if (params === undefined) return ['enabled', 'severity', 'params'];
  return Object.keys(checks.find(({ id }) => id === checkId)?.params ?? {});
}

const MAPPING = 'keys and values';

function text(expected: string, isRight: (written: string) => boolean = () => true) {
  return z.string({ error: expected }).refine(isRight, { error: expected });
}

function listOf<Element extends z.ZodType>(element: Element, expected: string) {
  return z.array(element, { error: expected });
}

const isAccount = (written: string): boolean => /^\d{12}$/.test(written);
const accounts = listOf(text("an account id of 12 digits in quotes, such as '111122223333'", isAccount), 'a list of account ids');
const owners = listOf(
  text(
    'an account id of 12 digits in quotes, or an alias such as amazon',
    (written) => isAccount(written) || /^[a-z][a-z-]+$/.test(written),
  ),
  'a list of account ids and owner aliases',
);

/** A key that is no port would match nothing, and so pass everything. */
const ports = z
  .record(z.string(), text('the name of a service'), { error: 'ports and the names of their services' })
  .refine((written) => Object.keys(written).length > 0, { error: 'at least one port; turn the check off with "enabled: false" instead' })
  .refine((written) => Object.keys(written).every(isPorts), { error: 'ports such as 22, 5900-5903 or 1434/udp' });

function toSettingsSchema({ params = {} }: AnyCheck) {
  const own = Object.fromEntries(Object.entries(params).map(([name, preset]) => [name, toParamSchema(name, preset).optional()]));
  return z.strictObject(
    {
      enabled: z.boolean({ error: 'true or false' }).optional(),
      severity: z.enum(SEVERITIES, { error: `one of ${SEVERITIES.join(', ')}` }).optional(),
      params: z.strictObject(own, { error: MAPPING }).nullish(),
    },
    { error: MAPPING },
  );
}

/** A param takes what its default is. */
function toParamSchema(name: string, preset: ParamValue): z.ZodType<ParamValue> {
  if (name === 'trustedAccounts') return accounts;
  if (name === 'approvedImageOwners') return owners;
  if (name === 'ports') return ports;
  if (typeof preset === 'number') return toNumberSchema([preset]);
  if (typeof preset === 'boolean') return z.boolean({ error: 'true or false' });
  if (typeof preset === 'string') return text('text');
  if (isNumbers(preset)) return listOf(toNumberSchema(preset), 'a list of numbers');
  return Array.isArray(preset) ? listOf(text('text'), 'a list of texts') : z.record(z.string(), text('text'), { error: 'names and texts' });
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
