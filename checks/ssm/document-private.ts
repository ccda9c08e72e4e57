import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { someOf } from '../predicates/logic.ts';

export default defineCheck({
  id: 'ssm-document-private',
  title: 'Systems Manager documents should not be public',
  severity: 'HIGH',
  controls: ['AWS-FSBP:SSM.4'],
  equivalents: { prowler: ['ssm_documents_set_as_public'], securityHub: ['SSM.4'] },
  risk: 'Anyone reads how you run your machines: names, addresses, and what people put into scripts.',
  remediation: {
    text: 'Stop sharing the document with everybody, and block public sharing of documents in the region.',
    cli: 'aws ssm modify-document-permission --name <document> --permission-type Share --account-ids-to-remove all',
  },
  resourceType: 'AWS::SSM::Document',
  needs: ['sharedWith'],
  evaluate: ({ sharedWith }) =>
    someOf(sharedWith, (account) => account.toLowerCase() === 'all') ? fail('anyone can read and use the document') : pass,
  examples: {
    pass: { 'shared with nobody': { sharedWith: [] }, 'shared with an account': { sharedWith: ['444455556666'] } },
    fail: {
      'shared with everybody': { sharedWith: ['444455556666', 'all'] },
      'shared with everybody, and more that was not read': { sharedWith: partial(['All'], 'ssm:DescribeDocumentPermission') },
    },
    unknown: {
      'not allowed to ask': { sharedWith: denied('ssm:DescribeDocumentPermission') },
      'not all accounts read': { sharedWith: partial(['444455556666'], 'ssm:DescribeDocumentPermission') },
    },
  },
});
