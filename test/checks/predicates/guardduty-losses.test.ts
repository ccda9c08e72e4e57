import { expect, test } from 'vitest';
import { GUARDDUTY_LOSSES, guardDutyLoss } from '../../../checks/predicates/guardduty-losses.ts';
import { exampleEvent } from '../activity/example-event.ts';

const LEFT_OUT = 'new accounts are left out';
const UNSEEN = 'nothing is found of what it names';

test.each<[string, object, string | undefined]>([
  ['UpdateOrganizationConfiguration', { autoEnableOrganizationMembers: 'NONE' }, LEFT_OUT],
  ['UpdateOrganizationConfiguration', { autoEnable: false }, LEFT_OUT],
  [
    'UpdateOrganizationConfiguration',
    { autoEnableOrganizationMembers: 'ALL', features: [{ autoEnable: 'NEW' }, { autoEnable: 'NONE' }] },
    LEFT_OUT,
  ],
  ['UpdateOrganizationConfiguration', { autoEnable: true }, undefined],
  ['UpdateOrganizationConfiguration', { autoEnableOrganizationMembers: 'NEW', features: [{ autoEnable: 'ALL' }] }, undefined],
  ['CreateIPSet', { activate: true }, UNSEEN],
  ['CreateIPSet', { activate: false }, undefined],
  ['UpdateTrustedEntitySet', {}, UNSEEN],
  ['UpdateThreatIntelSet', { activate: false }, 'no longer in force'],
  ['UpdateThreatIntelSet', { activate: true }, undefined],
  ['UpdateThreatEntitySet', {}, undefined],
  ['CreateFilter', { action: 'ARCHIVE' }, 'findings are archived unseen'],
  ['CreateFilter', { action: 'NOOP' }, undefined],
  ['CreateFilter', {}, undefined],
  ['UpdateFilter', {}, 'what it archives may be more'],
  ['UpdateDetector', { enable: false }, 'suspended'],
  ['UpdateDetector', { enable: true }, undefined],
])('%s with %j', (eventName, request, loss) => {
  expect(lossBy(eventName, { detectorId: 'd1', ...request })).toBe(loss);
});

test.each<[string, object]>([
  ['UpdateOrganizationConfiguration', { detectorId: 'd1', features: [{ name: 'S3_DATA_EVENTS' }] }],
  ['UpdateDetector', { enable: true }],
])('%s with %j cannot be judged', (eventName, request) => {
  expect(() => lossBy(eventName, request)).toThrow(expect.objectContaining({ name: 'Unread' }));
});

function lossBy(eventName: string, requestParameters: object): string | undefined {
  const judge = GUARDDUTY_LOSSES[eventName];
  if (judge === undefined) throw new Error(`${eventName} is not judged`);
  return guardDutyLoss(exampleEvent({ eventSource: 'guardduty.amazonaws.com', eventName, requestParameters }), judge);
}
