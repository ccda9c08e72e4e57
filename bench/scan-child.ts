import { awsWorld } from '../cli/aws-world.ts';
import { run } from '../cli/program.ts';

/** Runs the command line as a user would, and then tells on stderr what the process cost: peak memory in MB. */
const quiet = { write: () => undefined, isTTY: false, columns: 80 };
const [, , ...argv] = process.argv;
const code = await run(
  argv,
  {
    stdout: quiet,
    stderr: process.stderr.isTTY ? quiet : { ...quiet, write: (text: string) => process.stderr.write(text) },
    env: process.env,
    cwd: process.cwd(),
    now: () => new Date(),
    interrupted: new AbortController().signal,
  },
  awsWorld,
);
process.stdout.write(JSON.stringify({ code, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
process.exit(0);
