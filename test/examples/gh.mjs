#!/usr/bin/env node
// Stands in for gh: `gh api --silent --method M PATH --raw-field name=value …`, sent to the API at GITHUB_API_URL.
const [command, ...args] = process.argv.slice(2);
if (command !== 'api') refuse(`no such command: ${command}`);
if (!process.env.GH_TOKEN) refuse('set GH_TOKEN to use gh in GitHub Actions');
const call = { method: 'GET', path: '', fields: {} };
while (args.length > 0) {
  const arg = args.shift();
  if (arg === '--method') call.method = args.shift();
  else if (arg === '--raw-field') {
    const [name, ...rest] = args.shift().split('=');
    call.fields[name] = rest.join('=');
  } else if (arg.startsWith('-') && arg !== '--silent') refuse(`no such argument: ${arg}`);
  else if (arg !== '--silent') call.path = arg;
}
const answer = await fetch(`${process.env.GITHUB_API_URL}/${call.path}`, {
  method: call.method,
  headers: { authorization: `Bearer ${process.env.GH_TOKEN}` },
  body: JSON.stringify(call.fields),
});
if (!answer.ok) refuse(`${(await answer.json()).message} (HTTP ${answer.status})`);

function refuse(why) {
  process.stderr.write(`gh: ${why}\n`);
  process.exit(1);
}
