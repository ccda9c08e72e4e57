import { defineActivityCheck } from '../activity.ts';
import { actingService } from '../predicates/deeds.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';

const IAM = { eventSource: 'iam.amazonaws.com', awsRegion: 'us-east-1' };

export default defineActivityCheck({
  id: 'activity-iam-boundary-removed',
  title: 'A permissions boundary was removed or replaced',
  severity: 'MEDIUM',
  controls: [],
  attack: ['T1098.003'],
  equivalents: {},
  risk: 'A boundary keeps delegated administrators from giving more than they have; without it a policy that was harmless counts in full.',
  remediation: {
    text: 'Put the boundary back, and look at which policies its bearer got meanwhile.',
    cli: 'aws iam put-role-permissions-boundary --role-name <role> --permissions-boundary <policy-arn>',
    cloudFormation: 'AWS::IAM::Role.PermissionsBoundary',
  },
  events: [
    {
      source: 'iam.amazonaws.com',
      names: ['DeleteRolePermissionsBoundary', 'DeleteUserPermissionsBoundary', 'PutRolePermissionsBoundary', 'PutUserPermissionsBoundary'],
    },
  ],
  evaluate: (event) =>
    judgeDeed(event, 'change a permissions boundary', () => {
      const { request } = event;
      const isRemoved = event.name.startsWith('Delete');
      const bearer = event.name.includes('Role') ? named('role', request, 'roleName') : named('user', request, 'userName');
      const service = actingService(event);
      return {
        done: `permissions boundary of ${bearer} ${isRemoved ? 'removed' : 'set'}${service === undefined ? '' : `, by ${service}`}`,
        attempt: `${isRemoved ? 'remove' : 'set'} the permissions boundary of ${bearer}`,
        severity: service === undefined ? 'MEDIUM' : 'LOW',
        evidence: factsOf(request, 'roleName', 'userName', 'permissionsBoundary'),
      };
    }),
  examples: {
    activity: {
      'removed from a role': { ...IAM, eventName: 'DeleteRolePermissionsBoundary', requestParameters: { roleName: 'developer' } },
      'replaced for a user': {
        ...IAM,
        eventName: 'PutUserPermissionsBoundary',
        requestParameters: { userName: 'bob', permissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      },
      'by CloudFormation': {
        ...IAM,
        eventName: 'PutRolePermissionsBoundary',
        userIdentity: { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' },
        requestParameters: { roleName: 'app', permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary' },
      },
      refused: { ...IAM, eventName: 'DeleteUserPermissionsBoundary', errorCode: 'AccessDenied', requestParameters: { userName: 'bob' } },
    },
    quiet: {},
  },
});
