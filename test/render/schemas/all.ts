/** The schemas of the JSON documents that commands print: the source of schemas/, and of what the types are held to. */
import { Type } from 'typebox';
import { catalogKinds } from '../../../src/fields.ts';
import { exported } from './export.ts';
import { history } from './history.ts';
import { outcome } from './outcome.ts';
import {
  amount,
  blocked,
  cost,
  missing,
  nullable,
  oneOf,
  position,
  schemaOf,
  summary,
  text,
  warnings,
} from './parts.ts';
import { plan } from './plan.ts';

const problem = Type.Object({ code: text, message: text, hint: text, position: nullable(position) });
const doubts = Type.Array(blocked, {
  description: 'Handles of which it is not clear which partner they are; they were left out.',
});
const files = Type.Array(Type.Object({ path: text, patch: text }), {
  description: 'The files that are changed, or would be, as unified diffs.',
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

export const documentSchemas = {
  plan,
  outcome,
  history,
  export: exported,
  edit: schemaOf('edit', 'What introwctl edit and set write with --format json.', {
    changes,
    added: Type.Array(text, { description: 'The handles of new partners.' }),
    otherColumns: Type.Array(text, { description: 'The columns of the sheet that are no field.' }),
    files,
  }),
  rename: schemaOf('rename', 'What introwctl rename --format json writes.', {
    renamed: Type.Object({
      kind: oneOf(['handle', ...catalogKinds], 'What has the name.'),
      from: text,
      to: text,
    }),
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
    missing: Type.Array(missing),
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
    named: Type.Array(Type.Object({ catalog: oneOf(catalogKinds), name: text, id: text }), {
      description: 'New names in the catalog, for ids that Introw returned with a name.',
    }),
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
    warnings,
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
