/** A catalogue of controls that checks answer. */
export interface Framework {
  /** As people name it on the command line: `cis-7.0`. */
  readonly id: string;
  readonly name: string;
  /** What stands before the colon of a check's controls: `CIS-AWS-7.0`. */
  readonly prefix: string;
  /** The section that a control belongs to, by the control's id: `6` of `6.3`. */
  readonly sectionOf: (control: string) => string;
  readonly sectionNames: Readonly<Record<string, string>>;
}

const before = (mark: string) => (control: string) => control.split(mark)[0] ?? control;

const CIS_SECTIONS = { 1: 'Identity and access', 2: 'Storage', 3: 'Logging', 4: 'Monitoring', 5: 'Networking' };

/** The newest first. Which controls they have is known from the checks; of CIS 7.0 all of them are known. */
export const FRAMEWORKS: readonly Framework[] = [
  {
    id: 'cis-7.0',
    name: 'CIS AWS Foundations 7.0',
    prefix: 'CIS-AWS-7.0',
    sectionOf: before('.'),
    sectionNames: { 2: 'Identity and access', 3: 'Storage', 4: 'Logging', 5: 'Monitoring', 6: 'Networking' },
  },
  { id: 'cis-5.0', name: 'CIS AWS Foundations 5.0', prefix: 'CIS-AWS-5.0', sectionOf: before('.'), sectionNames: CIS_SECTIONS },
  { id: 'cis-3.0', name: 'CIS AWS Foundations 3.0', prefix: 'CIS-AWS-3.0', sectionOf: before('.'), sectionNames: CIS_SECTIONS },
  { id: 'cis-1.4', name: 'CIS AWS Foundations 1.4', prefix: 'CIS-AWS-1.4', sectionOf: before('.'), sectionNames: CIS_SECTIONS },
  { id: 'fsbp', name: 'AWS Foundational Security Best Practices', prefix: 'AWS-FSBP', sectionOf: before('.'), sectionNames: {} },
  { id: 'pci-4.0', name: 'PCI DSS 4.0', prefix: 'PCI-DSS-4.0', sectionOf: before('.'), sectionNames: {} },
  {
    id: 'nist-800-53-r5',
    name: 'NIST SP 800-53, revision 5',
    prefix: 'NIST-800-53-R5',
    sectionOf: before('-'),
    sectionNames: {
      AC: 'Access Control',
      AU: 'Audit and Accountability',
      CM: 'Configuration Management',
      SC: 'System and Communications Protection',
      SI: 'System and Information Integrity',
    },
  },
];
