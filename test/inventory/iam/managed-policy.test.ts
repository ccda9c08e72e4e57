import { managedPolicies } from '../../../inventory/iam/managed-policy.ts';
import { describeReader } from '../describe-reader.ts';
import { allowing, iamAnswers } from './account-of-two-pages.ts';

describeReader({
  reader: managedPolicies,
  answers: iamAnswers,
  ids: ['deploy', 'limit'],
  idsOfFirstPage: [],
  facets: { document: allowing('ec2:*'), attachmentCount: 2 },
});
