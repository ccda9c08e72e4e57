import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { factOf } from './event-facts.ts';

/** Events by which services that look for weaknesses and attacks are switched off, or may be. */
export const DETECTION_EVENTS = [
  {
    source: 'inspector2.amazonaws.com',
    names: ['CreateFilter', 'Disable', 'DisableDelegatedAdminAccount', 'DisassociateMember', 'UpdateFilter'],
  },
  {
    source: 'macie2.amazonaws.com',
    names: [
      'DeleteMember',
      'DisableMacie',
      'DisableOrganizationAdminAccount',
      'DisassociateFromAdministratorAccount',
      'DisassociateFromMasterAccount',
      'DisassociateMember',
      'UpdateMacieSession',
    ],
  },
  {
    source: 'detective.amazonaws.com',
    names: ['DeleteGraph', 'DeleteMembers', 'DisableOrganizationAdminAccount', 'DisassociateMembership'],
  },
];

/** How people know the services. */
export const SERVICES: Readonly<Record<string, string>> = {
  'detective.amazonaws.com': 'Detective',
  'inspector2.amazonaws.com': 'Inspector',
  'macie2.amazonaws.com': 'Macie',
};

/** What the name of an event does not tell. */
export const HOW: Readonly<Record<string, string>> = {
  CreateFilter: 'which hides findings',
  UpdateFilter: 'which may hide findings',
  UpdateMacieSession: 'suspended',
};

/** Whether a call that may hide something asked for nothing of the kind. */
export function isHarmless({ name, request }: CloudTrailEvent): boolean {
  if (name === 'UpdateMacieSession') {
    const status = request.at('status').text;
    return status === 'ENABLED' || (status === undefined && factOf(request, 'findingPublishingFrequency') !== undefined);
  }
  return name.endsWith('Filter') && request.at('action').text === 'NONE';
}
