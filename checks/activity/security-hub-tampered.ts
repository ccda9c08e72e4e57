import { defineActivityCheck, quiet } from '../activity.ts';
import { factOf, factsIn, factsOf, isRecorded } from '../predicates/event-facts.ts';
import { NOT_RECORDED, tamperingNotice } from '../predicates/notices.ts';
import { SECURITY_HUB_ENDS, SECURITY_HUB_LOSSES } from '../predicates/security-hub-losses.ts';

const SECURITY_HUB = { eventSource: 'securityhub.amazonaws.com' };
const CONTROL = 'arn:aws:securityhub:eu-west-1:111122223333:control/cis-aws-foundations-benchmark/v/1.2.0/1.13';

export default defineActivityCheck({
  id: 'activity-security-hub-tampered',
  title: 'Security Hub was switched off or made to show less',
  severity: 'HIGH',
  controls: [],
  attack: ['T1562.001'],
  equivalents: {},
  risk: 'Findings of AWS services and of others are no longer collected, or nobody sees them.',
  remediation: {
    text: 'Enable it again with its standards, and look for what its caller did before and after.',
    cli: 'aws securityhub enable-security-hub --enable-default-standards',
    cloudFormation: 'AWS::SecurityHub::Hub',
  },
  events: [{ source: 'securityhub.amazonaws.com', names: [...SECURITY_HUB_ENDS, ...Object.keys(SECURITY_HUB_LOSSES)] }],
  evaluate(event) {
    const { request, name } = event;
    const judge = SECURITY_HUB_LOSSES[name];
    if (!judge) {
      const standards = factsIn(request, 'standardsSubscriptionArns');
      const members = factsIn(request, 'accountIds');
      return tamperingNotice(event, {
        what: factOf(request, 'adminAccountId') ?? standards[0]?.replace(/^.*:subscription\//, '') ?? members[0],
        evidence: { ...(standards.length === 0 ? {} : { standards }), ...(members.length === 0 ? {} : { members }) },
        severity: name === 'DeleteInsight' ? 'LOW' : undefined,
      });
    }
    const loss = isRecorded(event) ? judge(event) : NOT_RECORDED;
    if (loss === undefined) return quiet;
    const evidence = factsOf(request, 'standardsControlArn', 'controlStatus', 'disabledReason', 'ruleName');
    return tamperingNotice(event, { how: loss, evidence, severity: 'MEDIUM' });
  },
  examples: {
    activity: {
      'switched off': { ...SECURITY_HUB, eventName: 'DisableSecurityHub', requestParameters: null },
      'refused to leave its administrator': {
        ...SECURITY_HUB,
        eventName: 'DisassociateFromAdministratorAccount',
        errorCode: 'AccessDeniedException',
      },
      'a standard disabled': {
        ...SECURITY_HUB,
        eventName: 'BatchDisableStandards',
        requestParameters: {
          StandardsSubscriptionArns: ['arn:aws:securityhub:eu-west-1:111122223333:subscription/cis-aws-foundations-benchmark/v/3.0.0'],
        },
      },
      'a control disabled': {
        ...SECURITY_HUB,
        eventName: 'UpdateStandardsControl',
        requestParameters: { StandardsControlArn: CONTROL, ControlStatus: 'DISABLED', DisabledReason: 'not used' },
      },
    },
    quiet: {
      'a control enabled': {
        ...SECURITY_HUB,
        eventName: 'UpdateStandardsControl',
        requestParameters: { StandardsControlArn: CONTROL, ControlStatus: 'ENABLED' },
      },
      'a finding taken up': {
        ...SECURITY_HUB,
        eventName: 'BatchUpdateFindings',
        requestParameters: { FindingIdentifiers: [], Workflow: { Status: 'NOTIFIED' } },
      },
    },
  },
});
