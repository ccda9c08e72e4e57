import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';
import * as z from 'zod';
import type { AccountTemplates } from '../../cdk/account-templates.ts';
import { HubStack } from '../../cdk/hub-stack.ts';
import type { CallAs } from '../../cdk/organization-stack.ts';
import { addPostureStacks } from '../../cdk/posture-stacks.ts';
import { toConfig } from '../../config/config.ts';
import type { WrittenConfig } from '../../config/written-config.ts';

export const HUB = { account: '111122223333', region: 'eu-west-1' };

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });
const flags = {
  ...CdkJson.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'))).context,
  // Slow where sources are transformed.
  'aws:cdk:disable-stack-trace': true,
};

/** An app with the flags of cdk.json, and without CloudFormation's own validation, which takes seconds. */
export function newApp(outdir?: string): App {
  const context = { ...flags, '@aws-cdk/core:validateAgainstDefaultRules': false };
  return new App({
    context,
    builtinCloudFormationValidation: false,
    analyticsReporting: false,
    ...(outdir === undefined ? {} : { outdir }),
  });
}

/** The hub stack alone, with functions that do nothing. */
export function hubTemplate(written: WrittenConfig = {}): Template {
  return withAsset((asset) =>
    Template.fromStack(new HubStack(newApp(), 'hub', { config: toConfig(written), asset, externalId: 'an-id', env: HUB })),
  );
}

export interface Given {
  readonly written?: WrittenConfig;
  /** Of the hub, unless it is to be whichever one deploys into. */
  readonly account?: string | undefined;
  readonly callAs?: CallAs;
  /** With the regions that are there without being asked for, too: a stack for each takes its time. */
  readonly everywhere?: boolean;
  /** Adds to the app what a test wants to see in it. */
  readonly also?: (app: App) => void;
}

export interface SynthesizedStack {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Of its template as it is sent to CloudFormation. */
  readonly bytes: number;
  /** ARNs of what the CDK's command line assumes, and of what CloudFormation does. */
  readonly roles: readonly (string | undefined)[];
}

export interface Synthesized {
  /** In the order in which they are deployed. */
  readonly stacks: readonly SynthesizedStack[];
  /** Of a stack, by its id. */
  readonly template: (id: string) => Template;
  readonly templates: AccountTemplates;
}

/**
 * All stacks of a configuration, with functions that do nothing.
 * @throws Error that lists what cdk-nag found and nobody has acknowledged
 */
export function synthesize({ written = {}, everywhere = false, account, callAs = 'DELEGATED_ADMIN', also }: Given = {}): Synthesized {
  return withAsset((asset, folder) => {
    const app = newApp(join(folder, 'cdk.out'));
    const config = toConfig(everywhere ? written : { regions: [HUB.region], ...written });
    const templates = addPostureStacks(app, { config, asset, account, region: HUB.region, callAs });
    also?.(app);
    const { stacks } = app.synth();
    const byId = new Map(stacks.map(({ id, template }) => [id, Template.fromJSON(template)]));
    return {
      stacks: stacks.map(({ id, stackName, environment, tags, assumeRoleArn, cloudFormationExecutionRoleArn, templateFullPath }) => ({
        id,
        name: stackName,
        account: environment.account,
        region: environment.region,
        tags,
        bytes: asSent(readFileSync(templateFullPath, 'utf8')).length,
        roles: [assumeRoleArn, cloudFormationExecutionRoleArn],
      })),
      template: (id) => {
        const template = byId.get(id);
        if (!template) throw new Error(`there is no stack ${id}`);
        return template;
      },
      templates,
    };
  });
}

/** The CDK's command line sends YAML, whatever was synthesized. */
function asSent(template: string): string {
  return stringify(JSON.parse(template), { aliasDuplicateObjects: false, lineWidth: 0 });
}

function withAsset<Result>(work: (asset: string, folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'cloud-posture-cdk-'));
  const asset = mkdtempSync(join(folder, 'functions-'));
  writeFileSync(join(asset, 'plan.mjs'), 'export const handler = () => undefined;\n');
  try {
    return work(asset, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Properties of all resources of a type, by logical id. */
export function propertiesOf(template: Template, type: string): Readonly<Record<string, Properties>> {
  return Object.fromEntries(
    Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, AnyProperties.parse(Properties)]),
  );
}

export type Properties = Readonly<Record<string, unknown>>;
const AnyProperties = z.record(z.string(), z.unknown());

/** A value of a template as a text, with `<…>` for what is known only when it is deployed. */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const join = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) }).safeParse(value);
  if (join.success) return join.data['Fn::Join'][1].map(flat).join(join.data['Fn::Join'][0]);
  const ref = z.object({ Ref: z.string() }).safeParse(value);
  if (ref.success) return `<${ref.data.Ref}>`;
  const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) }).safeParse(value);
  return attribute.success ? `<${attribute.data['Fn::GetAtt'].join('.')}>` : JSON.stringify(value);
}

const Statement = z.object({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat()),
  Resource: z.unknown().transform((one) => [one].flat().map(flat)),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const Policy = z.object({ PolicyDocument: z.object({ Statement: z.array(Statement) }), Roles: z.array(z.unknown()).optional() });

export type Statement = z.infer<typeof Statement>;

/** What a role's inline policies say. The role is named by its RoleName. */
export function statementsOf(template: Template, roleName: string): readonly Statement[] {
  const [roleId] = Object.entries(propertiesOf(template, 'AWS::IAM::Role')).find(([, { RoleName }]) => flat(RoleName) === roleName) ?? [];
  if (roleId === undefined) throw new Error(`there is no role ${roleName}`);
  return Object.values(propertiesOf(template, 'AWS::IAM::Policy')).flatMap((properties) => {
    const { PolicyDocument, Roles = [] } = Policy.parse(properties);
    return Roles.map(flat).includes(`<${roleId}>`) ? PolicyDocument.Statement : [];
  });
}

/** The statements of a resource policy, or of a managed one. */
export function policyOf({ PolicyDocument, KeyPolicy }: Properties): readonly Statement[] {
  return Policy.parse({ PolicyDocument: PolicyDocument ?? KeyPolicy }).PolicyDocument.Statement;
}
