import { defineActivityCheck, quiet } from '../activity.ts';
import type { Severity } from '../check.ts';
import { nameIn } from '../predicates/deeds.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { tamperingNotice } from '../predicates/notices.ts';

const ANALYZER = { eventSource: 'access-analyzer.amazonaws.com' };
const ARN = 'arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/organization';

/** Archived findings are still there, but nobody looks at them. */
const SEVERITIES: Readonly<Record<string, Severity | undefined>> = {
  ApplyArchiveRule: 'MEDIUM',
  CreateArchiveRule: 'MEDIUM',
  DeleteAnalyzer: undefined,
  UpdateArchiveRule: 'MEDIUM',
  UpdateFindings: 'LOW',
};

export default defineActivityCheck({
  id: 'activity-access-analyzer-tampered',
  title: 'IAM Access Analyzer was deleted or made to show less',
  severity: 'HIGH',
  controls: [],
  attack: ['T1562.001'],
  equivalents: {},
  risk: 'Access that somebody outside is given to a role, a bucket or a key is no longer found, or nobody sees it.',
  remediation: {
    text: 'Make the analyzer again; remove archive rules that nobody wants.',
    cli: 'aws accessanalyzer create-analyzer --analyzer-name <name> --type ACCOUNT',
    cloudFormation: 'AWS::AccessAnalyzer::Analyzer',
  },
  events: [{ source: 'access-analyzer.amazonaws.com', names: Object.keys(SEVERITIES) }],
  evaluate(event) {
    const { request, name } = event;
    if (name === 'UpdateFindings' && request.at('status').text === 'ACTIVE') return quiet;
    const analyzer = factOf(request, 'analyzerName') ?? factOf(request, 'analyzerArn');
    return tamperingNotice(event, {
      what: analyzer === undefined ? undefined : nameIn(analyzer),
      evidence: factsOf(request, 'analyzerName', 'analyzerArn', 'ruleName', 'status'),
      severity: SEVERITIES[name],
    });
  },
  examples: {
    activity: {
      deleted: { ...ANALYZER, eventName: 'DeleteAnalyzer', requestParameters: { analyzerName: 'organization' } },
      'deletion refused': {
        ...ANALYZER,
        eventName: 'DeleteAnalyzer',
        errorCode: 'AccessDeniedException',
        requestParameters: { analyzerName: 'organization' },
      },
      'findings archived by rule': {
        ...ANALYZER,
        eventName: 'CreateArchiveRule',
        requestParameters: { analyzerName: 'organization', ruleName: 'partner', filter: {} },
      },
    },
    quiet: {
      'a finding taken up again': { ...ANALYZER, eventName: 'UpdateFindings', requestParameters: { analyzerArn: ARN, status: 'ACTIVE' } },
    },
    unsure: {
      'the status left out for its size': {
        ...ANALYZER,
        eventName: 'UpdateFindings',
        requestParameters: { analyzerArn: ARN, status: { omitted: true } },
      },
    },
  },
});
