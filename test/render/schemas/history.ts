/** What changed in meaning, when, by whom, and when it was applied. */
import { Type } from 'typebox';
import { head, nullable, oneOf, position, schemaOf, text } from './parts.ts';

const person = Type.Object({ name: text, email: text, date: text });
const commitId = Type.String({ pattern: '^[0-9a-f]{40,64}$' });

const commitRef = {
  commit: commitId,
  date: Type.String({
    description:
      'When it was committed, ISO 8601 in UTC: on the branch that was looked at, when it took effect.',
  }),
  author: person,
  committer: person,
  subject: text,
  url: nullable(text, 'The page of the commit; null where the remote is on no code host that is known.'),
  review: nullable(
    Type.Object({ number: Type.Integer(), url: nullable(text) }),
    'The pull request or merge request that the subject names.',
  ),
};
const commit = Type.Object(commitRef);

const stated = nullable(
  Type.Object({
    value: Type.Unknown({
      description: 'As Introw gets it: for a field with a catalog, the id. null clears.',
    }),
    name: nullable(text),
  }),
  'A value in the files with its catalog name; null where they state none.',
);

const runRef = { commit: text, finishedAt: text, url: nullable(text) };

const applied = nullable(
  Type.Object({
    status: oneOf([
      'applied',
      'adopted',
      'kept',
      'failed',
      'unknown',
      'skipped',
      'unchanged',
      'superseded',
      'pending',
    ]),
    run: nullable(Type.Object(runRef)),
  }),
  'What became of it in Introw. kept: Introw kept another value. unchanged: Introw had the value already. superseded: another value came before an apply. pending: not applied yet. null where nothing is known, or nothing is to be applied.',
);

const change = Type.Object({
  partner: Type.String({ description: 'The handle that the partner has now, or had last.' }),
  handle: Type.String({ description: 'Its handle after this commit.' }),
  from: nullable(text, 'Its handle before this commit, where that was another.'),
  kind: oneOf(['added', 'changed', 'removed']),
  fields: Type.Array(
    Type.Object({
      field: text,
      before: stated,
      after: stated,
      source: oneOf(
        ['partner', 'defaults', 'catalog'],
        "What was edited: the partner's own entry, the defaults, or the id of a catalog name.",
      ),
      setIn: nullable(commit, 'In a merge: the commit that was merged and that gave the value.'),
      applied,
    }),
  ),
});

const run = Type.Object({
  ...runRef,
  startedAt: text,
  complete: Type.Boolean({ description: 'Whether it was about all handles, and not stopped.' }),
  stopped: nullable(text, 'The code of what stopped it.'),
  results: Type.Array(
    Type.Object({
      handle: text,
      partnerId: nullable(text),
      status: oneOf(['applied', 'adopted', 'failed', 'unknown', 'skipped']),
      fields: Type.Array(text),
      kept: Type.Array(text, { description: 'Fields of which Introw kept another value.' }),
    }),
  ),
});

export const history = schemaOf(
  'history',
  'What introwctl history --format json writes: what changed in meaning, when, by whom, and when it was applied.',
  {
    ...head(Type.Literal('history')),
    source: Type.Object({
      files: Type.Array(text),
      until: Type.String({ description: 'The last commit that was looked at.' }),
      firstParent: Type.Boolean({ description: 'Whether only the first parents of merges were followed.' }),
    }),
    begins: nullable(
      Type.Object({ commit: text, date: text, reason: oneOf(['since', 'shallow']) }),
      'Where the history begins; null where it goes back to the first commit.',
    ),
    answers: Type.Array(
      Type.Object({
        partner: text,
        field: text,
        value: stated,
        since: nullable(commit, 'Null where it was so before the history begins.'),
        setIn: nullable(commit, 'The merged commit that gave the value; null where `since` did itself.'),
        applied,
      }),
      {
        description: 'For the handles that were asked for: what each field says at the end, and since when.',
      },
    ),
    entries: Type.Array(
      Type.Object({
        ...commitRef,
        bridged: Type.Array(text, {
          description:
            "Commits before this one whose files don't validate: what changed may have changed in one of them.",
        }),
        changes: Type.Array(change),
      }),
      { description: 'Commits that changed the meaning, the newest first.' },
    ),
    invalid: Type.Array(
      Type.Object({
        ...commitRef,
        problem: Type.Object({ code: text, message: text, position: nullable(position) }),
      }),
      { description: "Commits whose files don't validate, the newest first." },
    ),
    recorded: oneOf(
      ['yes', 'no'],
      'Whether this clone has records of applies: notes under refs/notes/introw.',
    ),
    runs: Type.Optional(
      Type.Array(run, { description: 'With --runs: the applies that are recorded, the newest first.' }),
    ),
  },
);
