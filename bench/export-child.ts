import { closeSync, openSync, writeSync } from 'node:fs';
import { EXPORTS } from './exports.ts';
import { toLargeReport } from './large-report.ts';

/** Writes one export of a large report to a file, as the command line does, and prints how long that took and what it needed: `{ seconds, peakMb, bytes }`. */
const [name = '', count = '', file = ''] = process.argv.slice(2);
const load = EXPORTS[name];
if (load === undefined) throw new Error(`there is no export ${name}`);

const report = toLargeReport(Number(count));
const started = performance.now();
const toText = await load();
const open = openSync(file, 'w');
let bytes = 0;
for (const chunk of toText(report)) bytes += writeSync(open, chunk);
closeSync(open);
const seconds = (performance.now() - started) / 1000;
process.stdout.write(JSON.stringify({ seconds, peakMb: Math.round(process.resourceUsage().maxRSS / 1024), bytes }));
