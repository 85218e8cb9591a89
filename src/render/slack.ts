/**
 * A message as Slack's Block Kit has it, for an incoming webhook or chat.postMessage. All text is plain_text, in which
 * Slack looks for no mention, no link and no formatting.
 * https://docs.slack.dev/reference/block-kit/blocks: at most 50 blocks, 150 characters in a header, 3000 in a section.
 */
import { type ChatMessage, cutShort } from './chat.ts';

const headerLimit = 150;
const sectionLimit = 3000;

type PlainText = { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };

export type SlackMessage = {
  /** What notifications show; mrkdwn, unlike the blocks. */
  readonly text: string;
  readonly blocks: readonly (
    | { readonly type: 'header'; readonly text: PlainText }
    | { readonly type: 'section'; readonly text: PlainText }
    | { readonly type: 'context'; readonly elements: readonly PlainText[] }
    | { readonly type: 'divider' }
  )[];
};

export function slackMessage({ title, alerts, lines, footer }: ChatMessage): SlackMessage {
  const section = (texts: readonly string[]) =>
    joined(texts).map((text) => ({ type: 'section', text: plainText(text) }) as const);
  const isLong = title.length > headerLimit;
  return {
    text: escaped(title),
    blocks: [
      { type: 'header', text: plainText(isLong ? cutShort(begun(title, headerLimit - 1)) : title) },
      ...(isLong ? section([title]) : []),
      ...section(alerts),
      ...section(lines),
      ...(footer.length === 0
        ? []
        : [
            { type: 'divider' } as const,
            { type: 'context', elements: joined(footer).map(plainText) } as const,
          ]),
    ],
  };
}

/** The first characters of a text, in as many UTF-16 units at most; half of a character is none. */
function begun(text: string, most: number): string {
  return text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}

function plainText(text: string): PlainText {
  return { type: 'plain_text', text, emoji: false };
}

/** The lines in as few texts as the limit of a section allows. */
function joined(lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < sectionLimit)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts;
}

/** The three characters that begin a mention, a link or an entity in mrkdwn. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
