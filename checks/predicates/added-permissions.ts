import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { refuseWithout } from './judge-deed.ts';

/** Who may be in a permission of an image or a snapshot. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchPermission.html */
const HOLDERS = ['group', 'userId', 'organizationArn', 'organizationalUnitArn'];
/** What else the same calls change. */
const OTHER_ATTRIBUTES = ['description', 'imdsSupport', 'productCodes'];

/**
 * Whom a ModifyImageAttribute or ModifySnapshotAttribute adds to a permission, `launchPermission` or `createVolumePermission`: nobody where it takes
 * permissions away or changes another attribute. Throws `Unread` where the event does not tell what it changes.
 */
export function addedToPermission(event: CloudTrailEvent, permission: string): readonly string[] {
  const { request } = event;
  const change = request.at(permission);
  if (!change.exists) return changesAnother(event, permission) ? [] : refuseWithout(event, permission);
  const added = change.at('add').list.flatMap((entry) => {
    const holders = HOLDERS.flatMap((name) => entry.at(name).text ?? []);
    return holders.length > 0 ? holders : refuseWithout(event, 'whom the permission is for');
  });
  return added.length > 0 || change.at('remove').exists ? added : refuseWithout(event, `what of ${permission} changes`);
}

/** `attributeType` is written as the API has it (`launchPermission`) or in capitals (`CREATE_VOLUME_PERMISSION`). */
function changesAnother({ request }: CloudTrailEvent, permission: string): boolean {
  const attribute = (request.at('attributeType').text ?? request.at('attribute').text)?.replaceAll('_', '').toLowerCase();
  if (attribute !== undefined) return attribute !== permission.toLowerCase();
  return OTHER_ATTRIBUTES.some((name) => request.at(name).exists);
}
