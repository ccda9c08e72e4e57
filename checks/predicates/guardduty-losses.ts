import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Severity } from '../check.ts';
import { disabledFeatures } from './disabled-features.ts';
import { isRecorded } from './event-facts.ts';
import { demandOneOf, refuseWithout } from './judge-deed.ts';
import { NOT_RECORDED } from './notices.ts';

/** What is no longer found, in few words; `undefined`: nothing less than before. */
type Loss = (event: CloudTrailEvent) => string | undefined;

/** GuardDuty finds nothing of what comes from a trusted address, once the list is in force. */
const trusted: Loss = ({ request }) => (request.at('activate').flag === false ? undefined : 'nothing is found of what it names');
const distrusted: Loss = ({ request }) => (request.at('activate').flag === false ? 'no longer in force' : undefined);
const withoutAction: Loss = () => 'what it archives may be more';
const archiving =
  (unless: Loss): Loss =>
  (event) => {
    const action = event.request.at('action').text;
    if (action === undefined) return unless(event);
    return action === 'NOOP' ? undefined : 'findings are archived unseen';
  };

/** By name of the event. */
export const GUARDDUTY_LOSSES: Readonly<Record<string, Loss>> = {
  CreateFilter: archiving(() => undefined),
  CreateIPSet: trusted,
  CreateTrustedEntitySet: trusted,
  UpdateDetector: ({ request }) => (request.at('enable').flag === false ? 'suspended' : disabledFeatures(request)),
  UpdateFilter: archiving(withoutAction),
  UpdateIPSet: trusted,
  UpdateMemberDetectors: ({ request }) => disabledFeatures(request),
  UpdateOrganizationConfiguration: withoutNewAccounts,
  UpdateThreatEntitySet: distrusted,
  UpdateThreatIntelSet: distrusted,
  UpdateTrustedEntitySet: trusted,
};

/** What a call loses by how its event judges that, or that nobody can tell. */
export function guardDutyLoss(event: CloudTrailEvent, judge: Loss): string | undefined {
  if (!isRecorded(event)) return NOT_RECORDED;
  demandOneOf(event, event.request, 'detectorId');
  return judge(event);
}

/** Events that are a loss whatever was asked. */
export const GUARDDUTY_ENDS = [
  'DeleteDetector',
  'DeleteMalwareProtectionPlan',
  'DeleteMembers',
  'DeletePublishingDestination',
  'DeleteThreatEntitySet',
  'DeleteThreatIntelSet',
  'DisableOrganizationAdminAccount',
  'DisassociateFromAdministratorAccount',
  'DisassociateFromMasterAccount',
  'DisassociateMembers',
  'StopMonitoringMembers',
];

/** Where it is no more than a part of what is found. */
export const LESSER_LOSSES: Readonly<Record<string, Severity>> = {
  DeleteMalwareProtectionPlan: 'MEDIUM',
  DeleteThreatEntitySet: 'MEDIUM',
  DeleteThreatIntelSet: 'MEDIUM',
  UpdateOrganizationConfiguration: 'MEDIUM',
  UpdateThreatEntitySet: 'MEDIUM',
  UpdateThreatIntelSet: 'MEDIUM',
};

function withoutNewAccounts(event: CloudTrailEvent): string | undefined {
  const { request } = event;
  const isOff = request.at('autoEnableOrganizationMembers').text === 'NONE' || request.at('autoEnable').flag === false;
  const features = request
    .at('features')
    .list.map((feature) => feature.at('autoEnable').text ?? refuseWithout(event, 'autoEnable of a feature'));
  const isLess = features.includes('NONE');
  return isOff || isLess ? 'new accounts are left out' : undefined;
}
