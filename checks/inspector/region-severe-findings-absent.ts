import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';

export default defineCheck({
  id: 'inspector-region-severe-findings-absent',
  title: 'Inspector should have no active critical or high finding',
  severity: 'HIGH',
  controls: [],
  equivalents: { prowler: ['inspector2_active_findings_exist'] },
  risk: 'These vulnerabilities are known to everybody, and for many there is code that uses them.',
  remediation: {
    text: 'Update what Inspector names, exploitable and reachable from the network first; suppress by a filter what you accept.',
    cli: 'aws inspector2 list-findings --filter-criteria \'{"findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}]}\' --sort-criteria field=SEVERITY,sortOrder=DESC --region <region>',
  },
  resourceType: 'AWS::Account::Region',
  needs: ['worstFinding'],
  evaluate({ worstFinding }) {
    if (worstFinding === undefined) return notApplicable('Inspector scans nothing here');
    if (worstFinding === 'none') return pass;
    return fail(`Inspector has active findings up to ${worstFinding}`, { worst: worstFinding });
  },
  examples: {
    pass: { 'nothing severe is active': { worstFinding: 'none' } },
    fail: { 'a critical one': { worstFinding: 'CRITICAL' }, 'a high one': { worstFinding: 'HIGH' } },
    unknown: { 'not allowed to list findings': { worstFinding: denied('inspector2:ListFindings') } },
    notApplicable: { 'Inspector is off': { worstFinding: undefined } },
  },
});
