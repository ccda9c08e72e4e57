import * as z from 'zod';
import { accounts, distinct, MAPPING, ownerName, owners, tagsOf, tagValue, text, unit } from './elements.ts';
import { isAnyTagKey, isRegion } from './formats.ts';
import type { WrittenChecks, WrittenTailoring, WrittenWhere } from './written-config.ts';

const PLACES = ['units', 'accounts', 'regions', 'application', 'tags'] as const;
const SETTINGS = ['checks', 'trustedAccounts', 'approvedImageOwners', 'owner'] as const;

const where = z
  .strictObject(
    {
      units: distinct(unit, 'a list of roots and organizational units')
        .min(1, { error: 'at least one root or organizational unit' })
        .optional(),
      accounts: accounts.min(1, { error: 'at least one account id' }).optional(),
      regions: distinct(
        text('a region such as eu-west-1, or global', (written) => written === 'global' || isRegion(written)),
        'a list of regions, and global',
      )
        .min(1, { error: 'at least one region' })
        .optional(),
      application: tagValue.optional(),
      tags: tagsOf(50, isAnyTagKey, '')
        .refine((written) => Object.keys(written).length > 0, { error: 'at least one tag' })
        .optional(),
    },
    { error: MAPPING },
  )
  .refine((written) => PLACES.some((name) => written[name] !== undefined), { error: `at least one of ${PLACES.join(', ')}` });

/** Entries that say what is otherwise in some place. `checks` are the settings of checks, as at the top level. */
export function toTailoringSchema(checks: z.ZodType<WrittenChecks>) {
  const entry = z
    .strictObject(
      {
        where,
        checks: checks.nullish(),
        trustedAccounts: accounts.optional(),
        approvedImageOwners: owners.optional(),
        owner: ownerName.optional(),
        because: text('text').optional(),
      },
      { error: MAPPING },
    )
    .superRefine((written, context) => {
      if (SETTINGS.every((name) => written[name] === undefined || written[name] === null))
        context.addIssue({ code: 'custom', message: `at least one of ${SETTINGS.join(', ')}` });
      for (const [checkId, beyond] of beyondActivities(written)) {
        const message = `only where accounts and regions are named, for what somebody does is in no ${beyond}`;
        context.addIssue({ code: 'custom', path: ['checks', checkId], message });
      }
    });
  return z.array(entry, { error: 'a list of places and what is otherwise there' });
}

/** An activity is known by its event, which names an account and a region. */
function beyondActivities({ where: place, checks }: WrittenTailoring): readonly (readonly [string, string])[] {
  const beyond = BEYOND.find(([name]) => place[name] !== undefined);
  if (!beyond) return [];
  return Object.keys(checks ?? {}).flatMap((id) => (id.startsWith('activity-') ? [[id, beyond[1]] as const] : []));
}

const BEYOND: readonly (readonly [keyof WrittenWhere, string])[] = [
  ['units', 'unit that its event would tell'],
  ['application', 'application'],
  ['tags', 'tagged resource'],
];

/** Without an organization there are no units. */
export function assertUnitsKnown(tailoring: readonly WrittenTailoring[], context: z.RefinementCtx): void {
  for (const [index, entry] of tailoring.entries()) {
    if (entry.where.units === undefined) continue;
    const message = 'accounts instead: units are known only together with "organization"';
    context.addIssue({ code: 'custom', path: ['tailoring', index, 'where', 'units'], message });
  }
}
