import type {
  Bucket,
  Contacts,
  CredentialReport,
  Description,
  Image,
  Instance,
  LaunchTemplate,
  NetworkAcl,
  PasswordPolicy,
  Policy,
  PrefixList,
  Principal,
  PublicAccessFlags,
  RegionSettings,
  Role,
  Root,
  SecurityGroup,
  Snapshot,
  Subnet,
  Trail,
  User,
} from './account/description.ts';

export { allow, deny, trust } from './account/policies.ts';

export interface AccountOptions {
  /** What ages count from. */
  readonly now?: Date;
  /** Where resources are that do not say; `us-east-1` if absent. */
  readonly region?: string;
}

/**
 * Describes an account in a few lines; `local.seed(…)` makes it so. Later calls of `root`, `contacts`, `credentialReport` and `regionSettings`
 * take effect at once, because the proxy answers for them from this description.
 */
export function account(id: string, options: AccountOptions = {}): Account {
  return new Account(id, options);
}

export class Account {
  readonly description: Description;

  constructor(id: string, { now = new Date(), region = 'us-east-1' }: AccountOptions) {
    if (!/^\d{12}$/.test(id)) throw new Error(`an account id has 12 digits, not "${id}"`);
    this.description = emptyDescription(id, now, region);
  }

  get id(): string {
    return this.description.id;
  }

  root(root: Root): this {
    this.description.root = { ...this.description.root, ...root };
    return this;
  }

  user(name: string, user: User = {}): this {
    return this.#put(this.description.users, name, user);
  }

  group(name: string, group: Principal = {}): this {
    return this.#put(this.description.groups, name, group);
  }

  role(name: string, role: Role = {}): this {
    return this.#put(this.description.roles, name, role);
  }

  /** A customer managed policy. */
  policy(name: string, policy: Policy): this {
    return this.#put(this.description.policies, name, policy);
  }

  passwordPolicy(policy: PasswordPolicy): this {
    this.description.passwordPolicy = policy;
    return this;
  }

  bucket(name: string, bucket: Bucket = {}): this {
    return this.#put(this.description.buckets, name, bucket);
  }

  /** S3's block of public access for the whole account: all four flags, or some. */
  publicAccessBlock(flags: 'all' | PublicAccessFlags = 'all'): this {
    this.description.accountBlock = flags === 'all' ? ALL_BLOCKED : flags;
    return this;
  }

  contacts(contacts: Contacts): this {
    this.description.contacts = { ...this.description.contacts, ...contacts };
    return this;
  }

  credentialReport(report: CredentialReport): this {
    this.description.report = { ...this.description.report, ...report };
    return this;
  }

  prefixList(name: string, cidrs: readonly string[], where: Pick<PrefixList, 'region'> = {}): this {
    return this.#put(this.description.prefixLists, name, { ...where, cidrs });
  }

  /** `default` is the default group of the default VPC, and its rules are then exactly these. */
  securityGroup(name: string, group: SecurityGroup = {}): this {
    return this.#put(this.description.securityGroups, name, group);
  }

  /** `default` is the default ACL of the default VPC, and its numbered entries are then exactly these. */
  networkAcl(name: string, acl: NetworkAcl = {}): this {
    return this.#put(this.description.networkAcls, name, acl);
  }

  subnet(name: string, subnet: Subnet = {}): this {
    return this.#put(this.description.subnets, name, subnet);
  }

  image(name: string, image: Image = {}): this {
    return this.#put(this.description.images, name, image);
  }

  instance(name: string, instance: Instance = {}): this {
    return this.#put(this.description.instances, name, instance);
  }

  launchTemplate(name: string, template: LaunchTemplate): this {
    return this.#put(this.description.launchTemplates, name, template);
  }

  snapshot(name: string, snapshot: Snapshot = {}): this {
    return this.#put(this.description.snapshots, name, snapshot);
  }

  trail(name: string, trail: Trail): this {
    return this.#put(this.description.trails, name, trail);
  }

  regionSettings(region: string, settings: RegionSettings): this {
    return this.#put(this.description.regionSettings, region, { ...this.description.regionSettings.get(region), ...settings });
  }

  #put<Thing>(things: Map<string, Thing>, name: string, thing: Thing): this {
    things.set(name, thing);
    return this;
  }
}

const ALL_BLOCKED = { blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true } as const;

function emptyDescription(id: string, now: Date, region: string): Description {
  return {
    id,
    now,
    region,
    root: {},
    passwordPolicy: undefined,
    accountBlock: undefined,
    contacts: {},
    report: {},
    users: new Map(),
    groups: new Map(),
    roles: new Map(),
    policies: new Map(),
    buckets: new Map(),
    prefixLists: new Map(),
    securityGroups: new Map(),
    networkAcls: new Map(),
    subnets: new Map(),
    images: new Map(),
    instances: new Map(),
    launchTemplates: new Map(),
    snapshots: new Map(),
    trails: new Map(),
    regionSettings: new Map(),
  };
}
