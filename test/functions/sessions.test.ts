import { describe, expect, test } from 'vitest';
import { staySignedIn } from '../../functions/sessions.ts';
import { refusal } from '../findings/reacting-world.ts';
import { testSession } from '../inventory/session.ts';

function begin() {
  const entered: string[] = [];
  const state = { minute: 0, refusing: false, denying: false };
  const signIn = async (accountId: string) => {
    entered.push(accountId);
    if (state.refusing) throw new Error('refused');
    if (state.denying) throw refusal('denied', 'sts:AssumeRole');
    return { ...testSession(), accountId };
  };
  return { entered, state, ...staySignedIn(signIn, () => new Date(state.minute * 60_000)) };
}

describe('an account', () => {
  test('is entered once in ten minutes, by however many at the same time', async () => {
    const { enter, entered, state } = begin();
    await Promise.all([enter('1'), enter('1'), enter('2')]);
    state.minute = 9;
    await enter('1');
    expect(entered).toEqual(['1', '2']);
    state.minute = 10;
    await enter('1');
    expect(entered).toEqual(['1', '2', '1']);
  });

  test('that did not let us in is asked again', async () => {
    const { enter, entered, state } = begin();
    state.refusing = true;
    await expect(enter('1')).rejects.toThrow('refused');
    state.refusing = false;
    await enter('1');
    expect(entered).toEqual(['1', '1']);
  });

  test('that denies us is left alone for a minute', async () => {
    const { enter, entered, state } = begin();
    state.denying = true;
    for (const minute of [0, 0.9]) {
      state.minute = minute;
      await expect(enter('1')).rejects.toThrow('sts:AssumeRole: denied');
    }
    Object.assign(state, { denying: false, minute: 1 });
    await enter('1');
    expect(entered).toEqual(['1', '1']);
  });

  test('that was left is entered anew', async () => {
    const { enter, leave, entered } = begin();
    await enter('1');
    leave('1');
    await enter('1');
    expect(entered).toEqual(['1', '1']);
  });

  test('is left when there are too many others', async () => {
    const { enter, entered } = begin();
    for (let n = 0; n <= 50; n += 1) await enter(String(n));
    await enter('50');
    expect(entered).toHaveLength(51);
    await enter('0');
    expect(entered).toHaveLength(52);
  });
});

test('a session remembers nothing of what was seen, and knows that it knows no regions', async () => {
  const { enter } = begin();
  const session = await enter('1');
  session.coverage.record({ cause: 'denied', operation: 'ec2:DescribeVpcs', permissions: [], message: 'denied' }, 'eu-west-1');
  const again = await enter('1');
  expect(again.coverage.gaps).toEqual([]);
  expect(again).toMatchObject({ regions: [], regionsUnread: { cause: 'no-data', operation: 'ec2:DescribeRegions' } });
  expect(again.aws).toBe(session.aws);
});
