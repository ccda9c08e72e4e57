import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { start } from './child.ts';
import { emptyFolder } from './fake-world.ts';

const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

/** Listens on loopback as if it were AWS. */
async function awsAt(listener: RequestListener): Promise<Readonly<Record<string, string>>> {
  const server = createServer(listener).unref();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { ...keys, AWS_ENDPOINT_URL: `http://localhost:${address.port}` };
}

describe('a real process says in one line why it stops', { timeout: 60_000 }, () => {
  test.each([
    ['wrong option', ['scan', '--nope'], {}, 2, 'unknown option'],
    ['no credentials', ['scan'], {}, 4, 'no AWS credentials'],
    ['no such profile', ['scan', '--profile', 'nope'], keys, 4, 'there are no credentials for the profile "nope"'],
    ['no network', ['scan'], { ...keys, AWS_ENDPOINT_URL: 'http://localhost:1' }, 4, 'AWS STS cannot be reached'],
    ['no store', ['findings'], {}, 2, 'there is no store'],
  ] as const)('%s', async (_name, argv, env, code, said) => {
    const cwd = emptyFolder();
    const ended = await start(argv, env, cwd).ended;
    expect(ended).toMatchObject({ code, out: '' });
    expect(ended.err).toMatch(/^posture: [^\n]+\n$/);
    expect(ended.err).toContain(said);
    expect(existsSync(join(cwd, '.posture'))).toBe(false);
  });

  test('expired credentials', async () => {
    const env = await awsAt((_request, response) => {
      response.writeHead(403, { 'content-type': 'text/xml' });
      response.end(
        '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></ErrorResponse>',
      );
    });
    const ended = await start(['scan'], env).ended;
    expect(ended).toMatchObject({ code: 4, out: '' });
    expect(ended.err).toMatch(/^posture: the credentials have expired [^\n]+\n$/);
  });

  test('a store that is none, and stays as it is', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'bad.db'), 'garbage');
    const ended = await start(['scan', '--store', 'bad.db'], keys, cwd).ended;
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^posture: the store [^\n]+\n$/) });
    expect(readFileSync(join(cwd, 'bad.db'), 'utf8')).toBe('garbage');
  });
});

test('Ctrl-C ends a real process with 130', { timeout: 60_000 }, async () => {
  const asked = Promise.withResolvers<void>();
  const env = await awsAt(() => asked.resolve());
  const { child, ended } = start(['scan'], env);
  await asked.promise;
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: 130, out: '', err: expect.stringMatching(/^posture: stopped[^\n]+\n$/) });
});

test('whoever stops reading is not answered with an error', { timeout: 60_000 }, async () => {
  const { child, ended } = start(['checks', '--format', 'json']);
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, err: '' });
});
