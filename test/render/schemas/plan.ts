/** What would be done, or what has drifted: plan, drift, show, apply --dry-run. */
import { Type } from 'typebox';
import {
  amount,
  blocked,
  head,
  missing,
  nullable,
  oneOf,
  partner,
  planCost,
  position,
  schemaOf,
  text,
  warnings,
} from './parts.ts';

const blame = nullable(
  Type.Object({
    commit: text,
    date: text,
    subject: text,
    author: Type.Optional(text),
    url: Type.Optional(nullable(text, 'The page of the change or the commit.')),
  }),
  'Who last set the desired value: the commit, when it was committed, and by whom.',
);

const field = Type.Object(
  {
    field: Type.String({
      minLength: 1,
      description:
        'The name of a field; a newer minor version may have fields that an older one does not know.',
    }),
    before: Type.Unknown({
      description: "The live value; null in creates and where Introw doesn't return it.",
    }),
    after: Type.Unknown({ description: 'The desired value; null clears.' }),
    beforeName: nullable(text, 'Its catalog name.'),
    afterName: nullable(text, 'Its catalog name.'),
    origin: oneOf(
      [null, 'proposed', 'drift', 'conflict'],
      'Who moved it: the files, Introw, or both. Null without a base.',
    ),
    base: Type.Optional(
      Type.Unknown({ description: 'What the files at the base said: null, text, or a list.' }),
    ),
    baseName: Type.Optional(nullable(text)),
    from: Type.Optional(
      oneOf(
        ['merged', 'defaults', 'catalog'],
        "Where the desired value comes from, where that isn't the partner's own entry.",
      ),
    ),
    writeOnly: Type.Boolean({ description: "Introw doesn't return the present value." }),
    position,
    known: Type.Optional(Type.Boolean({ description: 'An earlier document given with --known held it.' })),
    since: Type.Optional(nullable(text, 'When the partner last changed in Introw.')),
    blame: Type.Optional(blame),
  },
  { description: 'A field that differs.' },
);

/** What a type of one shape for all actions can't say: a create has a name and no partner, an update both partner and fields. */
const byAction = [
  {
    if: { type: 'object', properties: { action: { const: 'create' } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: {
      type: 'object',
      properties: {
        partner: { type: 'null' },
        fields: {
          type: 'array',
          contains: {
            type: 'object',
            properties: { field: { const: 'name' }, after: { type: 'string' } },
          },
        },
      },
    },
  },
  {
    if: { type: 'object', properties: { action: { const: 'update' } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: {
      type: 'object',
      properties: { partner: { type: 'object' }, fields: { type: 'array', minItems: 1 } },
    },
  },
];

const change = Type.Object(
  {
    address: Type.String({ minLength: 1, description: 'The handle.' }),
    name: Type.String({ description: 'What the partner is called in the files.' }),
    action: oneOf(['create', 'update', 'none']),
    partner: nullable(partner, 'The live partner; null in creates.'),
    fields: Type.Array(field),
    position,
    warnings,
  },
  { description: 'What would be done to one partner.', allOf: byAction },
);

const moves = Type.Object({
  field: text,
  partners: Type.Integer({ minimum: 0, description: 'How many partners move: the sum of moves.' }),
  moves: Type.Array(
    Type.Object({
      from: nullable(text),
      to: nullable(text),
      fromName: nullable(text),
      toName: nullable(text),
      partners: Type.Integer({ minimum: 1 }),
      direction: oneOf(['up', 'down', null], 'By settings.tierOrder; null for what has no order.'),
    }),
  ),
  order: Type.Optional(
    Type.Array(text, {
      description:
        'The values among them that settings.tierOrder orders, lowest first; absent where it orders none.',
    }),
  ),
  balance: Type.Array(Type.Object({ value: text, name: nullable(text), gained: amount, lost: amount }), {
    description: 'What each tier, phase or owner gains and loses, in partners.',
  }),
});

const source = Type.Object(
  {
    files: Type.Array(text),
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    base: nullable(Type.Object({ ref: text, commit: text })),
    api: Type.String({
      minLength: 1,
      description: 'The origin of the API that it was compared with: apply refuses another one.',
    }),
    commit: nullable(text, 'The commit that was checked out; null outside of a git repository.'),
    witness: nullable(
      Type.String({ minLength: 1 }),
      'A partner that was live: apply refuses an organisation without it. Null where none was.',
    ),
  },
  { description: 'What it was made from, and what it was compared with.' },
);

export const plan = schemaOf('plan', 'What introwctl plan --out writes, and drift --format json.', {
  ...head(oneOf(['plan', 'drift'], 'Only a plan can be applied.')),
  createdAt: text,
  organisation: Type.Object({ name: nullable(text), contains: nullable(text) }),
  source,
  complete: Type.Boolean({ description: 'False where only some handles were planned.' }),
  summary: Type.Object({
    create: amount,
    update: amount,
    unchanged: amount,
    unmanaged: amount,
    released: amount,
    drifted: amount,
    conflicts: amount,
    missing: amount,
    publishes: amount,
  }),
  changes: Type.Array(change),
  moves: Type.Optional(
    Type.Array(moves, {
      description:
        "Tier, phase and owner moves of updates: in a plan from what is live to what the files say, in drift the other way round. With a base, what Introw had moved is not among a plan's.",
    }),
  ),
  unmanaged: Type.Array(partner, { description: 'In Introw, not in any file.' }),
  released: Type.Array(
    Type.Object({ address: text, id: nullable(text), name: nullable(text), domain: nullable(text) }),
    { description: 'Handles that the base had and the files no longer have.' },
  ),
  missing: Type.Array(missing, { description: "In drift: handles whose partner isn't in Introw." }),
  settled: Type.Array(Type.Object({ address: text, partnerId: nullable(text), field: nullable(text) }), {
    description: 'Differences of the --known document that are gone.',
  }),
  leftAlone: Type.Optional(
    Type.Array(Type.Object({ address: text, name: text, fields: Type.Array(text) }), {
      description: 'With --only proposed: what has drifted in Introw and stays as it is.',
    }),
  ),
  blocked: Type.Array(blocked, {
    description: 'What apply refuses at: doubts about who a handle is, and guards.',
  }),
  cost: planCost,
  warnings,
});
