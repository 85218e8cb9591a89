/** How wide a text is: emoji and most East Asian characters take two columns, combining marks none. */
import { eastAsianWidth } from 'get-east-asian-width';

/** The columns that a text takes in a terminal or an editor, counted as Prettier counts them. */
export function columnsOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let columns = 0;
  const rest = text.replace(emoji(), () => {
    columns += 2;
    return '';
  });
  for (const character of rest)
    if (!/[\p{Cc}\p{Mn}\p{Me}]/u.test(character)) columns += eastAsianWidth(character.codePointAt(0) ?? 0);
  return columns;
}

/** Pads a text with spaces up to a width in columns. */
export function padColumns(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

let compiled: RegExp | null = null;

/** The flag that RGI_Emoji needs: TypeScript knows it only from ES2024 on, Node from 20. */
const flags = ['g', 'v'].join('');

/** Made when the first text needs it: compiling it takes longer than everything else that most runs do with text. */
function emoji(): RegExp {
  compiled ??= new RegExp('\\p{RGI_Emoji}|\\p{Emoji_Modifier_Base}', flags);
  return compiled;
}
