import { defineCheck, denied, fail, pass, refuse } from '../check.ts';

export default defineCheck({
  id: 'account-security-contact-registered',
  title: 'Accounts should have a contact for security matters',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.3', 'CIS-AWS-5.0:1.2', 'CIS-AWS-3.0:1.2', 'AWS-FSBP:Account.1', 'NIST-800-53-R5:CM-2'],
  equivalents: { prowler: ['account_security_contact_information_is_registered'], securityHub: ['Account.1'] },
  risk: 'What AWS sees of a break-in, such as a leaked key, goes to whoever pays the bill, and is read too late.',
  remediation: {
    text: 'Register a mailbox and a phone that the security team watches, in all accounts at once from the management account.',
    cli: 'aws account put-alternate-contact --alternate-contact-type SECURITY --name <name> --title <title> --email-address <mailbox> --phone-number <phone>',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['contacts'],
  evaluate: ({ contacts }) => (contacts.security ? pass : fail('no security contact is registered')),
  examples: {
    pass: {
      'both contacts': { contacts: { primary: true, security: true } },
      'security contact, the other denied': {
        contacts: {
          security: true,
          get primary() {
            return refuse('account:GetContactInformation');
          },
        },
      },
    },
    fail: { 'primary contact only': { contacts: { primary: true, security: false } } },
    unknown: { 'not allowed to ask': { contacts: denied('account:GetAlternateContact') } },
  },
});
