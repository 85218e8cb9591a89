/** The schemas of the JSON documents that commands print: the source of schemas/, and of what the types are held to. */
import { type TSchema, Type } from 'typebox';

const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const text = Type.String();
const amount = Type.Integer({ minimum: 0 });

/** One of a few words. */
const oneOf = <const Word extends string>(words: readonly Word[], description?: string) =>
  Type.Unsafe<Word>({ enum: words, ...(description === undefined ? {} : { description }) });
const formatVersion = Type.String({
  pattern: '^1\\.[0-9]+$',
  description:
    "major.minor: another major is refused, a newer minor may have members that this schema doesn't name.",
});
const tool = Type.Object(
  { name: Type.Literal('introwctl'), version: text },
  { description: 'What made it.' },
);

const position = Type.Object(
  { file: text, line: Type.Integer({ minimum: 1 }), column: Type.Integer({ minimum: 1 }) },
  { description: 'A place in a file, line and column from 1.' },
);
const partner = Type.Object({ id: text, name: nullable(text), domain: nullable(text) });
const summary = Type.Object({ code: text, message: text, hint: text });
const problem = Type.Object({ code: text, message: text, hint: text, position: nullable(position) });
const doubts = Type.Array(
  Type.Object({
    code: text,
    message: text,
    hint: text,
    address: Type.Optional(nullable(text)),
    candidates: Type.Optional(Type.Array(partner)),
    position: Type.Optional(nullable(position)),
  }),
  { description: 'Handles of which it is not clear which partner they are; they were left out.' },
);
const cost = Type.Object(
  {
    requestsSpent: amount,
    requestsToApply: amount,
    creditsRemaining: nullable(amount),
    creditsLimit: nullable(amount),
  },
  { description: "What it cost, in requests and API credits. Credits are null where Introw didn't tell." },
);
const files = Type.Array(Type.Object({ path: text, patch: text }), {
  description: 'The files that are changed, or would be, as unified diffs.',
});

const schemaOf = <const Properties extends Parameters<typeof Type.Object>[0]>(
  name: string,
  description: string,
  properties: Properties,
) =>
  Type.Object(properties, {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `https://cdn.jsdelivr.net/npm/introwctl@0/schemas/${name}.schema.json`,
    title: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    description,
  });

const changes = Type.Array(
  Type.Object({
    address: text,
    field: text,
    from: Type.Unknown({ description: 'What the files say: a catalog name where there is one.' }),
    to: Type.Unknown({ description: 'What they are to say; null for none.' }),
    reason: nullable(text),
  }),
);

/** What all results of an outcome have. */
const result = {
  address: Type.String({ description: 'The handle.' }),
  name: text,
  action: oneOf(['create', 'update']),
  fields: Type.Array(text, { description: 'The fields that the change sends.' }),
  partnerId: nullable(text),
  httpStatus: nullable(Type.Integer()),
};
const nothing = {
  verified: Type.Literal(false),
  adopted: Type.Literal(false),
  keptByServer: Type.Array(Type.Never()),
  kept: Type.Optional(Type.Array(Type.Never())),
};
const outcomeResult = Type.Union([
  Type.Object({
    ...result,
    status: Type.Literal('applied'),
    verified: Type.Boolean({
      description: "False where Introw accepted it with an answer that can't be read.",
    }),
    adopted: Type.Boolean({
      description: 'A create that Introw answered by changing a partner that was there before.',
    }),
    keptByServer: Type.Array(text, { description: 'Fields where Introw kept another value than was sent.' }),
    kept: Type.Optional(
      Type.Array(Type.Object({ field: text, sent: Type.Unknown(), kept: Type.Unknown() }), {
        description: 'The same with both values.',
      }),
    ),
    error: Type.Null(),
  }),
  Type.Object({
    ...result,
    status: oneOf(
      ['failed', 'unknown'],
      'failed: Introw refused it, or it was looked up and not found done. unknown: sent, and the answer was lost, so it may have happened.',
    ),
    ...nothing,
    error: summary,
  }),
  Type.Object(
    { ...result, status: Type.Literal('skipped'), ...nothing, error: Type.Null() },
    { description: 'Never sent.' },
  ),
]);

