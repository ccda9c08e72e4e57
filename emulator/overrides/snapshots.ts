import { askForm, type Exchange, edited, type Overrides, reply } from '../exchange.ts';
import { listOf } from '../request.ts';
import { at, type Element, textAt } from '../wire/xml.ts';
import { putMember } from './ec2.ts';
import { changeSettings, settingsOf } from './images.ts';

const BLOCKED = ['block-all-sharing', 'block-new-sharing'] as const;

export const snapshotOverrides: Overrides = {
  /** Moto ignores owners and who may restore, and does not encrypt what comes with an image by default. */
  'ec2:DescribeSnapshots': (exchange) =>
    edited(exchange, async (root) => {
      const { form } = exchange.request;
      const owners = listOf(form, 'Owner');
      const restorableBy = listOf(form, 'RestorableBy');
      const list = at(root, 'snapshotSet');
      if (!list) return;
      const kept = [];
      for (const snapshot of list.children) {
        const id = textAt(snapshot, 'snapshotId') ?? '';
        const owner = textAt(snapshot, 'ownerId') ?? '';
        const fits = owners.length === 0 || owners.includes(owner) || (owners.includes('self') && owner === exchange.caller.accountId);
        if (!fits || !(await isRestorable(exchange, id, owner, restorableBy))) continue;
        putDescribed(exchange, snapshot, id);
        kept.push(snapshot);
      }
      list.children = kept;
    }),

  'ec2:GetSnapshotBlockPublicAccessState': (exchange) =>
    reply(exchange, { state: settingsOf(exchange)?.snapshotBlock ?? 'unblocked', managedBy: 'account' }),

  'ec2:EnableSnapshotBlockPublicAccess': (exchange) => {
    const wanted = exchange.request.form.get('State');
    const snapshotBlock = BLOCKED.find((state) => state === wanted) ?? 'block-all-sharing';
    changeSettings(exchange, { snapshotBlock });
    return reply(exchange, { state: snapshotBlock });
  },

  'ec2:DisableSnapshotBlockPublicAccess': (exchange) => {
    changeSettings(exchange, { snapshotBlock: 'unblocked' });
    return reply(exchange, { state: 'unblocked' });
  },
};

/** Those that came with an image are not described. */
function putDescribed(exchange: Exchange, snapshot: Element, id: string): void {
  const created = describedDate(exchange, id);
  if (created !== undefined) putMember(snapshot, 'startTime', created);
  const isOfImage = exchange.state.nameOf('snapshot', id) === undefined;
  if (isOfImage && settingsOf(exchange)?.ebsEncryption) putMember(snapshot, 'encrypted', true);
}

function describedDate({ state }: Exchange, id: string): Date | undefined {
  const name = state.nameOf('snapshot', id);
  const created = name === undefined ? undefined : state.description.snapshots.get(name)?.created;
  return created === undefined ? undefined : state.date(created);
}

/** `all` stands for public; `self` for what this account may restore, by ownership or by a permission of its own. */
async function isRestorable(exchange: Exchange, id: string, owner: string, restorableBy: readonly string[]): Promise<boolean> {
  if (restorableBy.length === 0) return true;
  const { accountId } = exchange.caller;
  if (restorableBy.includes('self') && owner === accountId) return true;
  const answer = await askForm(exchange, { Action: 'DescribeSnapshotAttribute', SnapshotId: id, Attribute: 'createVolumePermission' });
  const permissions = (answer && at(answer, 'createVolumePermission')?.children) ?? [];
  return permissions.some((permission) => {
    const group = textAt(permission, 'group');
    const user = textAt(permission, 'userId');
    return (
      (group === 'all' && restorableBy.includes('all')) || (user !== undefined && restorableBy.includes(user === accountId ? 'self' : user))
    );
  });
}
