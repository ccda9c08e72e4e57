import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));

/** Folder → folders whose code it may run, and folders of which it may only use types. */
const ALLOWED: Readonly<Record<string, { readonly code: readonly string[]; readonly types: readonly string[] }>> = {
  inventory: { code: [], types: [] },
  checks: { code: [], types: ['inventory'] },
  findings: { code: ['checks'], types: ['inventory'] },
  config: { code: ['checks'], types: [] },
  functions: { code: ['checks', 'inventory', 'findings', 'config'], types: [] },
  cdk: { code: ['checks', 'inventory', 'findings', 'config'], types: ['functions'] },
  cli: { code: ['checks', 'inventory', 'findings', 'config'], types: [] },
  emulator: { code: ['checks', 'inventory', 'findings', 'cli'], types: [] },
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:\{([^}]*)\}|[\w*\s,]+)?\s*(?:from\s*)?['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g,
  );
  return [...found].map(([, type, names, path, dynamic]) => ({
    from: file,
    to: relative(root, join(root, dirname(file), path ?? dynamic ?? '')),
    typeOnly: type !== undefined || names?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')) === true,
  }));
}

const folderOf = (path: string): string => path.split('/')[0] ?? '';

describe('imports', () => {
  test.each(Object.entries(ALLOWED))('%s uses only what it may', (folder, { code, types }) => {
    const wrong = files
      .filter((file) => folderOf(file) === folder)
      .flatMap(importsOf)
      .filter(({ to, typeOnly }) => folderOf(to) !== folder && !code.includes(folderOf(to)) && !(typeOnly && types.includes(folderOf(to))));
    expect(wrong).toEqual([]);
  });

  test('only tests, benchmarks and the demo use the emulator', () => {
    const users = files.filter((file) => importsOf(file).some(({ to }) => folderOf(to) === 'emulator')).map(folderOf);
    expect([...new Set(users)].filter((folder) => !['emulator', 'test', 'bench'].includes(folder))).toEqual([]);
  });
});

describe('files', () => {
  test('no file or folder is named after nothing', () => {
    expect(files.filter((file) => /(^|\/)(utils?|common|lib|helpers?|shared|misc)(\.|\/)/.test(file))).toEqual([]);
  });

  test('no file outgrows one idea (400 lines)', () => {
    expect(files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 401)).toEqual([]);
  });

  test('no check outgrows one screen (80 lines)', () => {
    const checkFiles = files.filter((file) => /^checks\/(?!predicates\/)[^/]+\//.test(file));
    expect(checkFiles.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 81)).toEqual([]);
  });
});

describe('what is derived', () => {
  test('registry, catalogue, permissions and the table in the README are fresh', () => {
    expect(
      execFileSync(process.execPath, ['docs/generate.ts', '--check'], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    ).toBe('');
  });
});
