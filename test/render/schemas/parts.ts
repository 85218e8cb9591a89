/** Parts that several documents have. */
import { type TSchema, Type } from 'typebox';

export const nullable = <Schema extends TSchema>(schema: Schema, description?: string) =>
  Type.Union([schema, Type.Null()], described(description));
export const text = Type.String();
export const amount = Type.Integer({ minimum: 0 });

/** One of a few words. */
export const oneOf = <const Word extends string | null>(words: readonly Word[], description?: string) =>
  Type.Unsafe<Word>({ enum: words, ...described(description) });

function described(description: string | undefined) {
  return description === undefined ? {} : { description };
}

/** What a document begins with that may be saved and read by another version. */
export const head = <const Kind extends TSchema>(kind: Kind) => ({
  formatVersion: Type.String({
    pattern: '^1\\.[0-9]+$',
    description:
      "major.minor: another major is refused, a newer minor may have members that this schema doesn't name.",
  }),
  kind,
  tool: Type.Object({ name: Type.Literal('introwctl'), version: text }, { description: 'What made it.' }),
});

export const position = Type.Object(
  {
    file: Type.String({ description: 'As it was given with -f.' }),
    line: Type.Integer({ minimum: 1 }),
    column: Type.Integer({ minimum: 1 }),
  },
  { description: 'A place in a file, line and column from 1.' },
);
export const partner = Type.Object({ id: text, name: nullable(text), domain: nullable(text) });
export const summary = Type.Object({ code: text, message: text, hint: text });
export const warnings = Type.Array(Type.Object({ code: text, message: text, position: nullable(position) }), {
  description: 'Something to know that stops nothing.',
});

export const blocked = Type.Object({
  code: text,
  message: text,
  hint: text,
  address: Type.Optional(
    nullable(text, 'The handle that is in doubt; null for a guard, which is about the plan.'),
  ),
  candidates: Type.Optional(
    Type.Array(partner, {
      description: 'The live partners that the handle may be, or would become equal to.',
    }),
  ),
  position: Type.Optional(nullable(position)),
});

export const missing = Type.Object({
  address: text,
  name: text,
  pin: nullable(text),
  position,
  known: Type.Optional(Type.Boolean()),
});

const spent = {
  requestsSpent: Type.Integer({ minimum: 0, description: 'Requests that making this document took.' }),
  requestsToApply: Type.Integer({ minimum: 0, description: 'Requests that applying takes at once.' }),
  creditsRemaining: nullable(amount, "Null where Introw didn't tell."),
  creditsLimit: nullable(amount, "Null where Introw didn't tell."),
};
const whatItCost = { description: 'What it cost, in requests and API credits.' };

export const cost = Type.Object(spent, whatItCost);
export const planCost = Type.Object(
  {
    ...spent,
    requestsToApplySaved: Type.Integer({
      minimum: 0,
      description:
        'Requests that applying takes from this document, saved: what it is about is read again first.',
    }),
  },
  whatItCost,
);

export const schemaOf = <const Properties extends Parameters<typeof Type.Object>[0]>(
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
