import { defineCheck, denied, fail, pass, refuse } from '../check.ts';

/** Whether the details are current only a person can tell: a check sees that there are some. */
export default defineCheck({
  id: 'account-contact-registered',
  title: 'Accounts should have a primary contact',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:2.2', 'CIS-AWS-5.0:1.1', 'CIS-AWS-3.0:1.1'],
  equivalents: { prowler: ['account_maintain_current_contact_details'] },
  risk: 'AWS cannot reach anybody about abuse, unpaid bills or a break-in, and may suspend the account. Whether the details that are there still hold is not judged.',
  remediation: {
    text: 'Enter address, phone number and name of somebody who answers, and look at them once a year.',
    cli: 'aws account put-contact-information --contact-information file://contact.json',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['contacts'],
  evaluate: ({ contacts }) => (contacts.primary ? pass : fail('no primary contact is registered')),
  examples: {
    pass: {
      'primary contact, none for security': { contacts: { primary: true, security: false } },
      'primary contact, the other denied': {
        contacts: {
          primary: true,
          get security() {
            return refuse('account:GetAlternateContact');
          },
        },
      },
    },
    fail: { 'only a contact for security': { contacts: { primary: false, security: true } } },
    unknown: { 'not allowed to ask': { contacts: denied('account:GetContactInformation') } },
  },
});
