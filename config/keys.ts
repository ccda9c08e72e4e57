import * as z from 'zod';

/** The keys that may stand at a place, by the schema itself. None where any key may stand, and where none may. */
export function keysAt(schema: unknown, path: readonly (string | number)[]): readonly string[] {
  const bare = bareOf(schema);
  const [step, ...rest] = path;
  if (bare instanceof z.ZodArray) return step === undefined ? [] : keysAt(bare.element, rest);
  if (!(bare instanceof z.ZodObject)) return [];
  return step === undefined ? Object.keys(bare.shape) : keysAt(bare.shape[step], rest);
}

function bareOf(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? bareOf(schema.unwrap()) : schema;
}
