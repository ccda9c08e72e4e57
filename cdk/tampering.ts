import { Aws } from 'aws-cdk-lib';
import type { EventPattern } from 'aws-cdk-lib/aws-events';
import { OWN_CALLS } from '../checks/predicates/own-deployment.ts';
import { PREFIX } from './names.ts';

/** Calls to one service that would blind us, told by what they name. */
export interface Tampering {
  /** Of the rule, after our prefix. */
  readonly name: string;
  /** As EventBridge names the service; CloudTrail names it `<service>.amazonaws.com`. */
  readonly source: string;
  /** Names of API calls. */
  readonly calls: readonly string[];
  /** Request parameters of which at least one is ours, each with the beginnings or the whole of our names. */
  readonly ours: Readonly<Record<string, readonly Named[]>>;
}

type Named = string | { readonly prefix: string };

/** Services of which a rule of each region tells: to touch us by these is to keep us from seeing. One rule for each: a pattern may have 2,048 characters. */
const WATCHED: ReadonlySet<string> = new Set(['cloudformation', 'events', 'iam', 'scheduler']);

const HERE: Readonly<Record<string, string>> = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID };

/** What counts as tampering with us and is told whatever has become of our functions. The audit role's name is added where it is not ours by its prefix. */
export const TAMPERING: readonly Tampering[] = OWN_CALLS.filter(({ service }) => WATCHED.has(service)).map(
  ({ service, calls, request }) => ({
    name: service,
    source: `aws.${service}`,
    calls,
    ours: Object.fromEntries(Object.entries(request).map(([parameter, forms]) => [parameter, forms.map(toBeginning)])),
  }),
);

function toBeginning(form: string): Named {
  return { prefix: `${form.replace(/\{(\w+)\}/g, (_, name: string) => HERE[name] ?? '')}${PREFIX}` };
}

/**
 * The pattern of the rule that notices it. Failed calls count: who was refused has tried. What CloudFormation does for a stack, and StackSets
 * to a member, does not: the call on the stack or the stack set itself is noticed, and an upgrade of a hundred accounts tells itself once.
 */
export function toPattern({ source, calls, ours: named }: Tampering, roleName: string): EventPattern {
  const parameters = Object.entries(named).map(([parameter, names]) => ({
    [parameter]: parameter === 'roleName' && !roleName.startsWith(PREFIX) ? [...names, roleName] : [...names],
  }));
  return {
    source: [source],
    detail: {
      eventSource: [`${source.replace('aws.', '')}.amazonaws.com`],
      eventName: [...calls],
      userIdentity: {
        $or: [{ invokedBy: [{ exists: false }] }, { invokedBy: [{ 'anything-but': 'cloudformation.amazonaws.com' }] }],
        sessionContext: {
          sessionIssuer: {
            $or: [{ userName: [{ exists: false }] }, { userName: [{ 'anything-but': { prefix: 'stacksets-exec-' } }] }],
          },
        },
      },
      // A choice of one is none: EventBridge wants two at least.
      requestParameters: parameters.length === 1 ? parameters[0] : { $or: parameters },
    },
  };
}
