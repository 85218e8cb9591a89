/** Values as Markdown has them: links, bold text, code. */
import { linesNear } from './page.ts';
import { inQuotes, type Recogniser, slipOn, withValue } from './slip.ts';

const forms: readonly { readonly name: string; readonly pattern: RegExp; readonly isShort?: true }[] = [
  { name: 'a link', pattern: /^!?\[([^\]]+)\]\([^)\s]*\)$/u },
  { name: 'bold', pattern: /^\*\*([^*]+)\*\*$/u },
  { name: 'italic', pattern: /^\*([^*\s][^*]*)\*$/u, isShort: true },
  { name: 'code', pattern: /^`+([^`]+)`+$/u, isShort: true },
];

export const markup: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    for (const { name, pattern, isShort } of forms) {
      const inner = pattern.exec(line.value)?.[1]?.trim();
      // A name may well begin with such a sign.
      if (line.key === null || inner === undefined || (line.key === 'name' && isShort)) continue;
      const plain = inner.replace(/^https?:\/\/(?:www\.)?([^/\s]+)\/?$/u, '$1');
      const meant = /^[\p{L}\p{N}][\p{L}\p{N} .&'-]*$/u.test(plain) ? plain : inQuotes(plain);
      const message = `${line.key} is ${name} in Markdown, whose signs mean something else in YAML.`;
      yield slipOn(line, line.valueAt, message, withValue(line, meant), { advice: 'Write it without them:' });
    }
  }
};
