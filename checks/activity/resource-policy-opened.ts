import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { callsTo, OMITTED, REFUSED } from '../predicates/example-calls.ts';
import { judgeDeed, refuseWithout } from '../predicates/judge-deed.ts';
import { RESOURCE_GRANTS, resourceGrantOf } from '../predicates/resource-grants.ts';

const TRUSTED: readonly string[] = [];
const FOREIGN = { AWS: 'arn:aws:iam::444455556666:root' };
const QUEUE = { queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/orders' };
const OWN_THROUGH_S3 = { StringEquals: { 'kms:CallerAccount': '111122223333', 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } };
const BY_MOUNT = { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } };

function policy(principal: unknown, condition?: object): string {
  const statement = { Effect: 'Allow', Principal: principal, Action: '*', Resource: '*', ...(condition && { Condition: condition }) };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function ofKey(written: string, more: object = {}) {
  return callsTo('kms')('PutKeyPolicy', { keyId: 'alias/data', policy: written }, more);
}

function invokedBy(principal: string, more: object = {}) {
  return callsTo('lambda')('AddPermission20150331v2', { functionName: 'hook', action: 'lambda:InvokeFunction', principal, ...more });
}

/** Buckets, images, snapshots and roles have checks of their own. */
export default defineActivityCheck({
  id: 'activity-resource-policy-opened',
  title: 'A resource was opened to everyone or to a foreign account',
  severity: 'HIGH',
  controls: [],
  attack: ['T1537', 'T1098'],
  equivalents: {},
  risk: 'Keys, secrets, queues, functions and the like are then used from outside, with no credential of yours left to take away.',
  remediation: {
    text: 'Put the earlier policy back, with only the accounts and services that are meant. Accounts of your own go into trustedAccounts.',
    cli: 'aws kms put-key-policy --key-id <key> --policy-name default --policy file://policy.json',
  },
  events: RESOURCE_GRANTS.map(({ source, names }) => ({ source, names })),
  params: { trustedAccounts: TRUSTED },
  evaluate: (event, { trustedAccounts }) =>
    judgeDeed(event, 'change who may use a resource', () => {
      if (!event.request.exists) return refuseWithout(event, 'the request');
      const grant = resourceGrantOf(event);
      const outsider = grant?.admits(event, { accountId: event.accountId, trustedAccounts });
      if (grant === undefined || outsider === undefined) return undefined;
      const what = named(grant.kind, event.request, ...grant.id);
      const evidence = { ...factsOf(event.request, ...grant.id), ...(outsider.evidence ? { grant: outsider.evidence } : {}) };
      // A function's URL opens nothing by itself: Lambda also asks for a permission, which is told.
      const isLesser = outsider.kind === 'organization' || grant.kind === 'URL of function';
      return {
        done: `${what} opened to ${outsider.who}`,
        attempt: `open ${what} to ${outsider.who}`,
        evidence,
        ...(isLesser ? { severity: 'MEDIUM' } : {}),
      };
    }),
  examples: {
    activity: {
      'a KMS key for a foreign account': ofKey(policy(FOREIGN)),
      'a function that everyone may invoke': invokedBy('*'),
      'a function with a URL for everyone': callsTo('lambda')('CreateFunctionUrlConfig', { functionName: 'hook', authType: 'NONE' }),
      'a queue for everyone': callsTo('sqs')('SetQueueAttributes', { ...QUEUE, attributes: { Policy: policy('*') } }),
      'a secret for a foreign account': callsTo('secretsmanager')('PutResourcePolicy', { secretId: 'db', resourcePolicy: policy(FOREIGN) }),
      refused: ofKey(policy('*'), REFUSED),
    },
    quiet: {
      'our own account through a service, as KMS writes it': ofKey(policy({ AWS: '*' }, OWN_THROUGH_S3)),
      'a service': invokedBy('s3.amazonaws.com', { sourceArn: 'arn:aws:s3:::invoices' }),
      'a file system as the console makes it': callsTo('elasticfilesystem')('PutFileSystemPolicy', { policy: policy('*', BY_MOUNT) }),
      'a queue whose policy stays as it is': callsTo('sqs')('SetQueueAttributes', { ...QUEUE, attributes: { VisibilityTimeout: '60' } }),
    },
    unsure: {
      'no policy': callsTo('kms')('PutKeyPolicy', { keyId: 'alias/data' }),
      'a policy that is none': ofKey('{"Version":"2012-10-17"}'),
      'left out for size': callsTo('kms')('PutKeyPolicy', OMITTED),
    },
  },
});
