import type { Io, Sink } from '../cli/io.ts';
import { tellStory } from './demo/story.ts';

/** Ctrl-C needs no handling here: moto's own handler ends it, and there is nothing else to leave behind. */
const io: Io = {
  stdout: toSink(process.stdout),
  stderr: toSink(process.stderr),
  env: process.env,
  cwd: import.meta.dirname,
  now: () => new Date(),
  interrupted: new AbortController().signal,
};

try {
  await tellStory(io);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`demo: ${error.message}\n`);
  if ((process.env.POSTURE_DEBUG ?? '') !== '') process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
}

/** A sink over a stream. When whoever reads has stopped reading, as `head` does, the demo is over; moto ends with it. */
function toSink(stream: NodeJS.WriteStream): Sink {
  stream.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  return { write: (text) => void stream.write(text), isTTY: stream.isTTY ?? false, columns: stream.columns };
}
