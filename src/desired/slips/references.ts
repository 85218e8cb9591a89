/** What YAML and templates put in place of a value: aliases, tags, placeholders. */
import { nearest } from '../nearest.ts';
import { type Line, linesNear, type Page } from './page.ts';
import { type Recogniser, slipOn, withValue } from './slip.ts';

/** `*base` with no `&base` above it. */
export const unknownAlias: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    if (line.key === 'name') continue;
    for (const { 0: alias, index } of line.value.matchAll(/(?<=^|[\s[,])\*[\w-]+(?=$|[\s,\]}])/gu)) {
      const name = alias.slice(1);
      const anchors = anchorsAbove(page, line);
      if (anchors.includes(name)) continue;
      const meant = nearest(name, anchors);
      const named = page.content.find(({ key, number }) => key === name && number < line.number);
      const above = `Write &${name} after ${named === undefined ? 'the key of what it is to repeat' : `${name}: on line ${named.number}`}, or write out what it stands for.`;
      const slip = slipOn(
        line,
        line.valueAt + index,
        `${alias} repeats nothing: there is no &${name} above it.`,
        '',
      );
      const hint = meant === null ? above : `Did you mean *${meant}?`;
      for (const other of meant === null ? ['x', '{}'] : [`*${meant}`])
        yield { ...slip, hint, repair: new Map([[line.number, line.text.replace(alias, other)]]) };
      yield { ...slip, hint };
    }
  }
};

function anchorsAbove({ content }: Page, { number }: Line): readonly string[] {
  return content
    .filter((line) => line.number < number)
    .flatMap(({ text }) => [...text.matchAll(/(?<=\s)&([^\s,[\]{}]+)/gu)].map(([, name = '']) => name));
}

/** `!partner`, `!!python/object:…`: only names begin with an exclamation mark that is meant. */
export const tag: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const [, name = '', rest = ''] = /^(!\S*)\s*(.*)$/u.exec(line.value) ?? [];
    if (line.key === null || name === '' || (line.key === 'name' && !name.startsWith('!!'))) continue;
    const meant = withValue(line, rest).trimEnd();
    yield slipOn(line, line.valueAt, `${name} is a tag, and tags have no meaning here.`, meant, {
      advice: 'Leave it out:',
    });
  }
};

/** `{{ name }}`, which a template should have filled in. */
export const placeholder: Recogniser = function* (page, trouble) {
  for (const line of linesNear(page, trouble.line)) {
    const found = /\{\{.*?\}\}|\{%.*?%\}|<%.*?%>/u.exec(line.text);
    if (found === null) continue;
    const message = `${found[0]} is a placeholder of a template that was not filled in.`;
    const meant = line.text.replace(found[0], 'x');
    const hint =
      line.key === null ? 'Run the template, or delete the line.' : `Write the ${line.key} itself.`;
    yield { ...slipOn(line, found.index, message, meant), hint };
    yield { ...slipOn(line, found.index, message, ''), hint };
  }
};
