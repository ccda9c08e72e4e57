import { groups } from '../../../inventory/iam/group.ts';
import { describeReader } from '../describe-reader.ts';
import { allowing, iamAnswers, principals } from './account-of-two-pages.ts';

describeReader({
  reader: groups,
  answers: iamAnswers,
  ids: ['developers'],
  idsOfFirstPage: [],
  facets: {
    policies: [
      { name: 'extra', via: 'direct', document: allowing('sqs:*') },
      { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', via: 'direct', document: allowing('*:Get*') },
    ],
    boundary: undefined,
    members: ['alice'],
    principals,
  },
});
