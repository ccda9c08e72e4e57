import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, BootstraplessSynthesizer, Stack, Tags } from 'aws-cdk-lib';
import { VALIDATE_AGAINST_DEFAULT_RULES } from 'aws-cdk-lib/cx-api';
import type { Construct } from 'constructs';
import { AuditRole } from './audit-role.ts';
import type { EventRule } from './event-rules.ts';
import { askFor, type KnownHub } from './hub-parameters.ts';
import { MEMBER_STACK, REGION_STACK } from './names.ts';
import { RegionRules } from './region-rules.ts';

/** The most that CloudFormation takes inline: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const INLINE_BYTES = 51_200;

/** Templates for other accounts. They stand for themselves: no assets, no bootstrapping, any account; what differs is a parameter. */
export interface AccountTemplates {
  /** Once per account. */
  readonly member: object;
  /** Once per account and region. */
  readonly region: object;
}

export interface AccountTemplatesProps {
  /** Of the audit role. */
  readonly roleName: string;
  readonly known: KnownHub;
  /** What the hub wants to be told of. */
  readonly events: readonly EventRule[];
  readonly tags: Readonly<Record<string, string>>;
}

/** `scope` lends its context, for one app is to be synthesized by one set of flags. */
export function accountTemplates(scope: Construct, { roleName, known, events, tags }: AccountTemplatesProps): AccountTemplates {
  const outdir = mkdtempSync(join(tmpdir(), 'cloud-posture-templates-'));
  try {
    const context = scope.node.getAllContext();
    // Where it may not fail anything, CloudFormation's own validation would only take its seconds.
    const builtinCloudFormationValidation = context[VALIDATE_AGAINST_DEFAULT_RULES] !== false;
    const app = new App({ outdir, context, builtinCloudFormationValidation, analyticsReporting: false, treeMetadata: false });
    for (const [key, value] of Object.entries(tags)) Tags.of(app).add(key, value);
    const member = addStack(app, MEMBER_STACK, 'cloud-posture: the role by which this account is audited');
    new AuditRole(member, 'Audit', {
      roleName,
      hubAccount: askFor(member, 'HubAccount', known),
      externalId: askFor(member, 'ExternalId', known),
    });
    const region = addStack(app, REGION_STACK, 'cloud-posture: tells the hub what happens in this region');
    new RegionRules(region, 'Events', {
      roleName,
      events,
      hubAccount: askFor(region, 'HubAccount', known),
      hubRegion: askFor(region, 'HubRegion', known),
    });
    const assembly = app.synth();
    const templateOf = ({ artifactId }: Stack): object => assembly.getStackArtifact(artifactId).template;
    return { member: templateOf(member), region: templateOf(region) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function addStack(app: App, id: string, description: string): Stack {
  return new Stack(app, id, { description, synthesizer: new BootstraplessSynthesizer() });
}
