/** What an editor makes of the schema: a real YAML language server, asked over its protocol. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editorSchema } from '../../src/cli/editor-schema.ts';
import { loadDesired } from '../../src/desired/load.ts';
import { folder } from '../cli/command.ts';

const schema = pathToFileURL(
  fileURLToPath(new URL('../../schemas/partners.schema.json', import.meta.url)),
).href;

type Message = { id?: number; method?: string; params?: unknown; result?: unknown };

let server: ChildProcess;
let nextId = 0;
const answers = new Map<number, (result: unknown) => void>();
const notices: Message[] = [];
const waiting: (() => void)[] = [];

function send(message: object): void {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function ask(method: string, params: object): Promise<unknown> {
  const id = ++nextId;
  return new Promise((resolve) => {
    answers.set(id, resolve);
    send({ id, method, params });
  });
}

function receive(message: Message): void {
  if (message.method !== undefined && message.id !== undefined) send({ id: message.id, result: [] });
  else if (message.id !== undefined) answers.get(message.id)?.(message.result);
  else {
    notices.push(message);
    for (const wake of waiting.splice(0)) wake();
  }
}

beforeAll(async () => {
  const home = dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json'));
  server = spawn(process.execPath, [join(home, 'bin/yaml-language-server'), '--stdio']);
  let buffer = Buffer.alloc(0);
  server.stdout?.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n(?:.+\r\n)*\r\n/.exec(buffer.toString('latin1'));
      const length = Number(head?.[1]);
      if (head === null || buffer.length < head[0].length + length) return;
      receive(JSON.parse(buffer.subarray(head[0].length, head[0].length + length).toString()));
      buffer = buffer.subarray(head[0].length + length);
    }
  });
  const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
  await ask('initialize', { processId: process.pid, rootUri: null, capabilities });
  send({ method: 'initialized', params: {} });
  const settings = {
    yaml: { completion: true, hover: true, validate: true, schemaStore: { enable: false } },
  };
  send({ method: 'workspace/didChangeConfiguration', params: { settings } });
});

afterAll(() => {
  server.kill();
});

let opened = 0;

/** Opens a text whose schema is named as users name it, with the cursor at `|`; the cursor's place comes back. */
function open(text: string, named = schema) {
  const whole = `# yaml-language-server: $schema=${named}\n${text}`;
  const before = whole.slice(0, whole.indexOf('|')).split('\n');
  const uri = `file:///partners-${++opened}.yaml`;
  const document = { uri, languageId: 'yaml', version: 1, text: whole.replace('|', '') };
  send({ method: 'textDocument/didOpen', params: { textDocument: document } });
  return {
    textDocument: { uri },
    position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  };
}

async function completions(text: string, named = schema): Promise<string[]> {
  const answer = (await ask('textDocument/completion', open(text, named))) as { items: { label: string }[] };
  return answer.items.map(({ label }) => label);
}

type Diagnostics = { uri: string; diagnostics: { message: string; range: { start: { line: number } } }[] };

async function diagnostics(text: string, named = schema): Promise<Diagnostics['diagnostics']> {
  const { uri } = open(text, named).textDocument;
  for (;;) {
    const told = notices
      .filter(({ method }) => method === 'textDocument/publishDiagnostics')
      .map(({ params }) => params as Diagnostics)
      .find((each) => each.uri === uri);
    if (told !== undefined) return told.diagnostics;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
}

test('completes the keys of a file, of a partner and of its portal', async () => {
  expect(await completions('version: 1\n|')).toEqual(
    expect.arrayContaining(['organisation', 'catalog', 'settings', 'defaults', 'pins', 'partners']),
  );
  expect(await completions('version: 1\npartners:\n  acme:\n    name: Acme\n    |')).toEqual(
    expect.arrayContaining(['id', 'domain', 'tier', 'tierId', 'phase', 'owner', 'portal', 'ignore']),
  );
  expect(await completions('version: 1\npartners:\n  acme:\n    name: Acme\n    portal:\n      |')).toEqual(
    expect.arrayContaining(['experience', 'access']),
  );
});

test('completes values that are a choice', async () => {
  expect(await completions('version: 1\nsettings:\n  unmanaged: |')).toEqual(
    expect.arrayContaining(['report', 'ignore', 'error']),
  );
});

test('explains a key under the cursor', async () => {
  const hover = (await ask(
    'textDocument/hover',
    open('version: 1\npartners:\n  acme:\n    na|me: Acme\n'),
  )) as {
    contents: { value: string };
  };
  expect(hover.contents.value).toContain('What the partner is called in Introw, up to 200 characters.');
});

test('marks a wrong value on its line, and nothing in a file that is right', async () => {
  const wrong = await diagnostics(
    'version: 1\npartners:\n  acme:\n    name: Acme\n    domain: https://acme.example\n|',
  );
  expect(wrong.map(({ range }) => range.start.line)).toEqual([5]);
  const unknown = await diagnostics('version: 1\npartners:\n  acme: { name: Acme, tear: gold }\n|');
  expect(unknown[0]?.message).toContain('tear');
  expect(await diagnostics('version: 1\npartners:\n  acme: { name: Acme, tier: gold }\n|')).toEqual([]);
});

test("offers the names of the files' own catalog, and marks those that it lacks", async () => {
  const files = `version: 1
catalog:
  tiers: { gold: tier_456, silver: tier_123 }
  experiences: { reseller: exp_1 }
partners:
  acme: { name: Acme, tier: gold }
`;
  const path = join(folder({}), 'partners.schema.json');
  writeFileSync(path, editorSchema(loadDesired([{ path: 'partners.yaml', text: files }])));
  const named = pathToFileURL(path).href;
  expect(await completions(`${files}  globex:\n    name: Globex\n    tier: |`, named)).toEqual(
    expect.arrayContaining(['gold', 'silver']),
  );
  const defaults = await completions('version: 1\ndefaults:\n  portal:\n    experience: |', named);
  expect(defaults).toContain('reseller');
  expect(await completions('version: 1\npins:\n  |', named)).toContain('acme');
  const wrong = await diagnostics(`${files}  globex:\n    name: Globex\n    tier: gould\n|`, named);
  expect(wrong).toMatchObject([{ message: expect.stringContaining('gold'), range: { start: { line: 9 } } }]);
  // Of an empty catalog nothing is known: what it lacks is a problem of validate.
  expect(await diagnostics(`${files}  globex: { name: Globex, tier: silver, phase: any }\n|`, named)).toEqual(
    [],
  );
  const hover = (await ask(
    'textDocument/hover',
    open(`${files.replace('tier: gold', 'ti|er: gold')}`, named),
  )) as {
    contents: { value: string };
  };
  expect(hover.contents.value).toContain('silver (tier');
});
