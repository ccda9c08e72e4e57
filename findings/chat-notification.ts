import { toInert } from './inert.ts';
import type { Message } from './message.ts';

/**
 * A custom notification of Amazon Q Developer in chat applications: what a channel of Slack or Microsoft Teams gets that is subscribed to the topic. Updates of a thread stay
 * together where the channel's preferences allow it. https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
export interface ChatNotification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords: readonly string[];
  };
  readonly metadata: {
    readonly threadId: string;
    readonly summary: string;
    readonly eventType: string;
    readonly relatedResources?: readonly string[];
    readonly additionalContext: Readonly<Record<string, string>>;
  };
}

/** Chat shows this much without having to be unfolded twice; the mail has the rest. */
const LONGEST_TEXT = 2_000;
const LONGEST_STEP = 300;

/** The same news for a channel. What strangers named stands inside a block of code, where no markup counts. */
export function toChatNotification(message: Message): ChatNotification {
  const { subject, text, attributes, thread, deduplicationId, nextSteps = [], resources = [] } = message;
  const { event = '', severity = '', accountId, checkId } = attributes;
  return {
    version: '1.0',
    source: 'custom',
    id: deduplicationId,
    content: {
      textType: 'client-markdown',
      title: unmarked(subject),
      description: `\`\`\`\n${unmarked(shortened(text))}\n\`\`\``,
      ...(nextSteps.length > 0 ? { nextSteps: nextSteps.map((step) => unmarked(toInert(step, LONGEST_STEP))) } : {}),
      keywords: [severity, checkId ?? '', accountId ?? ''].filter((word) => word !== ''),
    },
    metadata: {
      threadId: thread,
      summary: unmarked(subject),
      eventType: event,
      ...(resources.length > 0 ? { relatedResources: resources.map((arn) => unmarked(toInert(arn, 2_048))) } : {}),
      additionalContext: { ...attributes, deduplicationId },
    },
  };
}

/** Whole lines, as many as fit. */
function shortened(text: string): string {
  const whole = text.trimEnd();
  if (whole.length <= LONGEST_TEXT) return whole;
  const cut = whole.slice(0, LONGEST_TEXT);
  return `${cut.slice(0, Math.max(0, cut.lastIndexOf('\n')))}\n…`;
}

/** Nothing that ends a block of code, calls people (`<!channel>`) or makes links. */
function unmarked(text: string): string {
  return text.replaceAll('`', "'").replaceAll('<', '‹').replaceAll('>', '›');
}
