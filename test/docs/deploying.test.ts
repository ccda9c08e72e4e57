import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { auditDefinition } from '../../cdk/audit-definition.ts';
import { readDeploymentContext } from '../../cdk/deployment-context.ts';
import { checks } from '../../checks/registry.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { HUB, type Synthesized, synthesize } from '../cdk/synthesized.ts';
import { emptyFolder, fakeWorld, posture } from '../cli/fake-world.ts';
import { firstDigest } from './first-digest.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const deploying = read('docs/deploying.md');
const runbook = read('docs/runbook.md');
const readme = read('README.md');
const documents = { 'README.md': readme, 'docs/deploying.md': deploying, 'docs/runbook.md': runbook };
const operating = deploying + runbook;

/** All that a pattern finds of a text in its first group, each once, sorted. */
function found(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, first = '']) => first))].sort();
}

const notIn = (known: Iterable<string>, named: readonly string[]) => named.filter((name) => !new Set(known).has(name));

/** The text between a heading and the next of its rank. */
function section(text: string, heading: string): string {
  return text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
}

const Names = z.record(z.string(), z.unknown());
const { scripts, devDependencies } = z.object({ scripts: Names, devDependencies: Names }).parse(JSON.parse(read('package.json')));
const Typed = z.record(z.string(), z.looseObject({ Type: z.string() }));
let synthesized: Synthesized;
/** All stacks of an organization's deployment, and the templates for accounts by hand. */
let templates: readonly object[];
beforeAll(() => {
  const written = {
    organization: { id: 'o-a1b2c3d4e5', units: ['r-ab12'] },
    subscribers: [{ email: 'security@example.com' }],
    regions: [HUB.region],
  };
  synthesized = synthesize({ account: HUB.account, written });
  templates = [
    ...synthesized.stacks.map(({ id }) => synthesized.template(id).toJSON()),
    synthesized.templates.member,
    synthesized.templates.region,
  ];
}, 180_000);

