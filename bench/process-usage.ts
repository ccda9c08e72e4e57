import { writeFileSync } from 'node:fs';

/** Preloaded into a process that is measured: leaves what it has used of memory and processors in the file that `PROCESS_USAGE_FILE` names. */
process.on('exit', () => {
  const { PROCESS_USAGE_FILE } = process.env;
  if (PROCESS_USAGE_FILE !== undefined) writeFileSync(PROCESS_USAGE_FILE, JSON.stringify(process.resourceUsage()));
});