export const documentSchemas = {
  outcome: schemaOf('outcome', 'What introwctl apply --format json writes: what became of each change.', {
    formatVersion,
    kind: Type.Literal('outcome'),
    tool,
    startedAt: text,
    finishedAt: text,
    summary: Type.Object({ applied: amount, failed: amount, unknown: amount, skipped: amount }),
    results: Type.Array(outcomeResult),
    cost,
    stopped: Type.Union([summary, Type.Null()], {
      description: 'Why the run ended before all changes were sent and answered.',
    }),
  }),
  edit: schemaOf('edit', 'What introwctl edit --format json writes.', {
    changes,
    added: Type.Array(text, { description: 'The handles of new partners.' }),
    otherColumns: Type.Array(text, { description: 'The columns of the sheet that are no field.' }),
    files,
  }),
  accept: schemaOf('accept', 'What introwctl accept --format json writes.', {
    taken: Type.Array(
      Type.Object({
        address: text,
        field: text,
        from: Type.Unknown({ description: 'What the files say: a catalog name where there is one.' }),
        to: Type.Unknown({ description: 'What Introw holds.' }),
        how: Type.Union([
          Type.Literal('stated'),
          Type.Literal('stated apart'),
          Type.Literal('unstated'),
          Type.Literal('ignored'),
        ]),
        comments: Type.Array(text),
        uncommitted: Type.Boolean(),
      }),
    ),
    left: Type.Array(Type.Object({ address: text, field: text, why: text }), {
      description: 'Live values that the files cannot take over.',
    }),
    missing: Type.Array(
      Type.Object({
        address: text,
        name: text,
        pin: nullable(text),
        position,
        known: Type.Optional(Type.Boolean()),
      }),
    ),
    doubts,
    cost,
    files,
  }),
  pin: schemaOf('pin', 'What introwctl pin --format json writes.', {
    pinned: Type.Record(text, text, { description: "Introw's id for each handle that is pinned." }),
    moved: Type.Array(text),
    left: Type.Array(Type.Object({ address: text, why: text })),
    doubts,
    cost,
    files,
  }),
  import: schemaOf('import', 'What introwctl import --format json writes.', {
    imported: Type.Array(text, { description: 'The new handles.' }),
    doubts,
    cost,
    files,
  }),
  fmt: schemaOf('fmt', 'What introwctl fmt --format json writes.', {
    formatted: Type.Array(text, { description: 'The files that were not formatted.' }),
    files,
  }),
  validate: schemaOf('validate', 'What introwctl validate --format json writes for valid files.', {
    valid: Type.Literal(true),
    partners: amount,
    files: Type.Array(text),
    warnings: Type.Array(Type.Object({ code: text, message: text, position: nullable(position) })),
  }),
  doctor: schemaOf('doctor', 'What introwctl doctor --format json writes.', {
    fingerprint: text,
    proxy: nullable(Type.Object({ url: text, from: text })),
    read: Type.Boolean(),
    write: nullable(Type.Boolean()),
    contains: nullable(Type.Object({ id: text, there: Type.Boolean() })),
    partners: nullable(amount),
    list: nullable(
      Type.Object({
        listMembers: Type.Array(text),
        owner: Type.Array(text),
        experience: Type.Array(text),
        unknownMembers: Type.Array(text),
        paging: nullable(text),
        probes: amount,
        pageSize: amount,
      }),
    ),
    creditsRemaining: nullable(amount),
    creditsLimit: nullable(amount),
    requestsSpent: amount,
    planCost: amount,
    nextKey: nullable(
      Type.Object({
        fingerprint: text,
        read: nullable(Type.Boolean()),
        write: nullable(Type.Boolean()),
        sameOrganisation: nullable(Type.Boolean()),
        problem: nullable(summary),
        mayReplace: Type.Boolean(),
        because: nullable(text),
      }),
    ),
  }),
  error: schemaOf('error', 'What any command writes that fails with --format json.', {
    error: Type.Object({ code: text, message: text, hint: text, problems: Type.Array(problem) }),
  }),
};
