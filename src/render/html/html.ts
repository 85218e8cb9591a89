/** HTML that is escaped by construction: markup comes from literals of this code, and every value in it is text. */

const markup = Symbol('markup');

/** Markup that is safe as it is. Only this module can make one. */
export type Html = { readonly [markup]: string };

/** What a template may hold: texts are escaped, null is nothing. */
export type Part = string | number | null | Html | readonly Html[];

/** A tagged template. Attributes that hold a value must be quoted. */
export function html({ raw }: TemplateStringsArray, ...values: readonly Part[]): Html {
  let text = '';
  for (const [index, literal] of raw.entries()) {
    if (index === 0) {
      text = literal;
      continue;
    }
    if (raw[index - 1]?.endsWith('=')) throw new TypeError('quote the attribute that holds a value');
    text += `${written(values[index - 1] ?? null)}${literal}`;
  }
  return { [markup]: text };
}

/** The source of a function of this code, called, for the text of a script element. */
export function callOf(run: () => void): Html {
  const source = `(${run.toString()})();`;
  if (/<\/script|<!--/i.test(source)) throw new TypeError('a script that would end its own element');
  return { [markup]: source };
}

/** The markup as text, for what leaves and for what is computed over it. */
export function markupOf(made: Html): string {
  return made[markup];
}

function written(value: Part): string {
  if (value === null) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return isHtml(value) ? value[markup] : value.map(markupOf).join('');
}

function isHtml(value: Html | readonly Html[]): value is Html {
  return markup in value;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? '') : text;
}
