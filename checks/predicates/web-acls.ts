import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { nameIn } from './deeds.ts';
import { demandOneOf, refuseWithout } from './judge-deed.ts';

/** The name in the ARN of a web ACL or of what it protects: `…/webacl/<name>/<id>`, `…/app/<name>/<id>`: the id says little. */
export function nameOfAcl(arn: string): string {
  return /\/(?:webacl|app)\/([^/]+)\/[^/]+$/.exec(arn)?.[1] ?? nameIn(arn);
}

/** Whether the log of a web ACL has the requests that no filter speaks of. Throws `Unread` where the event does not tell. */
export function keepsRequests(event: CloudTrailEvent): boolean {
  const logging = event.request.at('loggingConfiguration');
  demandOneOf(event, logging, 'resourceArn');
  const filter = logging.at('loggingFilter');
  return !filter.exists || (filter.at('defaultBehavior').text ?? refuseWithout(event, 'defaultBehavior')) === 'KEEP';
}
