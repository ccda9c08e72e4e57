import { CfnParameter, type Stack } from 'aws-cdk-lib';

const ASKED = {
  HubAccount: {
    description: 'The account from which this one is audited',
    allowedPattern: '\\d{12}',
    constraintDescription: 'an account id of 12 digits',
  },
  HubRegion: {
    description: 'The region that the hub stack is in',
    allowedPattern: '[a-z]{2}(-[a-z]+)+-\\d',
    constraintDescription: 'a region such as eu-west-1',
  },
  ExternalId: {
    description: 'What the audit role wants to hear from who assumes it: the output ExternalId of the hub stack',
    allowedPattern: '[\\w+=,.@:/-]{2,1224}',
    constraintDescription: '2 to 1224 letters, digits and _+=,.@:/-',
  },
};

export type HubParameter = keyof typeof ASKED;

/** What is known of the hub when a template is made. */
export type KnownHub = Readonly<Record<HubParameter, string | undefined>>;

/** A parameter of a template. What is known of the hub already is its default. */
export function askFor(stack: Stack, name: HubParameter, known: KnownHub): string {
  const preset = known[name];
  return new CfnParameter(stack, name, { type: 'String', ...ASKED[name], ...(preset === undefined ? {} : { default: preset }) })
    .valueAsString;
}
