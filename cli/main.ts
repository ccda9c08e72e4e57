import { awsWorld } from './aws-world.ts';
import { EXIT } from './exit-codes.ts';
import type { Io, Sink } from './io.ts';
import { run } from './program.ts';

/** A sink over a stream. Whoever reads may stop reading, as `head` does: then we go on in silence, so that what is kept is whole. */
function toSink(stream: NodeJS.WriteStream): Sink {
  let closed = false;
  stream.on('error', (error) => {
    closed = true;
    if (stream === process.stderr || ('code' in error && error.code === 'EPIPE')) return;
    process.stderr.write(`posture: stdout cannot be written (${error.message}); name a file with --output\n`);
    process.exit(EXIT.undelivered);
  });
  return {
    write: (text) => {
      if (!closed) stream.write(text);
    },
    async hasRoom() {
      if (!closed && stream.writableNeedDrain) await drained(stream);
      return !closed;
    },
    isTTY: stream.isTTY ?? false,
    get columns() {
      return stream.columns;
    },
  };
}

/** Resolves when a stream takes more, or nobody reads any more. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const events = ['drain', 'error', 'close'] as const;
  const done = () => {
    for (const event of events) stream.off(event, done);
    resolve();
  };
  for (const event of events) stream.on(event, done);
  return promise;
}

/** Resolves when all that was written has left, or nobody reads any more. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => (stream.writable ? stream.write('', () => resolve()) : resolve()));
}

/** `node:sqlite` and much of what we write with. package.json's "engines" says the same, but npm only warns. */
const OLDEST_NODE = [22, 13] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  process.stderr.write(`posture: this is Node ${process.versions.node}, and ${OLDEST_NODE.join('.')} or newer is needed; install that\n`);
  process.exit(EXIT.usage);
}

/** Warnings of Node and of the SDK are for developers: `node:sqlite` has one until it is stable. */
if ((process.env.POSTURE_DEBUG ?? '') === '') process.removeAllListeners('warning');

const interruption = new AbortController();
let interruptions = 0;
process.on('SIGINT', () => {
  interruptions += 1;
  if (interruptions > 1) process.exit(EXIT.interrupted);
  interruption.abort();
});

const io: Io = {
  stdout: toSink(process.stdout),
  stderr: toSink(process.stderr),
  get stdin() {
    return process.stdin;
  },
  env: process.env,
  cwd: process.cwd(),
  now: () => new Date(),
  interrupted: interruption.signal,
};

const code = await run(process.argv.slice(2), io, awsWorld);
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
process.exit(code);
