import type { Database, DatabaseInstance, DatabaseSnapshot, FileSystem, Key, Secret } from './account/data-stores.ts';
import type {
  AccessPoint,
  AutoScalingGroup,
  Bucket,
  Contacts,
  CredentialReport,
  Description,
  Document,
  EventDataStore,
  Image,
  Instance,
  LaunchTemplate,
  MetricFilter,
  MultiRegionAccessPoint,
  PasswordPolicy,
  Policy,
  Principal,
  PublicAccessFlags,
  RegionSettings,
  Role,
  Root,
  Snapshot,
  Trail,
  User,
  Volume,
} from './account/description.ts';
import type { Api, Distribution } from './account/front-ends.ts';
import type { ManagedOrganization, SamlProvider, ServerCertificate } from './account/identity.ts';
import type { Accelerator, EndpointService, LoadBalancer, NetworkAcl, PrefixList, SecurityGroup, Subnet, Vpc } from './account/networks.ts';
import type { RegionServices } from './account/region-services.ts';
import type { LambdaFunction, Queue, Repository, Topic } from './account/service-description.ts';

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

  serverCertificate(name: string, certificate: ServerCertificate): this {
    return this.#put(this.description.serverCertificates, name, certificate);
  }

  samlProvider(name: string, provider: SamlProvider = {}): this {
    return this.#put(this.description.samlProviders, name, provider);
  }

  /** By its URL without `https://`. */
  oidcProvider(url: string): this {
    this.description.oidcProviders.add(url);
    return this;
  }

  /** The account manages an organization: whoever is in it need not be described. */
  organization(organization: ManagedOrganization): this {
    this.description.organization = organization;
    return this;
  }

  passwordPolicy(policy: PasswordPolicy): this {
    this.description.passwordPolicy = policy;
    return this;
  }

  bucket(name: string, bucket: Bucket = {}): this {
    return this.#put(this.description.buckets, name, bucket);
  }

  accessPoint(name: string, point: AccessPoint): this {
    return this.#put(this.description.accessPoints, name, point);
  }

  multiRegionAccessPoint(name: string, point: MultiRegionAccessPoint): this {
    return this.#put(this.description.multiRegionAccessPoints, name, point);
  }

  /** S3's block of public access for the whole account: all four flags, or some. */
  publicAccessBlock(flags: 'all' | PublicAccessFlags = 'all'): this {
    this.description.accountBlock = flags;
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

  /** `default` is the default VPC of the region. */
  vpc(name: string, vpc: Vpc = {}): this {
    return this.#put(this.description.vpcs, name, vpc);
  }

  /** A service that others reach by VPC endpoints. */
  endpointService(name: string, service: EndpointService = {}): this {
    return this.#put(this.description.endpointServices, name, service);
  }

  loadBalancer(name: string, balancer: LoadBalancer): this {
    return this.#put(this.description.loadBalancers, name, balancer);
  }

  accelerator(name: string, accelerator: Accelerator): this {
    return this.#put(this.description.accelerators, name, accelerator);
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

  autoScalingGroup(name: string, group: AutoScalingGroup): this {
    return this.#put(this.description.autoScalingGroups, name, group);
  }

  volume(name: string, volume: Volume = {}): this {
    return this.#put(this.description.volumes, name, volume);
  }

  /** Of Systems Manager. */
  document(name: string, document: Document = {}): this {
    return this.#put(this.description.documents, name, document);
  }

  snapshot(name: string, snapshot: Snapshot = {}): this {
    return this.#put(this.description.snapshots, name, snapshot);
  }

  trail(name: string, trail: Trail): this {
    return this.#put(this.description.trails, name, trail);
  }

  queue(name: string, queue: Queue = {}): this {
    return this.#put(this.description.queues, name, queue);
  }

  topic(name: string, topic: Topic = {}): this {
    return this.#put(this.description.topics, name, topic);
  }

  lambda(name: string, one: LambdaFunction): this {
    return this.#put(this.description.functions, name, one);
  }

  repository(name: string, repository: Repository = {}): this {
    return this.#put(this.description.repositories, name, repository);
  }

  /** An instance of RDS. */
  database(name: string, database: DatabaseInstance = {}): this {
    return this.#put(this.description.databases, name, database);
  }

  databaseCluster(name: string, cluster: Database = {}): this {
    return this.#put(this.description.databaseClusters, name, cluster);
  }

  databaseSnapshot(name: string, snapshot: DatabaseSnapshot): this {
    return this.#put(this.description.databaseSnapshots, name, snapshot);
  }

  fileSystem(name: string, fileSystem: FileSystem = {}): this {
    return this.#put(this.description.fileSystems, name, fileSystem);
  }

  /** A key of KMS. Its name is its alias. */
  key(name: string, key: Key = {}): this {
    return this.#put(this.description.keys, name, key);
  }

  secret(name: string, secret: Secret = {}): this {
    return this.#put(this.description.secrets, name, secret);
  }

  eventDataStore(name: string, store: EventDataStore): this {
    return this.#put(this.description.eventDataStores, name, store);
  }

  metricFilter(name: string, filter: MetricFilter): this {
    return this.#put(this.description.metricFilters, name, filter);
  }

  regionSettings(region: string, settings: RegionSettings): this {
    return this.#put(this.description.regionSettings, region, { ...this.description.regionSettings.get(region), ...settings });
  }

  /** Which of AWS's own services watch over a region. */
  regionServices(region: string, services: RegionServices): this {
    return this.#put(this.description.regionServices, region, { ...this.description.regionServices.get(region), ...services });
  }

  /** Its name is its id. */
  distribution(name: string, distribution: Distribution = {}): this {
    return this.#put(this.description.distributions, name, distribution);
  }

  /** Of API Gateway. Its name is its id. */
  api(name: string, api: Api): this {
    return this.#put(this.description.apis, name, api);
  }

  #put<Thing>(things: Map<string, Thing>, name: string, thing: Thing): this {
    things.set(name, thing);
    return this;
  }
}

function emptyDescription(id: string, now: Date, region: string): Description {
  return {
    id,
    now,
    region,
    root: {},
    passwordPolicy: undefined,
    accountBlock: undefined,
    contacts: {},
    organization: undefined,
    report: {},
    users: new Map(),
    groups: new Map(),
    roles: new Map(),
    policies: new Map(),
    serverCertificates: new Map(),
    samlProviders: new Map(),
    oidcProviders: new Set(),
    buckets: new Map(),
    accessPoints: new Map(),
    multiRegionAccessPoints: new Map(),
    prefixLists: new Map(),
    securityGroups: new Map(),
    networkAcls: new Map(),
    subnets: new Map(),
    vpcs: new Map(),
    endpointServices: new Map(),
    loadBalancers: new Map(),
    accelerators: new Map(),
    images: new Map(),
    instances: new Map(),
    launchTemplates: new Map(),
    autoScalingGroups: new Map(),
    volumes: new Map(),
    documents: new Map(),
    snapshots: new Map(),
    trails: new Map(),
    eventDataStores: new Map(),
    metricFilters: new Map(),
    queues: new Map(),
    topics: new Map(),
    functions: new Map(),
    repositories: new Map(),
    databases: new Map(),
    databaseClusters: new Map(),
    databaseSnapshots: new Map(),
    fileSystems: new Map(),
    keys: new Map(),
    secrets: new Map(),
    regionSettings: new Map(),
    regionServices: new Map(),
    distributions: new Map(),
    apis: new Map(),
  };
}
