#!/usr/bin/env node
// Stands in for gh: keeps comments, issues and pull requests in the file FAKE_GITHUB, answers the calls that the
// workflows make as GitHub does, and refuses all others.
import { readFileSync, writeFileSync } from 'node:fs';

const bot = { login: 'github-actions[bot]' };
const repository = 'repos/example/partners';

/** What --jq asks for, for the expressions that the workflows use; each was held against jq itself. */
const queries = {
  '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- introwctl:plan -->"))) | .id':
    (list) =>
      list
        .filter(({ user, body }) => user.login === bot.login && body.startsWith('<!-- introwctl:plan -->'))
        .map(({ id }) => id),
  '.[] | select(.user.login == "github-actions[bot]" and ((.body // "") | startswith("<!-- introwctl:drift -->"))) | .number':
    (list) =>
      list
        .filter(
          ({ user, body }) => user.login === bot.login && (body ?? '').startsWith('<!-- introwctl:drift -->'),
        )
        .map(({ number }) => number),
  '.[] | select(.merged_at == null) | "\\(.number) \\(.state) \\(.body)"': (list) =>
    list
      .filter(({ merged_at }) => merged_at === null)
      .map(({ number, state, body }) => `${number} ${state} ${body}`),
};

const github = JSON.parse(readFileSync(process.env.FAKE_GITHUB, 'utf8'));

const routes = [
  ['GET', /^issues\/7\/comments\?per_page=100$/, () => github.comments],
  [
    'POST',
    /^issues\/7\/comments$/,
    ({ body }) => {
      github.comments.push({ id: github.comments.length + 1, user: bot, body: limited(body) });
    },
  ],
  [
    'PATCH',
    /^issues\/comments\/(\d+)$/,
    ({ body }, id) => {
      found(github.comments, 'id', id).body = limited(body);
    },
  ],
  ['GET', /^issues\?state=open&per_page=100$/, () => github.issues.filter(({ state }) => state === 'open')],
  [
    'POST',
    /^issues$/,
    ({ title, body }) => {
      github.issues.push({
        number: github.issues.length + 1,
        user: bot,
        state: 'open',
        title: required(title),
        body: limited(body),
      });
    },
  ],
  [
    'PATCH',
    /^issues\/(\d+)$/,
    (fields, number) => void Object.assign(found(github.issues, 'number', number), fields),
  ],
  [
    'GET',
    /^pulls\?state=all&head=example:introw-accept&per_page=1$/,
    () => github.pulls.toReversed().slice(0, 1),
  ],
  [
    'POST',
    /^pulls$/,
    (fields) => {
      if (github.pulls.some(({ state }) => state === 'open'))
        refuse('A pull request already exists for example:introw-accept. (HTTP 422)');
      github.pulls.push({
        number: github.pulls.length + 1,
        user: bot,
        state: 'open',
        merged_at: null,
        ...fields,
        body: limited(fields.body),
      });
    },
  ],
  [
    'PATCH',
    /^pulls\/(\d+)$/,
    (fields, number) => void Object.assign(found(github.pulls, 'number', number), fields),
  ],
];

const { method, path, jq, silent, fields } = callOf(process.argv.slice(2));
if (!process.env.GH_TOKEN) refuse('set GH_TOKEN to use gh in GitHub Actions');
const inside = path.startsWith(`${repository}/`) ? path.slice(repository.length + 1) : null;
const route = routes.find(([verb, pattern]) => verb === method && inside !== null && pattern.test(inside));
if (route === undefined) refuse(`no such call: ${method} ${path}`);
const [, pattern, answer] = route;
const result = answer(fields, ...pattern.exec(inside).slice(1).map(Number));
github.calls.push(`${method} ${inside}`);
writeFileSync(process.env.FAKE_GITHUB, JSON.stringify(github, null, 2));
if (!silent && jq === null) process.stdout.write(`${JSON.stringify(result)}\n`);
if (!silent && jq !== null) for (const line of jq(result)) process.stdout.write(`${line}\n`);

function callOf([command, ...args]) {
  if (command !== 'api') refuse(`no such command: ${command}`);
  const call = { method: null, path: null, jq: null, silent: false, fields: {} };
  while (args.length > 0) {
    const arg = args.shift();
    if (arg === '--paginate') continue;
    if (arg === '--silent') call.silent = true;
    else if (arg === '--method') call.method = args.shift();
    else if (arg === '--jq') call.jq = queryOf(args.shift());
    else if (arg === '--field' || arg === '--raw-field')
      addField(call.fields, args.shift(), arg === '--field');
    else if (arg.startsWith('-') || call.path !== null) refuse(`no such argument: ${arg}`);
    else call.path = arg;
  }
  return { ...call, method: call.method ?? (Object.keys(call.fields).length > 0 ? 'POST' : 'GET') };
}

function queryOf(text) {
  return queries[text] ?? refuse(`no such query: ${text}`);
}

/** --field reads a file after an @; --raw-field takes what it gets. */
function addField(fields, text, magic) {
  const [name, ...rest] = text.split('=');
  const value = rest.join('=');
  fields[name] = magic && value.startsWith('@') ? readFileSync(value.slice(1), 'utf8') : value;
}

function found(list, key, value) {
  return list.find((each) => each[key] === value) ?? refuse('Not Found (HTTP 404)');
}

function limited(body) {
  if ([...required(body)].length > 65_536)
    refuse('Body is too long (maximum is 65536 characters) (HTTP 422)');
  return body;
}

function required(text) {
  return typeof text === 'string' && text !== '' ? text : refuse('Validation Failed (HTTP 422)');
}

function refuse(why) {
  process.stderr.write(`gh: ${why}\n`);
  process.exit(1);
}
