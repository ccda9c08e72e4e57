import { writeFileSync } from 'node:fs';

/** Preloaded into a process that is measured: leaves its peak memory, in kB, in the file that `PEAK_MEMORY_FILE` names. */
process.on('exit', () => {
  const { PEAK_MEMORY_FILE } = process.env;
  if (PEAK_MEMORY_FILE !== undefined) writeFileSync(PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS));
});
