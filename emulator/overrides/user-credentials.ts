import type { Key } from '../account/description.ts';
import { type Exchange, edited, type Overrides, reply } from '../exchange.ts';
import { at, textAt } from '../wire/xml.ts';
import { putMember } from './iam.ts';
import { passwordOf } from './root.ts';

/** What moto cannot know of described users: when they came to be, and when they last used what. */
export const userCredentialOverrides: Overrides = {
  'iam:GetUser': (exchange) =>
    edited(exchange, (root) => {
      const user = at(root, 'GetUserResult', 'User');
      const described = exchange.state.description.users.get((user && textAt(user, 'UserName')) ?? '');
      if (!user || !described) return;
      const { lastUsed } = passwordOf(described.password);
      if (described.created !== undefined) putMember(user, 'CreateDate', exchange.state.date(described.created));
      if (lastUsed !== undefined) putMember(user, 'PasswordLastUsed', exchange.state.date(lastUsed));
    }),

  'iam:ListAccessKeys': (exchange) =>
    edited(exchange, (root) => {
      for (const listed of at(root, 'ListAccessKeysResult', 'AccessKeyMetadata')?.children ?? []) {
        const key = describedKey(exchange, textAt(listed, 'AccessKeyId') ?? '');
        if (key) putMember(listed, 'CreateDate', exchange.state.date(key.age ?? 0));
      }
    }),

  'iam:GetAccessKeyLastUsed': async (exchange) => {
    const id = exchange.request.form.get('AccessKeyId') ?? '';
    const key = describedKey(exchange, id);
    if (key?.lastUsed === undefined) return exchange.askMoto();
    const [UserName = ''] = (exchange.state.nameOf('access-key', id) ?? '').split(' ');
    return reply(exchange, {
      UserName,
      AccessKeyLastUsed: { LastUsedDate: exchange.state.date(key.lastUsed), ServiceName: 's3', Region: 'us-east-1' },
    });
  },
};

/** `undefined` for a key that was made since. */
function describedKey({ state }: Exchange, id: string): Key | undefined {
  const [user = '', index] = state.nameOf('access-key', id)?.split(' ') ?? [];
  return index === undefined ? undefined : state.description.users.get(user)?.keys?.[Number(index)];
}
