/** Pages as text: what is escaped, what may run, and what is said in which order. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDoors } from '../../../src/render/doors.ts';
import { formats } from '../../../src/render/formats.ts';
import { html, markupOf } from '../../../src/render/html/html.ts';
import { plain } from '../../../src/render/style.ts';
import { pageOf, review } from '../../browser/pages.ts';
import { change, plan } from '../documents.ts';

const markupAround = pageOf(plan([change('x', 'y')]));

/** The elements of a page, by what they are called: what a name adds to them is an injection. */
function elementsOf(page: string): string[] {
  return page.match(/<[a-z!/][^\s>]*/gi) ?? [];
}

test.each([
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '</title></style></script><svg/onload=x>',
  '<!-- --> ]]> <![CDATA[',
  '&lt;b&gt; &#60;i&#62;',
  '\u202e\u2066<b>\u0000\u200b',
  '::add-mask::x ##[error]y ##vso[z]',
  '{{constructor}} $1 `',
])('%j is text wherever it is', (hostile) => {
  const page = pageOf({
    ...plan([change(hostile, hostile)]),
    organisation: { name: hostile, contains: null },
  });
  expect(elementsOf(page)).toEqual(elementsOf(markupAround));
  expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test('whatever names and values are, a page has the same elements and one script', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (name, after) => {
      const page = pageOf(plan([change(name, `y${after}`)]));
      expect(elementsOf(page)).toEqual(elementsOf(markupAround));
    }),
  );
});

test('the key is masked, and leaves the policy true', () => {
  const doors = openDoors();
  doors.hide('intro_live_<"key">');
  const page = formats.html.plan(doors, plan([change('intro_live_<"key">')]), plain, { verbose: false });
  expect(page).toContain('<bdi>[key]</bdi>');
  expect(page).not.toContain('&quot;key');
});

test.each([
  ['style', /<style>([\s\S]*)<\/style>/],
  ['script', /<script>([\s\S]*)<\/script>/],
])('the policy lets in the %s as it leaves, and nothing else', (name, pattern) => {
  const page = pageOf(review(10));
  const [, text = ''] = pattern.exec(page) ?? [];
  const hash = createHash('sha256').update(text).digest('base64');
  expect(page).toContain(`${name}-src &#39;sha256-${hash}&#39;`);
  expect(page).toContain('default-src &#39;none&#39;');
  expect(page).not.toMatch(/\s(on\w+|style|src)=/);
});

test('what must be read first comes first, with the way out', () => {
  const page = pageOf(review(10));
  const places = [
    '<h1>',
    'Apply would refuse:',
    'raise settings.maxChanges',
    'Warning:',
    '<dl',
    'id="moves"',
  ];
  const found = [...places, 'class="sign"', '<tbody', '<footer'].map((each) => page.indexOf(each));
  expect(found).toEqual(found.toSorted((one, other) => one - other));
  expect(found[0]).toBeGreaterThan(0);
});

test('few moves need no picture; drift needs no signature', () => {
  const few = pageOf(plan([change('Acme')]));
  expect(few).not.toContain('<svg');
  expect(few).toContain('<del><bdi>old</bdi></del> → <ins><bdi>new</bdi></ins>');
  const drift = pageOf({ ...review(10), kind: 'drift' });
  expect(drift).not.toContain('class="sign"');
  expect(drift).toContain(' in Introw, <bdi>');
});

describe('the template', () => {
  test('escapes values, keeps its own markup, and leaves null out', () => {
    const inner = html`<b>${'<&>"\''}</b>`;
    expect(markupOf(html`<p title="${'"'}">${inner}${[inner]}${null}${0}</p>`)).toBe(
      '<p title="&quot;"><b>&lt;&amp;&gt;&quot;&#39;</b><b>&lt;&amp;&gt;&quot;&#39;</b>0</p>',
    );
  });

  test('refuses a value where an attribute has no quotes', () => {
    expect(() => html`<p title=${'x onclick=y'}>`).toThrow('quote the attribute');
  });
});
