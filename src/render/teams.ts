/**
 * A message as an Adaptive Card for a webhook of Teams (Workflows). Card text is a subset of Markdown, so what could
 * be formatting or a link is escaped. https://adaptivecards.io/explorer; Teams takes cards of up to 28 kB.
 */
import { type ChatMessage, cutShort } from './chat.ts';

type TextBlock = {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
  readonly weight?: 'Bolder';
  readonly size?: 'Medium' | 'Small';
  readonly color?: 'Attention';
  readonly isSubtle?: true;
  readonly separator?: true;
};

export type TeamsMessage = {
  readonly type: 'message';
  readonly attachments: readonly [
    {
      readonly contentType: 'application/vnd.microsoft.card.adaptive';
      readonly content: {
        readonly $schema: string;
        readonly type: 'AdaptiveCard';
        readonly version: '1.4';
        readonly body: readonly TextBlock[];
      };
    },
  ];
};

export function teamsMessage({ title, alerts, lines, footer }: ChatMessage): TeamsMessage {
  const block = (text: string, more: Partial<TextBlock> = {}): TextBlock => ({
    type: 'TextBlock',
    text: fitted(text),
    wrap: true,
    ...more,
  });
  const body = [
    block(title, { weight: 'Bolder', size: 'Medium' }),
    ...alerts.map((text) => block(text, { color: 'Attention' })),
    ...lines.map((text) => block(text)),
    ...footer.map((text, index) =>
      block(text, { isSubtle: true, size: 'Small', ...(index === 0 ? { separator: true } : {}) }),
    ),
  ];
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body,
  } as const;
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}

/** The most bytes of a text, as JSON: with the most lines that a message has, a card stays below its limit. */
const mostBytes = 550;

const bytesOf = (text: string) => new TextEncoder().encode(JSON.stringify(text)).length;

/** The escaped text, cut where it takes too many bytes, as 300 emoji do; between characters, never within one. */
function fitted(text: string): string {
  if (bytesOf(escaped(text)) <= mostBytes) return escaped(text);
  const characters = [...text];
  while (bytesOf(escaped(characters.join(''))) > mostBytes - 3) characters.length -= 5;
  return escaped(cutShort(characters.join('')));
}

/** What Markdown acts on, and what cards fill in: {{DATE(…)}}. A list and a heading begin only at the start of a line. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]()<>~]/g, '\\$&')
    .replace(/^(\s*)([-+#]|\d+\.)/, '$1\\$2')
    .replaceAll('{{', '{ {');
}
