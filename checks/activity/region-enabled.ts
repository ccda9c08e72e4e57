import { defineActivityCheck } from '../activity.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';

const ACCOUNT = { eventSource: 'account.amazonaws.com', awsRegion: 'us-east-1' };
const REGION = { regionName: 'ap-east-1' };

export default defineActivityCheck({
  id: 'activity-region-enabled',
  title: 'A region was enabled or disabled',
  severity: 'HIGH',
  controls: [],
  attack: ['T1535'],
  equivalents: {},
  risk: 'Nobody looks at a region that nobody uses, and no detector runs there: miners and backdoors are put there.',
  remediation: {
    text: 'If nobody needs the region, look for what runs in it and disable it again.',
    cli: 'aws account disable-region --region-name <region>',
  },
  events: [{ source: 'account.amazonaws.com', names: ['DisableRegion', 'EnableRegion'] }],
  evaluate: (event) =>
    judgeDeed(event, 'enable or disable a region', () => {
      const { request } = event;
      const region = factOf(request, 'regionName') ?? 'a region';
      const evidence = factsOf(request, 'regionName', 'accountId');
      if (event.name === 'EnableRegion') return { done: `${region} enabled`, attempt: `enable ${region}`, evidence };
      return { done: `${region} disabled`, attempt: `disable ${region}`, severity: 'MEDIUM', refused: 'LOW', evidence };
    }),
  examples: {
    activity: {
      enabled: { ...ACCOUNT, eventName: 'EnableRegion', requestParameters: REGION },
      'enabled for another account': {
        ...ACCOUNT,
        eventName: 'EnableRegion',
        requestParameters: { ...REGION, accountId: '444455556666' },
      },
      disabled: { ...ACCOUNT, eventName: 'DisableRegion', requestParameters: REGION },
      refused: { ...ACCOUNT, eventName: 'EnableRegion', errorCode: 'AccessDeniedException', requestParameters: null },
    },
    quiet: {},
  },
});
