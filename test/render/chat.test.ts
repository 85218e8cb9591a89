/** The messages for chats, held to the types, the limits and the readers of Slack and Teams. */
import { createRequire } from 'node:module';
import type { HeaderBlock, KnownBlock } from '@slack/types';
import { expect, test } from 'vitest';
import type { Outcome } from '../../src/plan/outcome.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { problem } from '../../src/problem.ts';
import { openDoors } from '../../src/render/doors.ts';
import { formats } from '../../src/render/formats.ts';
import { type SlackMessage, slackMessage } from '../../src/render/slack.ts';
import { plain } from '../../src/render/style.ts';
import { change, plan } from './documents.ts';

/** Every type of block that we send is one of Slack's; the compiler says so. */
const blocksOf = (message: SlackMessage): readonly KnownBlock[] =>
  message.blocks as readonly (SlackMessage['blocks'][number] & KnownBlock)[];

const doors = openDoors();
const slack = (given: Plan) => JSON.parse(formats.slack.plan(doors, given, plain, { verbose: false }));
const teams = (given: Plan) => JSON.parse(formats.teams.plan(doors, given, plain, { verbose: false }));

/** Microsoft's own reader of cards: what it doesn't know or can't read is an event. */
const { AdaptiveCard, SerializationContext } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
);

function complaints(card: object): string[] {
  const context = new SerializationContext();
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [
    ...events,
    ...parsed.validateProperties().validationEvents.map(({ message }: { message: string }) => message),
  ];
}

function expectWithinLimits(message: SlackMessage): void {
  const blocks = blocksOf(message);
  expect(blocks.length).toBeLessThanOrEqual(50);
  const [header] = blocks as [HeaderBlock];
  expect(header.text.text.length).toBeLessThanOrEqual(150);
  for (const block of blocks) {
    if (block.type === 'section') expect(block.text?.text.length).toBeLessThanOrEqual(3000);
    if (block.type === 'context') expect(block.elements.length).toBeLessThanOrEqual(10);
  }
}

test('a plan says what it does, line by line, in both chats', () => {
  const given = plan([change('Acme'), change('Globex')]);
  expect(slack(given)).toEqual({
    text: 'Plan: 0 to create, 2 to update, 0 unchanged.',
    blocks: [
      {
        type: 'header',
        text: { type: 'plain_text', text: 'Plan: 0 to create, 2 to update, 0 unchanged.', emoji: false },
      },
      {
        type: 'section',
        text: {
          type: 'plain_text',
          text: 'update acme · Acme: tier old → new\nupdate acme · Globex: tier old → new',
          emoji: false,
        },
      },
      { type: 'divider' },
      {
        type: 'context',
        elements: [
          {
            type: 'plain_text',
            text: expect.stringContaining('Moves of tier: old → new 2 (2 up, 0 down)\n'),
            emoji: false,
          },
        ],
      },
    ],
  });
  const [{ contentType, content }] = teams(given).attachments;
  expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
  expect(content.body.slice(0, 3).map(({ text }: { text: string }) => text)).toEqual([
    'Plan: 0 to create, 2 to update, 0 unchanged.',
    'update acme · Acme: tier old → new',
    'update acme · Globex: tier old → new',
  ]);
  expect(complaints(content)).toEqual([]);
  expect(complaints({ ...content, body: [{ type: 'TextBlok' }] })).not.toEqual([]);
});

test('hundreds of changes with the longest names stay within the limits, and say how many are left', () => {
  const given = plan(Array.from({ length: 500 }, () => change('😀'.repeat(200), 'x'.repeat(255))));
  const message = slack(given);
  expectWithinLimits(message);
  expect(JSON.stringify(message)).toContain('… and 480 more.');
  const card = teams(given);
  expect(complaints(card.attachments[0].content)).toEqual([]);
  expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
});

