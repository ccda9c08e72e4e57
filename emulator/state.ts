import { ENABLED_BY_DEFAULT } from '../inventory/default-regions.ts';
import type { Description, Moment } from './account/description.ts';
import { toDate } from './account/description.ts';
import type { ManagedOrganization } from './account/identity.ts';
import type { Account } from './account.ts';
import { account } from './account.ts';

export type SeededKind =
  | 'prefix-list'
  | 'security-group'
  | 'network-acl'
  | 'subnet'
  | 'vpc'
  | 'accelerator-interface'
  | 'volume'
  | 'image'
  | 'instance'
  | 'launch-template'
  | 'snapshot'
  | 'access-key'
  | 'file-system'
  | 'kms-key';

/** A CloudTrail record, and the names under which its resources are found in the history. */
export interface LoggedEvent {
  readonly record: Readonly<Record<string, unknown>>;
  readonly resources: readonly string[];
}

/** What moto cannot hold of one account: its description, which id each described thing was given, and the boundaries of its users. */
export class AccountState {
  readonly description: Description;
  /** Policy ARNs by user name. */
  readonly userBoundaries = new Map<string, string>();
  /** CloudTrail's history, besides what root did by its description. */
  readonly history: LoggedEvent[] = [];
  readonly #ids = new Map<string, string>();
  readonly #names = new Map<string, string>();

  constructor(description: Description) {
    this.description = description;
  }

  bind(kind: SeededKind, name: string, id: string): void {
    this.#ids.set(`${kind} ${name}`, id);
    this.#names.set(`${kind} ${id}`, name);
  }

  /** @throws Error when nothing of that kind and name was seeded */
  idOf(kind: SeededKind, name: string): string {
    const id = this.#ids.get(`${kind} ${name}`);
    if (id === undefined) throw new Error(`no ${kind} "${name}" is described for account ${this.description.id}`);
    return id;
  }

  findId(kind: SeededKind, name: string): string | undefined {
    return this.#ids.get(`${kind} ${name}`);
  }

  nameOf(kind: SeededKind, id: string): string | undefined {
    return this.#names.get(`${kind} ${id}`);
  }

  date(moment: Moment): Date {
    return toDate(moment, this.description.now);
  }
}

/** The state of every account; one that was never described is empty. */
export class World {
  /** Regions that DescribeRegions gives, with whether the account has opted in. */
  readonly regions: Regions;
  organization: Organization | undefined;
  readonly #states = new Map<string, AccountState>();

  constructor(regions: Regions) {
    this.regions = regions;
  }

  of(accountId: string): AccountState {
    return this.#states.get(accountId) ?? this.describe(account(accountId));
  }

  /** The organization that an account belongs to: the one that was given, or one that a described account manages. */
  organizationOf(accountId: string): Organization | undefined {
    const managed = [...this.#states.values()].flatMap(({ description }) => toOrganization(description) ?? []);
    const { organization: given } = this;
    const described = given && managed.find(({ managementAccount }) => managementAccount === given.managementAccount)?.managed;
    return [...(given ? [{ managed: described, ...given }] : []), ...managed].find(({ accounts }) =>
      accounts.some(({ id }) => id === accountId),
    );
  }

  describe({ description }: Account): AccountState {
    const state = new AccountState(description);
    this.#states.set(description.id, state);
    return state;
  }

  clear(): void {
    this.#states.clear();
    this.organization = undefined;
  }
}

/** An organization and its accounts, in the order in which they are listed; its management account is one of them. */
export interface Organization {
  readonly managementAccount: string;
  /** They may list the accounts too. */
  readonly delegatedAdministrators?: readonly string[];
  readonly accounts: readonly OrganizationAccount[];
  /** What else is described of it; without it all its accounts stand in the root. */
  readonly managed?: ManagedOrganization;
}

function toOrganization({ id, organization }: Description): Organization | undefined {
  if (organization === undefined) return undefined;
  const { rootAccounts = [], units = {}, delegated = {} } = organization;
  const accounts = [id, ...rootAccounts, ...Object.values(units).flat()].map((accountId) => ({ id: accountId }));
  return { managementAccount: id, delegatedAdministrators: Object.keys(delegated), accounts, managed: organization };
}

export interface OrganizationAccount {
  readonly id: string;
  readonly name?: string;
  /** As Organizations writes it; `ACTIVE` unless told. */
  readonly state?: string;
}

export interface Regions {
  readonly enabled: readonly string[];
  readonly notOptedIn: readonly string[];
}

/** The regions of the commercial partition that are on in every account, and some that are off until asked for (AWS General Reference). */
export const COMMERCIAL_REGIONS: Regions = {
  enabled: ENABLED_BY_DEFAULT,
  notOptedIn: ['af-south-1', 'ap-east-1', 'eu-south-1', 'il-central-1', 'me-south-1'],
};
