import { expect, test } from 'vitest';
import { toConsoleLink } from '../../findings/console-link.ts';
import { group } from './samples.ts';

test('leads to the resource by its ARN', () => {
  expect(toConsoleLink(group('sg-0abc'))).toBe(
    'https://console.aws.amazon.com/go/view?arn=arn%3Aaws%3Aec2%3Aeu-west-1%3A111122223333%3Asecurity-group%2Fsg-0abc',
  );
});

test('keeps whatever a name holds inside the link', () => {
  expect(toConsoleLink(group('a&b#c\n<d>\ud800'))).toMatch(/^https:\/\/console\.aws\.amazon\.com\/go\/view\?arn=[\w%.~!*'()-]+$/);
});

test.each([
  ['an account', { type: 'AWS::Organizations::Account' }],
  ['a region', { type: 'AWS::Account::Region' }],
  ['another partition', { partition: 'aws-cn', arn: 'arn:aws-cn:ec2:cn-north-1:111122223333:security-group/sg-0abc' }],
  ['a name that is too long for a link', { arn: `arn:aws:s3:::${'a'.repeat(1_024)}` }],
] as const)('there is none to %s', (_what, change) => {
  expect(toConsoleLink({ ...group('sg-0abc'), ...change })).toBeUndefined();
});
