import type { Configurable } from './config.ts';
import { toConfigSchema } from './schema.ts';
import type { WrittenConfig } from './written-config.ts';
import { WrongConfig } from './wrong-config.ts';
import { parseYaml } from './yaml-faults.ts';

/**
 * The contents of a configuration text, checked against these checks. `file` is how a message names it, `today` when it is read.
 * @throws WrongConfig that names the first mistake with its line, column and key, what was expected and the nearest right word
 */
export function parseConfig(text: string, file: string, checks: readonly Configurable[], today = new Date()): WrittenConfig {
  const parsed = parseYaml(text, toConfigSchema(checks, today));
  if ('value' in parsed) return parsed.value;
  const { faults } = parsed;
  const [{ line, column, message }, ...more] = faults;
  throw new WrongConfig(file, `${file}:${line}:${column}: ${message}${more.length === 0 ? '' : ` (and ${more.length} more)`}`, faults);
}
