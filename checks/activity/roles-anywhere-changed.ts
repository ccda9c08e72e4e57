import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { factOf, factsIn, factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { callsTo, REFUSED } from '../predicates/example-calls.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';

const anywhere = callsTo('rolesanywhere');
const ROLES = { roleArns: ['arn:aws:iam::111122223333:role/backup'] };

const VERBS: Readonly<Record<string, readonly [done: string, attempt: string]>> = {
  Create: ['created', 'create'],
  Enable: ['enabled', 'enable'],
  Update: ['changed', 'change'],
};

export default defineActivityCheck({
  id: 'activity-roles-anywhere-changed',
  title: 'Holders of certificates were given a way into roles',
  severity: 'HIGH',
  controls: [],
  attack: ['T1098.001', 'T1556'],
  equivalents: {},
  risk: 'Whoever has a certificate of a trust anchor takes on roles from any machine, for as long as the certificate is valid.',
  remediation: {
    text: 'If the certificate authority is not yours, disable the trust anchor at once, and see which roles its profiles offer.',
    cli: 'aws rolesanywhere disable-trust-anchor --trust-anchor-id <id>',
    cloudFormation: 'AWS::RolesAnywhere::TrustAnchor.Enabled',
  },
  events: [
    {
      source: 'rolesanywhere.amazonaws.com',
      names: ['CreateProfile', 'CreateTrustAnchor', 'EnableProfile', 'EnableTrustAnchor', 'UpdateProfile', 'UpdateTrustAnchor'],
    },
  ],
  evaluate: (event) =>
    judgeDeed(event, 'change who may take on roles by certificate', () => {
      const { request } = event;
      const isAnchor = event.name.endsWith('TrustAnchor');
      const what = isAnchor ? named('trust anchor', request, 'name', 'trustAnchorId') : named('profile', request, 'name', 'profileId');
      const [done, attempt] = VERBS[event.name.slice(0, 6)] ?? ['changed', 'change'];
      return {
        done: `${what} of Roles Anywhere ${done}`,
        attempt: `${attempt} ${what} of Roles Anywhere`,
        severity: isAnchor ? 'HIGH' : 'MEDIUM',
        evidence: { ...factsOf(request, 'name', 'enabled'), ...arnOf(event), roles: rolesOf(event) },
      };
    }),
  examples: {
    activity: {
      'a trust anchor': anywhere('CreateTrustAnchor', { name: 'build', enabled: true }),
      'a profile that offers roles': anywhere('CreateProfile', { name: 'build', enabled: true, ...ROLES }),
      'enabled again': anywhere('EnableTrustAnchor', { trustAnchorId: '0123abcd' }),
      refused: anywhere('CreateTrustAnchor', null, REFUSED),
    },
    quiet: {},
  },
});

function arnOf({ response }: CloudTrailEvent) {
  const arn = factOf(response, 'trustAnchor', 'trustAnchorArn') ?? factOf(response, 'profile', 'profileArn');
  return arn === undefined ? {} : { arn };
}

function rolesOf({ request }: CloudTrailEvent): readonly string[] | undefined {
  const roles = factsIn(request, 'roleArns');
  return roles.length === 0 ? undefined : roles;
}
