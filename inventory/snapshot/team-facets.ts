import { readTeamExceptions } from '../account/team-exceptions.ts';
import type { Facet } from '../facet.ts';
import { attempt } from '../partial.ts';
import type { ResourceType, Scope } from '../resource.ts';
import type { Session } from '../session.ts';

type FacetOfTeam = (session: Session, scope: Scope) => Promise<Facet<unknown>>;

/** Facets that a team's configuration answers and AWS does not: they are not stored, so that a snapshot is judged by the configuration of today. */
const FACETS: { readonly [T in ResourceType]?: Readonly<Record<string, FacetOfTeam>> } = {
  'AWS::Organizations::Account': {
    exceptions: (session, scope) => attempt(() => readTeamExceptions({ session, scope, declared: [] })),
  },
};

/** Whether a facet is the team's own. */
export function isTeamFacet(type: string, name: string): boolean {
  return Object.hasOwn(facetsOf(type), name);
}

/** The team's own facets of a type, by name: the same for all resources of a scope. */
export async function readTeamFacets(type: string, session: Session, scope: Scope): Promise<ReadonlyMap<string, Facet<unknown>>> {
  const facets = Object.entries(facetsOf(type)).map(async ([name, read]) => [name, await read(session, scope)] as const);
  return new Map(await Promise.all(facets));
}

function facetsOf(type: string): Readonly<Record<string, FacetOfTeam>> {
  return Object.entries(FACETS).find(([known]) => known === type)?.[1] ?? {};
}
