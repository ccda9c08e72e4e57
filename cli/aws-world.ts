import { activityChecks } from '../checks/activity-registry.ts';
import { checks } from '../checks/registry.ts';
import type { World } from './world.ts';

/** The real thing: all checks, and AWS. Clients are loaded when first asked for. */
export const awsWorld: World = {
  checks,
  activityChecks,
  sources: async () => (await import('../inventory/registry.ts')).sources,
  changeLookup: async (sources) => (await import('../inventory/events/lookup.ts')).changeLookup(sources),
  signIn: async (identity) => (await import('./credentials.ts')).signIn(identity),
  planScopes: async (session, wanted) => (await import('../inventory/regions.ts')).planScopes(session, wanted),
  unitsOf: async (session) =>
    (await (await import('../inventory/organizations/account-units.ts')).readAccountUnits(session))(session.accountId),
  openStore: async (location, own) => (await import('../findings/open-store.ts')).openStore(location, own),
  openTopic: async (arn, own) => (await import('../findings/sns-publisher.ts')).snsPublisher(arn, own),
};
