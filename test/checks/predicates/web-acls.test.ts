import { expect, test } from 'vitest';
import { keepsRequests, nameOfAcl } from '../../../checks/predicates/web-acls.ts';
import { exampleEvent } from '../activity/example-event.ts';

test.each([
  ['arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1234abcd-12ab', 'shop'],
  ['arn:aws:wafv2:us-east-1:111122223333:global/webacl/front/1234abcd-12ab', 'front'],
  ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188', 'shop'],
])('%s is called %s', (arn, name) => {
  expect(nameOfAcl(arn)).toBe(name);
});

const ACL = { resourceArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/1234abcd-12ab' };
const keeps = (loggingConfiguration: object) =>
  keepsRequests(
    exampleEvent({ eventSource: 'wafv2.amazonaws.com', eventName: 'PutLoggingConfiguration', requestParameters: { loggingConfiguration } }),
  );

test.each<[object, boolean]>([
  [ACL, true],
  [{ ...ACL, loggingFilter: { defaultBehavior: 'KEEP', filters: [] } }, true],
  [{ ...ACL, loggingFilter: { defaultBehavior: 'DROP', filters: [] } }, false],
])('a log by %j keeps what no filter speaks of: %s', (configuration, expected) => {
  expect(keeps(configuration)).toBe(expected);
});

test.each<[object]>([
  [{ ...ACL, loggingFilter: { filters: [] } }],
  [{ loggingFilter: { defaultBehavior: 'KEEP' } }],
])('a log by %j cannot be judged', (configuration) => {
  expect(() => keeps(configuration)).toThrow(expect.objectContaining({ name: 'Unread' }));
});
