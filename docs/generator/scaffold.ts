import { SEVERITIES, type Severity } from '../../checks/check.ts';

export interface NewCheck {
  readonly id: string;
  readonly severity: Severity;
  readonly resourceType: string;
  readonly needs: readonly string[];
}

export function isSeverity(text: string): text is Severity {
  return SEVERITIES.some((severity) => severity === text);
}

/** `checks/ec2/volume-encrypted.ts` of `ec2-volume-encrypted`. */
export function pathOf(id: string): string {
  return `checks/${id.replace('-', '/')}.ts`;
}

/** The file of a check with everything that it must say. What is still between `<` and `>` does not pass the tests. */
export function toScaffold(check: NewCheck): string {
  return check.id.startsWith('activity-') ? activityScaffold(check) : postureScaffold(check);
}

function postureScaffold({ id, severity, resourceType, needs }: NewCheck): string {
  const [first = '<facet>'] = needs;
  return `import { defineCheck, denied, fail, pass } from '../check.ts';

/** <the rule, with the page of AWS's documentation that it comes from> */
export default defineCheck({
  id: '${id}',
  title: '<what should be>',
  severity: '${severity}',
  controls: [],
  equivalents: {},
  risk: '<what somebody could do>',
  remediation: { text: '<what to do>', cli: '<aws …>', cloudFormation: '${resourceType}.<Property>' },
  resourceType: '${resourceType}',
  needs: [${needs.map((facet) => `'${facet}'`).join(', ')}],
  evaluate({ ${needs.join(', ')} }) {
    return ${first} ? pass : fail('<what was seen, in a dozen words>');
  },
  examples: {
    pass: { '<what it shows>': { ${needs.map((facet) => `${facet}: true`).join(', ')} } },
    fail: { '<what it shows>': { ${needs.map((facet) => `${facet}: false`).join(', ')} } },
    unknown: { 'not allowed to ask': { ${needs.map((facet) => `${facet}: denied('<service:Operation>')`).join(', ')} } },
  },
});
`;
}

function activityScaffold({ id, severity }: NewCheck): string {
  return `import { activity, defineActivityCheck, quiet } from '../activity.ts';

/** <what is told, and what is not> */
export default defineActivityCheck({
  id: '${id}',
  title: '<what was done>',
  severity: '${severity}',
  controls: [],
  attack: ['<T1562.008>'],
  equivalents: {},
  risk: '<what somebody could do with it>',
  remediation: { text: '<what to do when it was not meant to happen>' },
  events: [{ source: '<service>.amazonaws.com', names: ['<Event>'] }],
  evaluate(event) {
    if (event.outcome === 'dry run') return quiet;
    return activity('<what was seen, in a dozen words>');
  },
  examples: {
    activity: { '<what it shows>': { eventSource: '<service>.amazonaws.com', eventName: '<Event>' } },
    quiet: { '<what it shows>': { eventSource: '<service>.amazonaws.com', eventName: '<Event>', errorCode: 'DryRunOperation' } },
  },
});
`;
}
