import type { Estate } from './estate.ts';
import { benchEvaluate } from './evaluate.ts';
import { benchScan, type ScanFigures } from './scan.ts';

/** Prints what a scan costs: calls, wall time and peak memory for a small and a large account, and the speed of judging alone. Exits with 1 when a limit is broken. */
const LATENCY = 40;
const SMALL: Estate = { users: 50, roles: 30, buckets: 20, instances: 30, securityGroups: 40, regions: 17 };
const LARGE: Estate = { users: 2_000, roles: 500, buckets: 1_000, instances: 5_000, securityGroups: 2_000, regions: 17 };
const broken: string[] = [];

const evaluation = await benchEvaluate({ ...LARGE, buckets: 300 });
line(
  'judge',
  `${evaluation.resources.toLocaleString('en')} resources, ${evaluation.evaluations.toLocaleString('en')} verdicts in ${evaluation.seconds.toFixed(2)} s`,
);
limit('200,000 resources are judged in under 2 s', evaluation.seconds < 2);

const small = await benchScan(SMALL, LATENCY);
report('small', SMALL, small);
const large = await benchScan(LARGE, LATENCY);
report('large', LARGE, large);
limit('the large account takes under 60 s', large.seconds < 60);
limit('the large account takes under 512 MB', large.peakMb < 512);
limit('no throttling answers', small.throttled + large.throttled === 0);
limit('everything could be read', small.unknown + large.unknown === 0);

for (const limitBroken of broken) process.stdout.write(`BROKEN  ${limitBroken}\n`);
process.exitCode = broken.length === 0 ? 0 : 1;

function report(name: string, estate: Estate, figures: ScanFigures): void {
  const { users, roles, buckets, instances, securityGroups, regions } = estate;
  line(
    name,
    `${users} users, ${roles} roles, ${buckets} buckets, ${instances} instances, ${securityGroups} security groups, ${regions} regions; ${LATENCY} ms a call`,
  );
  line(
    '',
    `${figures.seconds.toFixed(1)} s, ${figures.peakMb} MB at most, ${figures.evaluations.toLocaleString('en')} verdicts (${figures.unknown} unknown)`,
  );
  line('', `${figures.calls.toLocaleString('en')} calls, ${figures.throttled} throttled`);
  const operations = Object.entries(figures.callsByOperation).sort(([, a], [, b]) => b - a);
  for (const [operation, count] of operations) line('', `  ${String(count).padStart(6)}  ${operation}`);
}

function limit(what: string, holds: boolean): void {
  line(holds ? 'holds' : 'BROKEN', what);
  if (!holds) broken.push(what);
}

function line(label: string, text: string): void {
  process.stdout.write(`${label.padEnd(8)}${text}\n`);
}
