import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotations } from '../../src/render/annotations.ts';
import { openDoors } from '../../src/render/doors.ts';
import { planMarkdown } from '../../src/render/markdown.ts';
import { planText } from '../../src/render/plan-text.ts';
import { visible } from '../../src/render/sanitise.ts';
import { plain } from '../../src/render/style.ts';
import { change, plan, position } from './documents.ts';

test('a partner called </details> @everyone | **x** does no harm in Markdown', () => {
  const markdown = planMarkdown(plan([change('</details> @everyone | **x** <!-- #1')]));
  const outsideFences = markdown.replace(/```[\s\S]*?```/g, '');
  expect(outsideFences).toContain(
    '&#60;&#47;details&#62; &#64;&#8203;everyone &#124; &#42;&#42;x&#42;&#42; &#60;&#33;&#8203;-- &#35;&#8203;1',
  );
  expect(outsideFences.match(/<\/details>/g)).toHaveLength(1);
  expect(outsideFences).not.toContain('@everyone');
});

test('whatever names and values hold, Markdown stays within the limit, and a fence is closed only by us', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('```', '````', '~~~', '\n```\n', '@a', '|', '</summary>'),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(text, text), { maxLength: 30 }),
      fc.integer({ min: 1500, max: 4000 }),
      (parts, limit) => {
        const named = plan(parts.map(([name, after]) => change(name, after)));
        const markdown = openDoors().text(named, (clean) => planMarkdown(clean, limit));
        expect(markdown.length).toBeLessThanOrEqual(limit);
        const fence = /^(`{3,})diff$/m.exec(markdown)?.[1];
        if (fence === undefined) return;
        const inside = markdown.slice(
          markdown.indexOf(`${fence}diff`) + fence.length + 4,
          markdown.lastIndexOf(`\n${fence}`),
        );
        expect(inside.split('\n').some((line) => line.trim().startsWith(fence))).toBe(false);
      },
    ),
  );
});

test('what is cut from a long comment is counted', () => {
  const markdown = planMarkdown(plan(Array.from({ length: 2000 }, (_, index) => change(`Partner ${index}`))));
  expect(markdown.length).toBeLessThanOrEqual(65_536);
  expect(markdown).toMatch(/\d+ more changes did not fit here; the plan in the job's log has them all\./);
});

test('no control or bidi character reaches a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
  expect(visible('a\u001b[31mb\u202ec\nd')).toBe('a\\u{1b}[31mb\\u{202e}c\\u{a}d');
});

test('long values are compared by word', () => {
  const before = 'tier_for_partners that sell in the north of the country';
  const row = {
    ...change('Acme'),
    fields: change('Acme').fields.map((field) => ({
      ...field,
      before,
      after: before.replace('north', 'south'),
    })),
  };
  expect(planText(plan([row]), plain, { verbose: false })).toContain(
    'that sell in the [-north-]{+south+} of the country',
  );
});

test('on a narrow terminal lines break at their spaces, under where they began, and lose nothing', () => {
  const row = change('A partner with a long name', 'tier_with_a_name_that_is_long_but_not_too_long');
  const long = plan([
    { ...row, warnings: [{ code: 'NOT_READABLE', message: 'It cannot be read. '.repeat(6), position }] },
  ]);
  const wide = planText(long, plain, { verbose: false });
  const narrow = planText(long, { color: false, width: 60 }, { verbose: false });
  expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  const words = (text: string) => text.split(/\s+/);
  expect(words(narrow)).toEqual(words(wide));
  expect(narrow).toContain('      tier  old →\n          tier_with_a_name_that_is_long_but_not_too_long\n');
});

test('annotations are escaped as GitHub wants them, file first', () => {
  const problem = {
    code: 'UNKNOWN_KEY' as const,
    message: '100%\nsure',
    hint: 'Correct it.',
    position: { ...position, file: 'a,b:c.yaml' },
  };
  expect(annotations([problem], (file) => `x/${file}`)).toBe(
    '::error file=x/a%2Cb%3Ac.yaml,line=3,col=3,title=UNKNOWN_KEY::100%25%0Asure Correct it.',
  );
});
