import type { OperatingSystem } from '../../inventory/ec2/instance.ts';
import { remembered } from './remembered.ts';

/** A release of an operating system, and the last day on which its publisher gives security updates to everybody at no extra charge. */
export interface Release {
  readonly name: string;
  readonly endsAt: string;
  /** Where the publisher says so. */
  readonly source: string;
  /** The last day with Ubuntu Pro, which some images include. */
  readonly proEndsAt: string | undefined;
}

interface Family {
  readonly name: string;
  /** Finds the release in `name version` as SSM Agent reports them, in lower case. */
  readonly reported: RegExp;
  /** Finds it in the name that the publisher gives its images. */
  readonly imageName?: RegExp;
  readonly source: string;
  readonly ends: Readonly<Record<string, string>>;
  readonly proEnds?: Readonly<Record<string, string>>;
}

/** Paid extensions (ESM, ESU, ELS, LTSS) do not count. Where a publisher names only the month, its last day. */
const FAMILIES: readonly Family[] = [
  {
    name: 'Amazon Linux AMI',
    reported: /^amazon linux ami (20\d\d)/,
    imageName: /^amzn-ami-[a-z-]*(20\d\d)\.\d\d/,
    source: 'https://aws.amazon.com/amazon-linux-ami/faqs/',
    ends: Object.fromEntries(['2010', '2011', '2012', '2013', '2014', '2015', '2016', '2017', '2018'].map((year) => [year, '2023-12-31'])),
  },
  {
    name: 'Amazon Linux',
    reported: /^amazon linux (2023|2)(?!\d)/,
    imageName: /^(?:amzn|al)(2023|2)-ami-/,
    source: 'https://aws.amazon.com/amazon-linux-2/faqs/',
    ends: { '2': '2026-06-30', '2023': '2029-06-30' },
  },
  {
    name: 'Ubuntu',
    reported: /^ubuntu (\d\d\.\d\d)/,
    imageName: /^(?:ubuntu[a-z-]*\/[\w./-]*\/)?ubuntu-(?:[a-z]+-)?(\d\d\.\d\d)(?!\d)/,
    source: 'https://ubuntu.com/about/release-cycle',
    ends: {
      ...{
        '10.04': '2015-04-30',
        '12.04': '2017-04-28',
        '14.04': '2019-04-25',
        '16.04': '2021-04-30',
        '18.04': '2023-05-31',
        '20.04': '2025-05-31',
      },
      '22.04': '2027-06-01',
      '24.04': '2029-05-31',
      '26.04': '2031-05-31',
      '16.10': '2017-07-20',
      '17.04': '2018-01-13',
      '17.10': '2018-07-19',
      '18.10': '2019-07-18',
      '19.04': '2020-01-23',
      '19.10': '2020-07-17',
      '20.10': '2021-07-22',
      '21.04': '2022-01-20',
      '21.10': '2022-07-14',
      '22.10': '2023-07-20',
      '23.04': '2024-01-25',
      '23.10': '2024-07-12',
      ...{
        '14.10': '2015-07-23',
        '15.04': '2016-02-04',
        '15.10': '2016-07-28',
        '24.10': '2025-07-10',
        '25.04': '2026-01-17',
        '25.10': '2026-07-31',
      },
    },
    proEnds: {
      '14.04': '2024-04-25',
      '16.04': '2026-04-23',
      '18.04': '2028-04-30',
      '20.04': '2030-04-30',
      '22.04': '2032-04-30',
      '24.04': '2034-04-30',
    },
  },
  {
    name: 'Debian',
    reported: /^debian gnu\/linux (\d+)/,
    imageName: /^debian-(\d+|jessie|stretch)-/,
    source: 'https://wiki.debian.org/LTS',
    ends: {
      '7': '2018-05-31',
      '8': '2020-06-30',
      jessie: '2020-06-30',
      '9': '2022-06-30',
      stretch: '2022-06-30',
      '10': '2024-06-30',
      '11': '2026-08-31',
      '12': '2028-06-30',
      '13': '2030-06-30',
    },
  },
  {
    name: 'CentOS Linux',
    reported: /^centos(?: linux)? ([5-8])(?!\d)/,
    imageName: /^centos(?: linux)?[ -]([5-8])(?!\d|[^a-z]*stream)/,
    source: 'https://www.centos.org/centos-linux-eol/',
    ends: { '5': '2017-03-31', '6': '2020-11-30', '7': '2024-06-30', '8': '2021-12-31' },
  },
  {
    name: 'CentOS Stream',
    reported: /^centos stream (\d+)/,
    imageName: /^centos[ -]stream[ -](?:ec2-)?(\d+)/,
    source: 'https://www.centos.org/cl-vs-cs/',
    ends: { '8': '2024-05-31', '9': '2027-05-31', '10': '2030-01-01' },
  },
  {
    name: 'Red Hat Enterprise Linux',
    reported: /^red hat enterprise linux(?: server)? (\d+)/,
    imageName: /^rhel-(\d+)/,
    source: 'https://access.redhat.com/support/policy/updates/errata',
    ends: { '5': '2017-03-31', '6': '2020-11-30', '7': '2024-06-30', '8': '2029-05-31', '9': '2032-05-31', '10': '2035-05-31' },
  },
  {
    name: 'Oracle Linux',
    reported: /^oracle linux(?: server)? (\d+)/,
    source: 'https://www.oracle.com/a/ocom/docs/elsp-lifetime-069338.pdf',
    ends: { '6': '2021-03-31', '7': '2024-12-31', '8': '2029-07-31', '9': '2032-06-30' },
  },
  {
    name: 'Rocky Linux',
    reported: /^rocky linux (\d+)/,
    imageName: /^rocky-(\d+)-ec2/,
    source: 'https://wiki.rockylinux.org/rocky/version/',
    ends: { '8': '2029-05-31', '9': '2032-05-31', '10': '2035-05-31' },
  },
  {
    name: 'AlmaLinux',
    reported: /^almalinux(?: os)? (\d+)/,
    imageName: /^almalinux os (\d+)/,
    source: 'https://wiki.almalinux.org/release-notes/',
    ends: { '8': '2029-03-01', '9': '2032-05-31', '10': '2035-05-31' },
  },
  {
    name: 'SLES',
    reported: /^(?:sles|suse linux enterprise server) (\d+(?:\.\d+)?)/,
    imageName: /^suse-sles-(\d+(?:-sp\d)?)-(?:byos-)?v\d/,
    source: 'https://www.suse.com/lifecycle',
    ends: {
      ...{
        '11.4': '2019-03-31',
        '12': '2016-06-30',
        '12.1': '2017-05-31',
        '12.2': '2018-03-31',
        '12.3': '2019-06-30',
        '12.4': '2020-06-30',
      },
      ...{
        '12.5': '2024-10-31',
        '15': '2019-12-31',
        '15.1': '2021-01-31',
        '15.2': '2021-12-31',
        '15.3': '2022-12-31',
        '15.4': '2023-12-31',
      },
      '15.5': '2024-12-31',
      '15.6': '2025-12-31',
      '15.7': '2031-07-31',
    },
  },
  {
    name: 'Windows Server',
    reported: /^microsoft windows server\D* (20\d\d(?: r2)?)(?!\d)/,
    imageName: /^windows_server-(20\d\d(?:-r2)?)[-_]/,
    source: 'https://learn.microsoft.com/lifecycle/products/',
    ends: {
      '2003': '2015-07-14',
      '2003 r2': '2015-07-14',
      '2008': '2020-01-14',
      '2008 r2': '2020-01-14',
      '2012': '2023-10-10',
      '2012 r2': '2023-10-10',
      '2016': '2027-01-12',
      '2019': '2029-01-09',
      '2022': '2031-10-14',
      '2025': '2034-10-10',
    },
  },
  {
    name: 'Windows Server build',
    reported: /^microsoft windows server (?:datacenter|standard) 10\.0\.(\d+)/,
    source: 'https://learn.microsoft.com/lifecycle/products/windows-server-semiannual-channel',
    ends: {
      '16299': '2019-04-09',
      '17134': '2019-11-12',
      '18362': '2020-12-08',
      '18363': '2021-05-11',
      '19041': '2021-12-14',
      '19042': '2022-08-09',
      '25398': '2025-10-24',
    },
  },
];

