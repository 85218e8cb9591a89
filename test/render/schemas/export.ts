/** Partners as JSON: export. */
import { Type } from 'typebox';
import { head, nullable, oneOf, position, schemaOf, text } from './parts.ts';

const values = (description: string) => Type.Record(text, Type.Unknown(), { description });
const ids = values("Introw's ids of what is shown by catalog name.");
const shown = values(
  'A member for each column of the sheet: handle, id, externalId, then the fields. Null is both not stated and none.',
);

const exportedPartner = Type.Intersect([
  shown,
  Type.Object({
    ids,
    live: Type.Optional(
      nullable(
        Type.Intersect([shown, Type.Object({ ids })]),
        'With --compare: what Introw holds; null where no live partner is matched without a doubt.',
      ),
    ),
    from: Type.Optional(
      Type.Record(text, oneOf(['partner', 'merged', 'defaults']), {
        description: 'Where each value of the files comes from; not there with --live.',
      }),
    ),
    ignore: Type.Optional(Type.Array(text, { description: 'Fields that are left to the CRM.' })),
    position: Type.Optional(position),
  }),
]);

export const exported = schemaOf('export', 'What introwctl export --format json writes.', {
  ...head(Type.Literal('export')),
  partners: Type.Array(exportedPartner),
});
