/** Plans that were saved: JSON that anybody may have edited, cut off or made with another version. */
import { readFile } from 'node:fs/promises';
import { findField } from '../fields.ts';
import { refuseIrregular } from '../files/regular-file.ts';
import { isObject } from '../json.ts';
import { type FieldChange, type Plan, planFormatVersion } from '../plan/plan.ts';
import { Failure, failure } from '../problem.ts';
import { checker } from './plan-check.ts';

/** Reads a plan or drift document; one that can't be trusted to say what it says is a problem. */
export async function readDocument(path: string): Promise<Plan> {
  const json = parse(await textOf(path), path);
  const formatVersion = isObject(json) ? json.formatVersion : undefined;
  if (typeof formatVersion !== 'string')
    throw failure('PLAN_UNREADABLE', `${path} is not a plan of introwctl.`);
  if (majorOf(formatVersion) > majorOf(planFormatVersion)) {
    throw failure(
      'PLAN_NEWER',
      `${path} has format ${formatVersion}; this version reads ${planFormatVersion}.`,
    );
  }
  if (isObject(json) && json.kind === 'outcome')
    throw failure(
      'PLAN_UNREADABLE',
      `${path} is an outcome: it says what an apply did, not what is to be done.`,
    );
  const checked = validatePlan(json);
  if ('where' in checked)
    throw failure('PLAN_UNREADABLE', `${path} doesn't fit the schema of plans: ${checked.where}.`);
  return checked.plan;
}

async function textOf(path: string): Promise<string> {
  try {
    await refuseIrregular(path, 'Give the file that plan --out wrote.');
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw failure('FILE_NOT_FOUND', `${path} could not be read.`, {
      hint: 'Give the file that plan --out wrote.',
      cause: error,
    });
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw failure('PLAN_UNREADABLE', `${path} is not complete JSON; was it cut off?`, { cause: error });
  }
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/** A document that was checked against schemas/plan.schema.json: the plan, or where it doesn't fit. */
export function validatePlan(json: unknown): { readonly plan: Plan } | { readonly where: string } {
  const check = checker();
  if (!check(json)) {
    const [error] = check.errors ?? [];
    return { where: `${error?.instancePath || 'the document'} ${error?.message ?? 'is not right'}` };
  }
  const misfit = fieldRows(json).find(({ row }) => !holdsValues(row));
  return misfit === undefined
    ? { plan: json }
    : { where: `${misfit.at} has a value that ${misfit.row.field} can't have` };
}

/**
 * Throws for a plan that changes fields that this version doesn't know: a newer minor version may have them. Such a plan
 * can be shown, and not applied, since part of it would be left out.
 */
export function throwOnUnknownFields(plan: Plan, path: string): void {
  const unknown = new Set(fieldRows(plan).flatMap(({ row }) => (findField(row.field) ? [] : [row.field])));
  if (unknown.size === 0) return;
  const names = [...unknown].join(', ');
  throw failure('PLAN_NEWER', `${path} changes ${names}, which this version of introwctl doesn't know.`);
}

function fieldRows({ changes }: Plan): { readonly row: FieldChange; readonly at: string }[] {
  return changes.flatMap(({ fields }, index) =>
    fields.map((row, number) => ({ row, at: `/changes/${index}/fields/${number}` })),
  );
}

/** Whether the values are ones that the field can have; of a field that isn't known they may be any. */
function holdsValues({ field, before, after }: FieldChange): boolean {
  const shape = findField(field)?.shape;
  return [before, after].every(
    (value) => value === null || shape === undefined || shape.read(value) !== undefined,
  );
}