test.each([
  '<!channel> <@U1> <https://evil.example|click> *bold* _it_ ~no~ `code` :smile: @here',
  '[click](https://evil.example) **bold** {{DATE(2017-02-14T06:08:39Z,SHORT)}} # heading',
  '</at> &lt; "quotes" \\ back\\slash\n- list',
  '::add-mask::true ##vso[task.setvariable variable=x]y',
])('the name %j is only text', (name) => {
  const given = plan([change(name)]);
  const message = slack(given);
  for (const block of blocksOf(message)) {
    // plain_text is what Slack shows as it is.
    if (block.type === 'section') expect(block.text?.type).toBe('plain_text');
    if (block.type === 'context')
      for (const element of block.elements) expect(element.type).toBe('plain_text');
  }
  expect(message.text).not.toContain('evil');
  const { content } = teams(given).attachments[0];
  expect(complaints(content)).toEqual([]);
  const text = content.body[1].text;
  expect(text).not.toMatch(/(?<!\\)[[\]*_`<>]|\{\{/);
});

test('a headline with anything in it is escaped where notifications show it', () => {
  const { text } = slackMessage({ title: '<!here> & you', alerts: [], lines: [], footer: [] });
  expect(text).toBe('&lt;!here&gt; &amp; you');
  const long = slackMessage({ title: 'x'.repeat(200), alerts: [], lines: [], footer: [] });
  expectWithinLimits(long);
  expect(long.blocks[1]).toMatchObject({ type: 'section', text: { text: 'x'.repeat(200) } });
});

const outcome: Outcome = {
  formatVersion: '1.0',
  kind: 'outcome',
  tool: { name: 'introwctl', version: '0.0.0' },
  startedAt: '2026-11-01T00:00:00.000Z',
  finishedAt: '2026-11-01T00:00:01.000Z',
  summary: { applied: 0, failed: 1, unknown: 0, skipped: 0 },
  results: [
    {
      address: change('Acme').address,
      name: 'Acme',
      action: 'update',
      fields: ['tier'],
      partnerId: null,
      httpStatus: 422,
      status: 'failed',
      verified: false,
      adopted: false,
      keptByServer: [],
      error: { code: 'VALIDATION_ERROR', message: 'Introw refused it.', hint: 'Correct it.' },
    },
  ],
  cost: plan([]).cost,
  stopped: { code: 'INTERRUPTED', message: 'It was interrupted.', hint: 'Run it again.' },
};

test.each(['slack', 'teams'] as const)('an outcome and problems name what went wrong on %s', (name) => {
  const told = formats[name].outcome(doors, outcome, plain);
  expect(told).toContain('Applied 0, failed 1, not tried 0.');
  expect(told).toContain('Stopped: It was interrupted. Run it again.');
  expect(told).toContain('acme · Acme: could not be updated. Introw refused it.');
  const failed = { problems: [problem('KEY_MISSING', 'There is no API key.')] as const, sources: new Map() };
  expect(formats[name].problems(doors, failed, plain)).toContain('KEY');
});

test.each([
  ['emoji', '🦄'],
  ['joined emoji', '👩‍🚀'],
  ['what Markdown acts on', '*'],
  ['backslashes', '\\\\'],
  ['what is shown by its code point', '\u202e'],
  ['Chinese', '合'],
  ['halves of characters', '\ud83e'],
])('ten thousand changes of partners whose names are of %s keep to the limits of both chats', (_, sign) => {
  const name = sign.repeat(Math.floor(200 / sign.length));
  const refused = { code: 'CONFLICT', hint: name, address: null, candidates: [] } as const;
  const given = {
    ...plan(Array.from({ length: 10_000 }, () => change(name))),
    organisation: { name, contains: null },
    blocked: Array.from({ length: 20 }, () => ({ ...refused, message: name, position: null })),
  } as unknown as Plan;
  expectWithinLimits(slack(given));
  const text = formats.teams.plan(doors, given, plain, { verbose: false });
  expect(new TextEncoder().encode(text).length).toBeLessThan(28 * 1024);
  for (const message of [slack(given), teams(given)])
    expect(JSON.stringify(message)).not.toMatch(/\\ud[89ab][0-9a-f]{2}(?!\\ud[c-f])/);
});
