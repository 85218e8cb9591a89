/** What became of a plan: apply, show. */
import { Type } from 'typebox';
import { amount, cost, head, nullable, oneOf, schemaOf, summary, text } from './parts.ts';

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

export const outcome = schemaOf(
  'outcome',
  'What introwctl apply --format json writes: what became of each change.',
  {
    ...head(Type.Literal('outcome')),
    startedAt: text,
    finishedAt: text,
    summary: Type.Object({ applied: amount, failed: amount, unknown: amount, skipped: amount }),
    results: Type.Array(outcomeResult),
    cost,
    stopped: nullable(summary, 'Why the run ended before all changes were sent and answered.'),
  },
);