/** Updated as a whole and without a published end per version: there is nothing to judge. */
const ROLLING = /^(?:bottlerocket|flatcar|fedora coreos|macos|mac os x)\b/;

/** The release that SSM Agent reports, `rolling` where there are none, or `undefined` where no dates are known. */
export function releaseOf({ name, version }: OperatingSystem): Release | 'rolling' | undefined {
  return releasesOf(name)(version);
}

const releasesOf = remembered((name) => remembered((version) => toRelease(`${name} ${version}`)));

function toRelease(system: string): Release | 'rolling' | undefined {
  const reported = system.replaceAll('®', '').trim().toLowerCase();
  return ROLLING.test(reported) ? 'rolling' : findRelease(reported, ({ reported: pattern }) => pattern);
}

/** The release that an image's name proves: the publisher's own form, with the version in it. */
export function releaseOfImage(imageName: string): Release | undefined {
  return findRelease(imageName.toLowerCase(), ({ imageName: pattern }) => pattern);
}

/** True for images that come with Ubuntu Pro, and with it five more years. */
export function includesUbuntuPro(imageName: string): boolean {
  return /^ubuntu-pro[a-z-]*\/|-pro-(?:fips-|server-)/.test(imageName.toLowerCase());
}

function findRelease(text: string, patternOf: (family: Family) => RegExp | undefined): Release | undefined {
  for (const family of FAMILIES) {
    const version = patternOf(family)?.exec(text)?.[1]?.replace('-sp', '.').replace('-', ' ');
    const endsAt = version === undefined ? undefined : family.ends[version];
    if (version !== undefined && endsAt !== undefined)
      return { name: `${family.name} ${version.replace('r2', 'R2')}`, endsAt, source: family.source, proEndsAt: family.proEnds?.[version] };
  }
  return undefined;
}
