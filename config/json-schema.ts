import * as z from 'zod';
import type { Configurable } from './config.ts';
import { toConfigSchema } from './schema.ts';

/** The JSON Schema of posture.yaml for these checks, by which editors check and complete it. What two keys say together only `posture config check` knows. */
export function toJsonSchema(checks: readonly Configurable[]): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(toConfigSchema(checks), {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
  });
  return { $schema, title: 'posture.yaml', description: 'The configuration of cloud-posture.', ...schema };
}
