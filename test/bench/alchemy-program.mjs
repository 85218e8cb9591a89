// A custom resource of alchemy over the partners API, as its manual shows one.
import { readFileSync } from 'node:fs';
import alchemy, { Resource } from 'alchemy';

async function send(method, path, body) {
  const answer = await fetch(`${process.env.INTROW_API_URL}/api/v1/partners${path}`, {
    method,
    headers: { 'x-api-key': process.env.INTROW_API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`Introw answered ${answer.status}`);
  return (await answer.json()).data;
}

const Partner = Resource('introw::Partner', async function (_name, props) {
  if (this.phase === 'delete') return this.destroy();
  const { id } =
    this.phase === 'update'
      ? await send('PATCH', `/${this.output.id}`, props)
      : await send('POST', '', props);
  return { id, ...props };
});

const app = await alchemy('partners', { stage: 'bench', password: 'unused', noTrack: true });
for (const { handle, ...props } of JSON.parse(readFileSync('partners.json', 'utf8')))
  await Partner(handle, props);
await app.finalize();
