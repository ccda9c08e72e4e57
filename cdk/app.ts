import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { WrongConfig } from '../config/wrong-config.ts';
import { ConfigError } from '../findings/config-error.ts';
import type { AccountTemplates } from './account-templates.ts';
import { bundleFunctions } from './bundle.ts';
import { readDeploymentContext } from './deployment-context.ts';
import { addPostureStacks } from './posture-stacks.ts';

const ROOT = join(import.meta.dirname, '..');

/** What `cdk` runs: reads the configuration, bundles the functions, and writes the stacks and the templates for other accounts. */
async function synthesize(): Promise<void> {
  const app = new App();
  const { written, config, account, region, callAs } = readDeploymentContext({
    context: (name) => toText(app.node.tryGetContext(name)),
    environment: process.env,
    cwd: process.cwd(),
  });
  const asset = join(app.outdir, 'functions');
  await bundleFunctions({ outdir: asset, config: written });
  const templates = addPostureStacks(app, { config, asset, account, region, callAs });
  writeTemplates(templates);
  app.synth();
}

function writeTemplates(templates: AccountTemplates): void {
  const folder = join(ROOT, 'dist');
  mkdirSync(folder, { recursive: true });
  for (const [name, template] of Object.entries(templates)) {
    // What CloudFormation takes without a bucket is counted in bytes.
    writeFileSync(join(folder, `cloud-posture-${name}.template.json`), `${JSON.stringify(template)}\n`);
  }
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

try {
  await synthesize();
} catch (error) {
  if (!(error instanceof WrongConfig || error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
