import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../emulator/free-port.ts';

const VERSION = '3.0.0';
const JARS = join(import.meta.dirname, '../../.cache', `dynamodb-local-${VERSION}`);
const START_TIMEOUT = 30_000;

export interface DynamoDbLocal {
  readonly endpoint: string;
  readonly stop: () => void;
}

/** Starts Amazon's own DynamoDB Local, fetched once from Maven Central; where it cannot be had, says why in one line. */
export async function startDynamoDbLocal(): Promise<DynamoDbLocal | string> {
  const missing = findMissing();
  if (missing !== undefined) return missing;
  const port = await freePort();
  const main = 'software.amazon.dynamodb.services.local.main.ServerRunner';
  const server = spawn(
    'java',
    [`-Djava.library.path=${JARS}`, '-cp', join(JARS, '*'), main, '-inMemory', '-disableTelemetry', '-port', `${port}`],
    {
      stdio: 'ignore',
    },
  );
  const stop = () => void server.kill();
  process.once('exit', stop);
  const endpoint = `http://localhost:${port}`;
  for (const deadline = Date.now() + START_TIMEOUT; Date.now() < deadline && server.exitCode === null; await setTimeout(100)) {
    if (await answers(endpoint)) return { endpoint, stop };
  }
  stop();
  return 'DynamoDB Local does not start';
}

function findMissing(): string | undefined {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = Number(/version "(\d+)/.exec(java.stderr ?? '')?.[1] ?? 0);
  if (version < 17) return `DynamoDB Local needs Java 17, and ${version === 0 ? 'there is none' : `this is Java ${version}`}`;
  if (existsSync(JARS)) return undefined;
  if (spawnSync('mvn', ['-version']).status !== 0) return 'DynamoDB Local is fetched with Maven, and there is none';
  return fetchJars() ? undefined : 'DynamoDB Local could not be fetched from Maven Central';
}

/** Into a folder of its own first: whoever runs beside us sees all of it or nothing. */
function fetchJars(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'dynamodb-local-'));
  const incoming = `${JARS}.${process.pid}`;
  try {
    mkdirSync(incoming, { recursive: true });
    writeFileSync(join(folder, 'pom.xml'), POM);
    const goal = ['-q', '-B', '-f', join(folder, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${incoming}`];
    if (spawnSync('mvn', goal, { timeout: 180_000, stdio: 'ignore' }).status !== 0) return false;
    if (!existsSync(JARS)) renameSync(incoming, JARS);
    return true;
  } finally {
    for (const leftover of [folder, incoming]) rmSync(leftover, { recursive: true, force: true });
  }
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>dynamodb-local</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>software.amazon.dynamodb</groupId><artifactId>DynamoDBLocal</artifactId><version>${VERSION}</version></dependency>
  </dependencies>
</project>
`;

async function answers(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint);
    return true;
  } catch (error) {
    // fetch throws TypeError for a refused connection: the server is not up yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}
