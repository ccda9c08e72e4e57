import { describe, expect, test } from 'vitest';
import type { AnyCheck, ExampleKind } from '../../../checks/check.ts';
import { checks } from '../../../checks/registry.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import type { Resource } from '../../../inventory/reader.ts';
import { EXAMPLE_NOW, exampleResource } from '../../checks/example-resource.ts';
import { collected, heldBy } from './round-trip.ts';

const KINDS: readonly ExampleKind[] = ['pass', 'fail', 'unknown', 'notApplicable'];

describe.each(checks)('$id', (check) => {
  test('judges each of its examples from a snapshot as it does live', async () => {
    const live = KINDS.flatMap((kind) => Object.values(check.examples[kind])).map((example) => exampleResource(check, example));
    for (const resource of live) {
      const [stored] = await heldBy(await collected([resource], check.needs));
      expect(stored?.identity).toStrictEqual(resource.identity);
      expect(await judged(check, stored ?? expect.unreachable())).toStrictEqual(await judged(check, resource));
    }
  });

  test('says UNKNOWN of a snapshot that lacks what it needs', async () => {
    const [example] = Object.values(check.examples.pass);
    const live = exampleResource(check, example ?? expect.unreachable());
    const held = await heldBy(await collected([live], []));
    const { status, crashed, unread } = Object(await judged(check, held[0] ?? expect.unreachable()));
    expect([status, crashed, unread?.cause]).toEqual(['UNKNOWN', false, 'no-data']);
  });
});

async function judged(check: AnyCheck, resource: Resource) {
  return evaluate(ready(check, EXAMPLE_NOW), resource);
}
