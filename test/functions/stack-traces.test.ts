import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../cdk/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'traces-'));
await bundleFunctions({ outdir: folder, config: {} });
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program prints that has loaded a deployed function: its handlers have been made, and so its traces are mapped. */
function printedBy(program: string): readonly string[] {
  const load = `const { handler } = await import(${JSON.stringify(pathToFileURL(join(folder, 'confirm.mjs')).href)});`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', `${load}\n${program}`], {
    env: { AWS_REGION: 'eu-west-1', POWERTOOLS_SERVICE_NAME: 'cloud-posture' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return stdout.split('\n');
}

test('the trace of an error names the lines that were written, and functions by their names', () => {
  const [message, ...places] = printedBy(
    "await handler({}, { functionName: 'confirm', invokedFunctionArn: '' }, () => {}).catch((error) => console.log(error.stack));",
  );
  expect(message).toMatch(/^\w*Error: ./);
  const ours = places.filter((place) => /functions\/\w+\.ts:\d+:\d+/.test(place));
  expect(ours).not.toEqual([]);
  expect(places.filter((place) => place.includes('.mjs') || place.includes('..'))).toEqual([]);
});

test('a place that no map knows stays as it is, and an error that cannot be written is told all the same', () => {
  const [first, second] = printedBy("console.log(new Error('plain').stack); ").filter((line) => line !== '');
  expect(first).toBe('Error: plain');
  expect(second).toMatch(/^ {4}at file:\/\/\/.*\[eval1\]:2:\d+$/);
  const program = "console.log(Object.assign(new Error('x'), { toString() { throw 1; } }).stack);";
  expect(printedBy(program)[0]).toBe('Error');
});
