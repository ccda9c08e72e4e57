import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../../findings/open-store.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import { collect, finding, SCOPE } from './samples.ts';
import { storeContract } from './store-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'posture-store-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const newPath = () => join(folder, `${(count += 1)}`, '.posture', 'findings.db');

let path = newPath();
storeContract('the SQLite store', {
  empty: async () => {
    path = newPath();
  },
  open: () => openSqliteStore(path),
});

describe('the file of the SQLite store', () => {
  test('is readable for its owner only', async () => {
    const path = newPath();
    await (await openStore(path)).close();
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(join(path, '..')).mode & 0o077).toBe(0);
  });

  function foreign(sql: string): string {
    const path = join(folder, `${(count += 1)}.db`);
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
    return path;
  }

  function text(content: string): string {
    const path = join(folder, `${(count += 1)}.txt`);
    writeFileSync(path, content);
    return path;
  }

  test.each([
    ['text', () => text('hello '.repeat(100)), /is not a database.*--store/],
    ['a short text', () => text('hello'), /is not a database/],
    ['the database of another program', () => foreign('CREATE TABLE person (name)'), /database of another program.*--store/],
    [
      'a newer store',
      () => foreign(`PRAGMA application_id = ${0x70_6f_73_74}; PRAGMA user_version = 2; CREATE TABLE x (y)`),
      /written by a newer version.*update/,
    ],
  ])('that is %s is refused and stays as it is', async (_what, make, message) => {
    const path = make();
    const before = readFileSync(path);
    await expect(openSqliteStore(path)).rejects.toThrow(message);
    await expect(openSqliteStore(path)).rejects.toMatchObject({ name: 'ConfigError', message: expect.stringContaining(path) });
    expect(readFileSync(path)).toEqual(before);
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  test('that is damaged is refused and stays as it is', async () => {
    const path = newPath();
    const store = await openSqliteStore(path);
    for (let n = 0; n < 200; n += 1) await store.save(finding(`sg-${n}`));
    await store.close();
    truncateSync(path, Math.floor(statSync(path).size / 8_192) * 4_096);
    const before = readFileSync(path);
    await expect(openSqliteStore(path)).rejects.toThrow(/cannot be used .*damaged: move it away/s);
    expect(readFileSync(path)).toEqual(before);
  });

  test('that holds a record of another form says so', async () => {
    const path = newPath();
    const store = await openSqliteStore(path);
    await store.save(finding('sg-1'));
    const database = new DatabaseSync(path);
    database.exec(`UPDATE finding SET body = '{"id": 1}'`);
    database.close();
    await expect(collect(store.findings(SCOPE))).rejects.toThrow(/holds a record that is not ours/);
    await store.close();
  });

  test('that is a folder, or in one that is a file, is refused', async () => {
    await expect(openSqliteStore(folder)).rejects.toThrow(/cannot be opened for writing/);
    await expect(openSqliteStore(join(text('hello'), 'findings.db'))).rejects.toThrow(/cannot be opened for writing/);
  });

  test('outlives a process that is killed while it writes', async () => {
    const path = newPath();
    const script = `
      import { openSqliteStore } from ${JSON.stringify(join(import.meta.dirname, '../../findings/sqlite-store.ts'))};
      import { finding } from ${JSON.stringify(join(import.meta.dirname, 'samples.ts'))};
      const store = await openSqliteStore(${JSON.stringify(path)});
      for (let n = 0; ; n += 1) {
        await store.save(finding('sg-' + n));
        if (n === 50) console.log('writing');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await openSqliteStore(path);
    const kept = await collect(store.findings(SCOPE));
    expect(kept.length).toBeGreaterThan(50);
    expect(await store.save(finding('sg-next'))).toBe('saved');
    await store.close();
  }, 60_000);

  test('is shared by processes that start at once', async () => {
    const path = newPath();
    const script = `
      import { openSqliteStore } from ${JSON.stringify(join(import.meta.dirname, '../../findings/sqlite-store.ts'))};
      import { finding } from ${JSON.stringify(join(import.meta.dirname, 'samples.ts'))};
      const store = await openSqliteStore(${JSON.stringify(path)});
      let won = 0;
      for (let n = 0; n < 100; n += 1) if ((await store.save(finding('sg-' + n))) === 'saved') won += 1;
      await store.close();
      console.log(won);`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
    const outputs = await Promise.all([run(), run(), run(), run()]);
    expect(outputs.map(({ stdout }) => Number(stdout)).reduce((a, b) => a + b)).toBe(100);
    const store = await openSqliteStore(path);
    expect(await collect(store.findings(SCOPE))).toHaveLength(100);
    await store.close();
  }, 60_000);
});

describe('a location', () => {
  test.each([
    ['', /has no name/],
    ['postgres://host/db', /unknown kind/],
    ['dynamodb://', /names no table/],
    ['dynamodb://t', /names no table/],
    ['dynamodb://table?regin=eu-west-1', /names no table/],
  ])('"%s" is refused', async (location, message) => {
    await expect(openStore(location)).rejects.toThrow(message);
  });
});
