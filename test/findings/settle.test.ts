import { expect, test } from 'vitest';
import { toExceptions } from '../../findings/exceptions.ts';
import { openStore } from '../../findings/open-store.ts';
import { settler } from '../../findings/settle.ts';
import { at, CHECK, entry, finding, group } from './samples.ts';
import { temporaryFile } from './temporary-file.ts';

const TERMS = { owner: 'web@example.com', reason: 'it moves', expires: '2026-11-20', ticket: 'OPS-1' };

test('an exception that has ended lapses where nobody could look, and once', async () => {
  const store = await openStore(temporaryFile('findings.db'));
  const history = [entry('opened', 1), { ...entry('excepted', 2), exception: TERMS }];
  const excepted = finding('sg-1', { state: 'excepted', exception: TERMS, judgedAt: at(1), version: 1, history });
  await store.save(excepted);
  const exceptions = toExceptions([{ check: CHECK, resource: group('sg-1').arn, ...TERMS }]);
  const settle = settler({ store, exceptions, runId: 'run-5', now: () => new Date(at(5)) });
  const settled = await settle(excepted);
  expect(settled).toMatchObject({ state: 'open', unannounced: true, version: 2, judgedAt: at(1) });
  expect(await store.finding(excepted.id)).toStrictEqual(settled);
  expect(await settle(settled)).toBe(settled);
  expect(await settle(excepted), 'told again of what it was before').toStrictEqual(settled);
  await store.close();
});
