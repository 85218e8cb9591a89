// A custom resource of alchemy over the partners API, as its manual shows one.
import { readFileSync } from 'node:fs';
import alchemy, { Resource } from 'alchemy';
import { callIntrow } from './call-introw.mjs';

const Partner = Resource('introw::Partner', async function (_name, props) {
  if (this.phase === 'delete') return this.destroy();
  const { id } =
    this.phase === 'update'
      ? await callIntrow('PATCH', `/${this.output.id}`, props)
      : await callIntrow('POST', '', props);
  return { id, ...props };
});

const app = await alchemy('partners', { stage: 'bench', password: 'unused', noTrack: true });
for (const { handle, ...props } of JSON.parse(readFileSync('partners.json', 'utf8')))
  await Partner(handle, props);
await app.finalize();
