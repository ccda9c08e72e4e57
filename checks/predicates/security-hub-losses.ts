import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Field } from '../../inventory/events/field.ts';
import { demandOneOf, refuseWithout } from './judge-deed.ts';

/** Events that are a loss whatever was asked. */
export const SECURITY_HUB_ENDS = [
  'BatchDisableStandards',
  'DeleteFindingAggregator',
  'DeleteInsight',
  'DeleteMembers',
  'DisableImportFindingsForProduct',
  'DisableOrganizationAdminAccount',
  'DisableSecurityHub',
  'DisableSecurityHubV2',
  'DisassociateFromAdministratorAccount',
  'DisassociateFromMasterAccount',
  'DisassociateMembers',
];

/** What is no longer shown, in few words, by name of the event; `undefined`: nothing less than before. One control or finding is a person's decision every day: MEDIUM. */
export const SECURITY_HUB_LOSSES: Readonly<Record<string, (event: CloudTrailEvent) => string | undefined>> = {
  BatchUpdateFindings: (event) => {
    demandOneOf(event, event.request, 'findingIdentifiers');
    const workflow = event.request.at('workflow');
    return workflow.exists && isSuppressed(event, workflow) ? 'findings suppressed' : undefined;
  },
  BatchUpdateStandardsControlAssociations: (event) => {
    const updates = event.request.at('standardsControlAssociationUpdates').list;
    if (updates.length === 0) return refuseWithout(event, 'standardsControlAssociationUpdates');
    return updates.some((each) => (each.at('associationStatus').text ?? refuseWithout(event, 'associationStatus')) !== 'ENABLED')
      ? 'controls disabled'
      : undefined;
  },
  CreateAutomationRule: ({ request }) =>
    request.at('actions').list.some((each) => each.at('findingFieldsUpdate', 'workflow', 'status').text === 'SUPPRESSED')
      ? 'findings suppressed by rule'
      : undefined,
  UpdateOrganizationConfiguration: (event) =>
    (event.request.at('autoEnable').flag ?? refuseWithout(event, 'autoEnable')) ? undefined : 'new accounts are left out',
  UpdateStandardsControl: (event) => {
    demandOneOf(event, event.request, 'standardsControlArn');
    return (event.request.at('controlStatus').text ?? 'ENABLED') === 'ENABLED' ? undefined : 'a control disabled';
  },
};

const SEEN = ['NEW', 'NOTIFIED', 'RESOLVED'];

function isSuppressed(event: CloudTrailEvent, workflow: Field): boolean {
  return !SEEN.includes(workflow.at('status').text ?? refuseWithout(event, 'the status of the workflow'));
}
