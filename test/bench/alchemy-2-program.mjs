// A provider of alchemy 2 over the partners API, as its manual shows one; with `read`, which its command for drift needs.
import { readFileSync } from 'node:fs';
import { localState, Stack } from 'alchemy';
import * as Provider from 'alchemy/Provider';
import { Resource } from 'alchemy/Resource';
import * as Effect from 'effect/Effect';
import { callIntrow } from './call-introw.mjs';

const Partner = Resource('Introw.Partner');

const attributes = (partner) => partner && { id: partner.id, name: partner.name, tierId: partner.tierId };

const calls = (...args) => Effect.promise(async () => attributes(await callIntrow(...args)));

const providers = Provider.succeed(Partner, {
  reconcile: ({ news, output }) => (output ? calls('PATCH', `/${output.id}`, news) : calls('POST', '', news)),
  read: ({ output }) => (output ? calls('GET', `/${output.id}`) : Effect.succeed(undefined)),
  delete: () => Effect.void,
  list: () => Effect.succeed([]),
});

export default Stack(
  'Partners',
  { providers, state: localState() },
  Effect.gen(function* () {
    for (const { handle, ...props } of JSON.parse(readFileSync('partners.json', 'utf8')))
      yield* Partner(handle, props);
  }),
);
