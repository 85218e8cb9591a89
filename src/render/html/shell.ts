/** The page that everything is shown in: complete in one file, and allowed to load nothing. */
import { createHash } from 'node:crypto';
import { callOf, type Html, html, markupOf } from './html.ts';
import { interact } from './interact.mjs';
import { style } from './style.ts';

export type Page = {
  readonly title: string;
  readonly body: readonly Html[];
};

/** A complete document. Its policy lets in only its own style and script, by their hashes. */
export function pageOf({ title, body }: Page): string {
  const script = callOf(interact);
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return markupOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
<script>${script}</script>
</body>
</html>
`);
}

function hashOf(part: Html): string {
  return `sha256-${createHash('sha256').update(markupOf(part)).digest('base64')}`;
}
