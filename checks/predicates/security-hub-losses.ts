import type { CloudTrailEvent } from '../../inventory/events/event.ts';

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
  BatchUpdateFindings: ({ request }) => (request.at('workflow', 'status').text === 'SUPPRESSED' ? 'findings suppressed' : undefined),
  BatchUpdateStandardsControlAssociations: ({ request }) =>
    request.at('standardsControlAssociationUpdates').list.some((each) => each.at('associationStatus').text === 'DISABLED')
      ? 'controls disabled'
      : undefined,
  CreateAutomationRule: ({ request }) =>
    request.at('actions').list.some((each) => each.at('findingFieldsUpdate', 'workflow', 'status').text === 'SUPPRESSED')
      ? 'findings suppressed by rule'
      : undefined,
  UpdateOrganizationConfiguration: ({ request }) => (request.at('autoEnable').flag === false ? 'new accounts are left out' : undefined),
  UpdateStandardsControl: ({ request }) => (request.at('controlStatus').text === 'DISABLED' ? 'a control disabled' : undefined),
};
