import type { Finding } from './finding.ts';

const DAY = 86_400_000;
const DAYS = 30;

/** What somebody who has to live with a finding for a time puts under `exceptions:` in posture.yaml: ends in thirty days, and is wrong as long as nobody says why, whose and where. */
export function toExceptionDraft({ checkId, resource }: Pick<Finding, 'checkId' | 'resource'>, now: string): readonly string[] {
  const expires = new Date(Date.parse(now) + DAYS * DAY).toISOString().slice(0, 10);
  return [
    `- check: ${checkId}`,
    // JSON's text is YAML's too, and keeps whatever a name holds inside its quotes.
    `  resource: ${JSON.stringify(literally(resource.arn))}`,
    '  reason:',
    '  owner:',
    `  expires: ${expires}`,
    '  ticket:',
  ];
}

/** A star in a name would stand for any other names, a question mark only for names of that length; so it does where a name holds what nobody sees. */
function literally(arn: string): string {
  return arn.replace(/[*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu, '?');
}