describe.each(Object.entries(documents))('%s', (name, text) => {
  test('names npm scripts that there are', () => {
    expect(notIn([...Object.keys(scripts), 'posture'], found(text, /npm run (?:-s )?(?!-s)([\w-]+(?::[\w-]+)*)/g))).toEqual([]);
    expect(notIn(['cdk'], found(text, /\bnpx ([\w-]+)/g))).toEqual([]);
    expect(Object.keys(devDependencies)).toContain('aws-cdk');
  });

  test('links to what there is', () => {
    const links = [...text.matchAll(/\]\((?!https:)([^)#]*)(?:#([^)]+))?\)/g)];
    for (const [link, path = '', anchor] of links) {
      const target = path === '' ? name : join(name, '..', path);
      const headings = found(read(target), /^#+ (.+)$/gm).map((heading) =>
        heading
          .toLowerCase()
          .replace(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      );
      if (anchor !== undefined) expect(headings, link).toContain(anchor);
    }
  });

  test('names checks that there are', () => {
    const known = checks.map(({ id }) => id);
    expect(notIn(known, found(text, /(?<![\w-])((?:ec2|iam|s3|account|cloudtrail)-[a-z]+(?:-[a-z0-9]+)+)\b/g))).toEqual([]);
  });
});

test('posture commands and their options are there', async () => {
  const lines = Object.values(documents).flatMap((text) => [
    ...text.matchAll(/(?:^|`)(?:npm run -s posture -- |posture )([a-z]+)\b([^`\n|]*)/gm),
  ]);
  const used = Map.groupBy(lines, ([, command = '']) => command);
  expect([...used.keys()]).toEqual(expect.arrayContaining(['estimate', 'findings', 'runs', 'doctor']));
  for (const [command, uses] of used) {
    const { code, out } = await posture([command, '--help'], fakeWorld({}));
    const options = uses.flatMap(([, , rest = '']) => found(rest, /(?:^|\s)(--[a-z][a-z-]+)/g));
    expect([code, notIn(found(out, /(--[a-z][a-z-]+)/g), options)], command).toEqual([0, []]);
  }
});

test('outputs are those of the hub', () => {
  const outputs = Object.keys(synthesized.template('cloud-posture').findOutputs('*'));
  expect(notIn(outputs, found(operating, /\$\(output (\w+)\)/g))).toEqual([]);
  expect(notIn(outputs, found(operating, /\boutputs? `(\w+)`/g))).toEqual([]);
});

test('everything that is called cloud-posture is called so', () => {
  const ids = synthesized.stacks.flatMap(({ id, name }) => [id, name]);
  const names = found(JSON.stringify(templates), /(cloud-posture[\w-]*)/g);
  const own = ['cloud-posture-kept', 'cloud-posture-111122223333', 'cloud-posture-FindingsTable'];
  const named = found(operating, /(?<![\w-])(cloud-posture[\w-]*)/g).filter((name) => !name.endsWith('-'));
  expect(notIn([...ids, ...names, ...own], named)).toEqual([]);
});

test('the stacks are those that are deployed', () => {
  const rows = found(section(deploying, 'What is deployed'), /^\| `([\w-]+)` \|/gm);
  expect(rows).toEqual([...new Set(synthesized.stacks.map(({ name }) => name))].sort());
});

test('context is what a deployment reads', () => {
  const asked = new Set<string>();
  const context = (name: string): undefined => void asked.add(name);
  readDeploymentContext({ context, environment: {}, cwd: join(ROOT, 'docs') });
  expect(found(deploying, /^\| `(\w+)=[^`]+` \|/gm)).toEqual([...asked].sort());
  expect(notIn(asked, found(operating, /--context (\w+)=/g))).toEqual([]);
});

test('the services that a deployer has to do with are those of the templates', () => {
  const prefix: Readonly<Record<string, string>> = { StepFunctions: 'states' };
  const types = templates.flatMap((template) =>
    Object.values(Typed.parse(z.object({ Resources: Typed }).parse(template).Resources)).map(({ Type }) => Type.split('::')[1] ?? ''),
  );
  const rows = [...section(deploying, 'One account').matchAll(/^\| ((?:`[a-z0-9]+`(?:, )?)+) \|/gm)].map(([, cell = '']) => cell);
  const named = rows.flatMap((cell) => found(cell, /`([a-z0-9]+)`/g));
  expect(named.sort()).toEqual([...new Set(types.map((type) => prefix[type] ?? type.toLowerCase()))].sort());
});

test('each configuration is right', () => {
  const blocks = found(deploying, /```yaml\n([^`]+)```/g);
  expect(blocks).toHaveLength(3);
  for (const block of blocks) expect(() => parseConfig(block, 'posture.yaml', checks)).not.toThrow();
});

test('the first digest looks like that', () => {
  const { subject, text } = firstDigest();
  expect(deploying).toContain(`\n${subject}\n\n${text}`);
});

test('the costs are those of posture estimate', async () => {
  const { out } = await posture(['estimate'], fakeWorld({}), { cwd: emptyFolder(), columns: 80 });
  const [, quoted = 'nothing'] = /```\n(Cost [^`]+)```/.exec(deploying) ?? [];
  expect(out).toContain(quoted);
});

describe('the runbook', () => {
  const queries = [...runbook.matchAll(/```\n# (\/aws\/[\w/-]+)\n([^`]+)```/g)].map(([, group = '', query = '']) => ({ group, query }));

  test('asks logs that there are', () => {
    const groups = Object.values(synthesized.template('cloud-posture').findResources('AWS::Logs::LogGroup')).map(
      ({ Properties }) => Properties.LogGroupName,
    );
    expect(queries.length).toBeGreaterThan(5);
    expect(notIn(groups, found(runbook, /(\/aws\/(?:lambda|vendedlogs)\/[\w/-]+)/g))).toEqual([]);
  });

  test('asks for what the functions say', () => {
    const sources = ['run-job', 'summarize', 'plan-audit'].map((name) => read(`findings/${name}.ts`)).join();
    for (const { group, query } of queries) {
      const own = `${read(`functions/${group.replace('/aws/lambda/cloud-posture-', '')}.ts`)}${sources}`;
      const fields = found(query.replaceAll(/"[^"]*"|\/[^/\n]+\/|@\w+/g, ''), /\b([a-z]\w*)\b/g);
      const words = ['filter', 'display', 'sort', 'desc', 'like', 'and', 'or', 'message'];
      expect(notIn([...words, ...found(own, /\b([a-zA-Z]\w*)\b/g)], fields), query).toEqual([]);
    }
  });

  test('names states that there are', () => {
    const { States } = z
      .object({ States: Names })
      .parse(auditDefinition({ plan: '', scan: '', summarize: '', partition: 'aws', concurrency: 1 }));
    const cells = found(section(runbook, 'cloud-posture-audit-failed'), /^\| (`.+?) with /gm);
    expect(cells.length).toBeGreaterThan(3);
    expect(notIn(Object.keys(States), [...cells.flatMap((cell) => found(cell, /`([^`]+)`/g)), 'Broken off'])).toEqual([]);
  });
});
