import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { someOf } from '../predicates/logic.ts';

const ANALYZER = {
  name: 'external',
  arn: 'arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/external',
  type: 'ACCOUNT',
  status: 'ACTIVE',
};
const OF_ORGANIZATION = { ...ANALYZER, type: 'ORGANIZATION' };
const UNUSED_ACCESS = { ...ANALYZER, type: 'ACCOUNT_UNUSED_ACCESS' };
/** Those of other types look for access that is unused, or internal. */
const EXTERNAL: ReadonlySet<string> = new Set(['ACCOUNT', 'ORGANIZATION']);

export default defineCheck({
  id: 'accessanalyzer-region-external-access-analyzed',
  title: 'IAM Access Analyzer should look for external access in every region',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.18', 'CIS-AWS-5.0:1.19', 'CIS-AWS-3.0:1.20'],
  equivalents: { prowler: ['accessanalyzer_enabled'], securityHub: ['IAM.28'] },
  risk: 'Nobody is told when a bucket, a role, a key or a queue is opened to another account or to everybody.',
  remediation: {
    text: 'Create an analyzer of external access in the region, best one of the organization in its delegated administrator. Where that one covers all accounts, name the administrator in `organizationAnalyzerIn`: the others need none of their own then.',
    cli: 'aws accessanalyzer create-analyzer --analyzer-name external --type ACCOUNT --region <region>',
    cloudFormation: 'AWS::AccessAnalyzer::Analyzer.Type',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['analyzers'],
  // Members do not see the analyzer of their organization.
  params: { organizationAnalyzerIn: '' },
  evaluate({ analyzers, identity }, { organizationAnalyzerIn }) {
    if (someOf(analyzers, ({ type, status }) => EXTERNAL.has(type) && status === 'ACTIVE')) return pass;
    const isCovered = /^\d{12}$/.test(organizationAnalyzerIn) && organizationAnalyzerIn !== identity.accountId;
    if (isCovered) return notApplicable(`the organization's analyzer is in ${organizationAnalyzerIn}`);
    const idle = [...analyzers].filter(({ type }) => EXTERNAL.has(type)).map(({ name, status }) => ({ name, status }));
    return idle.length === 0
      ? fail('no analyzer looks for external access')
      : fail('its analyzer of external access is not active', { idle });
  },
  examples: {
    pass: {
      'an analyzer of the account': { analyzers: [ANALYZER] },
      'an analyzer of the organization': { analyzers: [UNUSED_ACCESS, OF_ORGANIZATION] },
      'an active one, others not read': { analyzers: partial([ANALYZER], 'access-analyzer:ListAnalyzers') },
    },
    fail: {
      'no analyzer': { analyzers: [] },
      'only one of unused access': { analyzers: [UNUSED_ACCESS] },
      'only one of internal access': { analyzers: [{ ...ANALYZER, type: 'ORGANIZATION_INTERNAL_ACCESS' }] },
      'disabled since its organization let go of it': { analyzers: [{ ...OF_ORGANIZATION, status: 'DISABLED' }] },
      'its creation failed': { analyzers: [{ ...ANALYZER, status: 'FAILED' }] },
    },
    unknown: {
      'not allowed to list them': { analyzers: denied('access-analyzer:ListAnalyzers') },
      'not all were listed': { analyzers: partial([UNUSED_ACCESS], 'access-analyzer:ListAnalyzers') },
    },
  },
});
