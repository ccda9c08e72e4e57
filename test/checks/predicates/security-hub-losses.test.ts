import { expect, test } from 'vitest';
import { SECURITY_HUB_LOSSES } from '../../../checks/predicates/security-hub-losses.ts';
import { exampleEvent } from '../activity/example-event.ts';

const FINDINGS = { findingIdentifiers: [{ id: 'f-1', productArn: 'arn:aws:securityhub:eu-west-1::product/aws/securityhub' }] };
const associations = (...statuses: readonly (string | undefined)[]) => ({
  standardsControlAssociationUpdates: statuses.map((associationStatus) => ({ associationStatus })),
});
const rule = (...statuses: readonly string[]) => ({
  actions: statuses.map((status) => ({ type: 'FINDING_FIELDS_UPDATE', findingFieldsUpdate: { workflow: { status } } })),
});

test.each<[string, object, string | undefined]>([
  ['BatchUpdateFindings', { ...FINDINGS, workflow: { status: 'SUPPRESSED' } }, 'findings suppressed'],
  ['BatchUpdateFindings', { ...FINDINGS, workflow: { status: 'RESOLVED' } }, undefined],
  ['BatchUpdateFindings', { ...FINDINGS, note: { text: 'seen' } }, undefined],
  ['BatchUpdateStandardsControlAssociations', associations('DISABLED'), 'controls disabled'],
  ['BatchUpdateStandardsControlAssociations', associations('ENABLED', 'DISABLED'), 'controls disabled'],
  ['BatchUpdateStandardsControlAssociations', associations('ENABLED', 'ENABLED'), undefined],
  ['CreateAutomationRule', rule('SUPPRESSED'), 'findings suppressed by rule'],
  ['CreateAutomationRule', rule('NOTIFIED', 'SUPPRESSED'), 'findings suppressed by rule'],
  ['CreateAutomationRule', rule('NOTIFIED'), undefined],
  ['UpdateOrganizationConfiguration', { autoEnable: false }, 'new accounts are left out'],
  ['UpdateOrganizationConfiguration', { autoEnable: true }, undefined],
  ['UpdateStandardsControl', { standardsControlArn: 'c-1', controlStatus: 'DISABLED' }, 'a control disabled'],
  ['UpdateStandardsControl', { standardsControlArn: 'c-1', controlStatus: 'ENABLED' }, undefined],
  ['UpdateStandardsControl', { standardsControlArn: 'c-1' }, undefined],
])('%s with %j', (eventName, requestParameters, loss) => {
  expect(lossBy(eventName, requestParameters)).toBe(loss);
});

test.each<[string, object]>([
  ['BatchUpdateFindings', {}],
  ['BatchUpdateFindings', { ...FINDINGS, workflow: {} }],
  ['BatchUpdateStandardsControlAssociations', {}],
  ['BatchUpdateStandardsControlAssociations', associations()],
  ['BatchUpdateStandardsControlAssociations', associations(undefined)],
  ['UpdateOrganizationConfiguration', {}],
  ['UpdateStandardsControl', {}],
])('%s with %j cannot be judged', (eventName, requestParameters) => {
  expect(() => lossBy(eventName, requestParameters)).toThrow(expect.objectContaining({ name: 'Unread' }));
});

function lossBy(eventName: string, requestParameters: object): string | undefined {
  const judge = SECURITY_HUB_LOSSES[eventName];
  if (judge === undefined) throw new Error(`${eventName} is not judged`);
  return judge(exampleEvent({ eventSource: 'securityhub.amazonaws.com', eventName, requestParameters }));
}
