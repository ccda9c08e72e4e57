import type { Overrides } from '../exchange.ts';
import { askForm, edited, reject, reply } from '../exchange.ts';
import type { Wire } from '../wire/serialize.ts';
import { toElement } from '../wire/serialize.ts';
import { at, type Element, putChildren, textAt } from '../wire/xml.ts';
import { getAccountAuthorizationDetails } from './authorization-details.ts';
import { getCredentialReport } from './credential-report.ts';
import { accountMembers } from './root.ts';
import { userCredentialOverrides } from './user-credentials.ts';

export const iamOverrides: Overrides = {
  ...userCredentialOverrides,
  'iam:GetAccountAuthorizationDetails': getAccountAuthorizationDetails,
  'iam:GetCredentialReport': getCredentialReport,

  /** Moto knows nothing of root: these four are always 0 or missing there. */
  'iam:GetAccountSummary': (exchange) =>
    edited(exchange, (root) => {
      const map = at(root, 'GetAccountSummaryResult', 'SummaryMap');
      const members = accountMembers(exchange.state);
      if (!map) return;
      map.children = map.children.filter((entry) => !((textAt(entry, 'key') ?? '') in members));
      map.children.push(...Object.entries(members).flatMap(([key, value]) => elements('entry', { key, value })));
    }),

  /** Root's virtual device is missing in moto. AWS says `Assigned` by default `Any`. */
  'iam:ListVirtualMFADevices': (exchange) =>
    edited(exchange, (root) => {
      const { description } = exchange.state;
      const assigned = exchange.request.form.get('AssignmentStatus') !== 'Unassigned';
      if (description.root.mfa !== 'virtual' || !assigned) return;
      const arn = `arn:aws:iam::${description.id}`;
      at(root, 'ListVirtualMFADevicesResult', 'VirtualMFADevices')?.children.push(
        ...elements('member', {
          SerialNumber: `${arn}:mfa/root-account-mfa-device`,
          User: { UserId: description.id, Arn: `${arn}:root`, CreateDate: exchange.state.date(ROOT_AGE) },
          EnableDate: exchange.state.date(ROOT_AGE),
        }),
      );
    }),

  /** Moto cannot set a boundary on a user. */
  'iam:PutUserPermissionsBoundary': async (exchange) => {
    const { form } = exchange.request;
    const user = form.get('UserName') ?? '';
    if (!(await askForm(exchange, { Action: 'GetUser', UserName: user }))) return noSuchUser(exchange, user);
    exchange.state.userBoundaries.set(user, form.get('PermissionsBoundary') ?? '');
    return reply(exchange, {});
  },
  'iam:DeleteUserPermissionsBoundary': (exchange) => {
    const user = exchange.request.form.get('UserName') ?? '';
    return exchange.state.userBoundaries.delete(user) ? reply(exchange, {}) : noSuchUser(exchange, user);
  },

  /** So that requests with the new key are seen as this user's. */
  'iam:CreateAccessKey': (exchange) =>
    edited(exchange, async (root) => {
      const key = at(root, 'CreateAccessKeyResult', 'AccessKey');
      const id = key && textAt(key, 'AccessKeyId');
      const name = key && textAt(key, 'UserName');
      if (!id || !name) return;
      const user = await askForm(exchange, { Action: 'GetUser', UserName: name });
      const arn = user && textAt(user, 'GetUserResult', 'User', 'Arn');
      const userId = user && textAt(user, 'GetUserResult', 'User', 'UserId');
      if (arn && userId) exchange.callers.issue(id, { accountId: exchange.caller.accountId, arn, userId });
    }),
};

/** Days since the account was opened. */
export const ROOT_AGE = 2000;

function elements(name: string, value: Wire): readonly Element[] {
  const element = toElement(name, value, { list: 'member' });
  return element ? [element] : [];
}

function noSuchUser(exchange: Parameters<typeof reject>[0], user: string) {
  return reject(exchange, { status: 404, code: 'NoSuchEntity', message: `The user with name ${user} cannot be found.` });
}

/** Puts a member into an IAM structure in the place of the one of the same name. */
export function putMember(element: Element, name: string, value: Wire): void {
  putChildren(element, ...elements(name, value));
}
