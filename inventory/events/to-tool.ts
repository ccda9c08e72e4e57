import type { Actor } from './actor.ts';

const BY_AGENT: readonly (readonly [RegExp, Actor['tool']])[] = [
  [/terraform|opentofu/i, 'terraform'],
  [/\baws-cdk\b/i, 'cdk'],
  [/\baws-cli\//i, 'cli'],
  [/\bcloudformation\.amazonaws\.com\b/i, 'cloudformation'],
];
/** What names itself was used, even in a session that was opened in the console. */
const BY_NAME: ReadonlySet<Actor['tool']> = new Set(BY_AGENT.map(([, tool]) => tool));
const CONSOLE = /\bconsole\b|[a-z0-9]Console\b|\bsignin\.amazonaws\.com\b|^\[?Mozilla\/|\baws-internal\/|^AWS Internal$/i;
const SERVICE = /^[a-z0-9.-]+\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/i;
const SDK = /aws-sdk|\bboto|botocore|aws-chalice|\bpulumi\b|powershell|aws-toolkit/i;
/** What of a user agent is looked at: they may be hostile and long. */
const LOOKED_AT = 1_024;

/**
 * The class of what was used. A user agent can say anything, so nothing must be decided by this. `console`: the event itself says that it was used.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html (`userAgent`, `sessionCredentialFromConsole`)
 */
export function toTool(userAgent: string, told: { readonly console: boolean; readonly service: string | undefined }): Actor['tool'] {
  if (told.service !== undefined) return told.service === 'cloudformation.amazonaws.com' ? 'cloudformation' : 'service';
  const agent = userAgent.slice(0, LOOKED_AT);
  const known = seen.get(agent) ?? remembered(agent);
  return told.console && !BY_NAME.has(known) ? 'console' : known;
}

/** An account's records have few user agents, and looking at one takes as long as the rest of the record. */
const seen = new Map<string, Actor['tool']>();
const MOST_SEEN = 1_000;

function remembered(agent: string): Actor['tool'] {
  const tool = toolOf(agent);
  if (seen.size >= MOST_SEEN) seen.clear();
  seen.set(agent, tool);
  return tool;
}

function toolOf(agent: string): Actor['tool'] {
  const known = BY_AGENT.find(([pattern]) => pattern.test(agent));
  if (known) return known[1];
  if (CONSOLE.test(agent)) return 'console';
  if (SERVICE.test(agent)) return 'service';
  return SDK.test(agent) ? 'sdk' : 'other';
}
