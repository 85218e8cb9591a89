/** The JSON documents of the commands: their types and their schemas are the same. What is printed: test/cli/documents.test.ts. */
import type { Static } from 'typebox';
import { expect, expectTypeOf, test } from 'vitest';
import type { History } from '../../src/history/history.ts';
import type { Json } from '../../src/json.ts';
import type { Handle, PartnerId } from '../../src/partner.ts';
import type { Diagnosis } from '../../src/plan/diagnosis.ts';
import type { Outcome } from '../../src/plan/outcome.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { ProblemCode } from '../../src/problem.ts';
import type {
  AcceptDocument,
  EditDocument,
  ErrorDocument,
  FmtDocument,
  ImportDocument,
  PinDocument,
  RenameDocument,
  ValidateDocument,
  WithFiles,
} from '../../src/render/documents.ts';
import type { ExportDocument } from '../../src/sheet/export-document.ts';
import { documentSchemas } from './schemas/all.ts';

type Documents = {
  plan: Plan;
  outcome: Outcome;
  history: History;
  export: ExportDocument;
  accept: WithFiles<AcceptDocument>;
  pin: WithFiles<PinDocument>;
  import: WithFiles<ImportDocument>;
  fmt: WithFiles<FmtDocument>;
  edit: WithFiles<EditDocument>;
  rename: WithFiles<RenameDocument>;
  validate: ValidateDocument;
  doctor: Diagnosis;
  error: ErrorDocument;
};

/** A type as JSON knows it: nothing is readonly, ids and codes are text. */
type Plain<T> = [Json] extends [T]
  ? unknown
  : T extends Handle | PartnerId | ProblemCode
    ? string
    : T extends readonly (infer Item)[]
      ? Plain<Item>[]
      : T extends object
        ? { -readonly [Key in keyof T]: Plain<T[Key]> }
        : T;

type Described = { [Name in keyof typeof documentSchemas]: Static<(typeof documentSchemas)[Name]> };

test('the types of the documents and their schemas are the same', () => {
  expectTypeOf<Plain<Described>>().toEqualTypeOf<Plain<Documents>>();
});

test.each(Object.entries(documentSchemas))('schemas/%s.schema.json is up to date', async (name, schema) => {
  const { $schema, $id, title, description, ...rest } = JSON.parse(JSON.stringify(schema));
  const ordered = { $schema, $id, title, description, ...rest };
  await expect(`${JSON.stringify(ordered, null, 2)}\n`).toMatchFileSnapshot(
    `../../schemas/${name}.schema.json`,
  );
});
