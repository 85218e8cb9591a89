/** Plans and outcomes that were saved: JSON that anybody may have edited, cut off or made with another version. */
import type { ValidateFunction } from 'ajv';
import { findField } from '../fields.ts';
import { readOne } from '../files/read-one.ts';
import { isObject } from '../json.ts';
import { type Outcome, outcomeFormatVersion } from '../plan/outcome.ts';
import { type FieldChange, type Plan, planFormatVersion } from '../plan/plan.ts';
import { type Failure, failure } from '../problem.ts';
import { shellWord } from '../shell-word.ts';
import { checker as outcomeChecker } from './outcome-check.ts';
import { checker as planChecker } from './plan-check.ts';

/** Reads a document that plan, drift or apply saved; one that can't be trusted to say what it says is a problem. */
export async function readDocument(path: string): Promise<Plan | Outcome> {
  const json = await readJson(path);
  return json.kind === 'outcome' ? outcomeIn(json, path) : planIn(json, path);
}

/** Reads a plan or drift document; an outcome is a problem. */
export async function readPlan(path: string): Promise<Plan> {
  const json = await readJson(path);
  if (json.kind !== 'outcome') return planIn(json, path);
  throw failure(
    'PLAN_UNREADABLE',
    `${path} is an outcome: it says what an apply did, not what is to be done.`,
  );
}

/** JSON that claims to be a document; the version of its format decides whether the rest can be read. */
type Versioned = Readonly<Record<string, unknown>> & { readonly formatVersion: string };

function planIn(json: Versioned, path: string): Plan {
  throwOnNewer(json, planFormatVersion, path);
  const checked = validatePlan(json);
  if ('plan' in checked) return checked.plan;
  throw failure('PLAN_UNREADABLE', `${path} doesn't fit the schema of plans: ${checked.where}.`);
}

function outcomeIn(json: Versioned, path: string): Outcome {
  throwOnNewer(json, outcomeFormatVersion, path);
  const checked = validateOutcome(json);
  if ('outcome' in checked) return checked.outcome;
  throw failure('PLAN_UNREADABLE', `${path} doesn't fit the schema of outcomes: ${checked.where}.`, {
    hint: whichFile,
  });
}

function throwOnNewer({ formatVersion }: Versioned, known: string, path: string): void {
  if (majorOf(formatVersion) > majorOf(known))
    throw failure('PLAN_NEWER', `${path} has format ${formatVersion}; this version reads ${known}.`);
}

async function readJson(path: string): Promise<Versioned> {
  const json = parse(await readOne(path, whichFile), path);
  if (!isObject(json) || typeof json.formatVersion !== 'string' || isOther(json.kind))
    throw notADocument(json, path);
  return { ...json, formatVersion: json.formatVersion };
}

const whichFile = 'Pass a file that plan, drift or apply wrote with --out.';

/** Documents of other commands, which print them with --format json. */
function isOther(kind: unknown): boolean {
  return kind === 'history' || kind === 'export';
}

/** What is in the file instead: a command that fails with --format json prints its error where the plan would be. */
function notADocument(json: unknown, path: string): Failure {
  if (isObject(json) && isObject(json.error) && typeof json.error.message === 'string')
    return failure('PLAN_UNREADABLE', `${path} holds the error of a run that failed: ${json.error.message}`, {
      hint: 'Correct that, and run it again.',
    });
  const what = isObject(json) && isOther(json.kind) ? `a document of ${json.kind}` : 'another document';
  return failure('PLAN_UNREADABLE', `${path} is ${what}, not a plan, drift or outcome of introwctl.`, {
    hint: whichFile,
  });
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/\.ya?ml$/i.test(path)) {
      const word = shellWord(path);
      throw failure('PLAN_UNREADABLE', `${path} is a file of partners, not a saved plan.`, {
        hint: `Pass it with -f, as in introwctl plan -f ${word} or introwctl apply -f ${word}.`,
        cause: error,
      });
    }
    throw failure('PLAN_UNREADABLE', `${path} ${whyNoJson(text.trim())}`, { cause: error });
  }
}

function whyNoJson(text: string): string {
  if (text === '') return 'is empty.';
  return text.startsWith('{') ? 'is not complete JSON; was it cut off?' : 'is not JSON.';
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/** Where a document doesn't fit its schema. */
type Misfit = { readonly where: string };

/** A document that was checked against schemas/plan.schema.json: the plan, or where it doesn't fit. */
export function validatePlan(json: unknown): { readonly plan: Plan } | Misfit {
  const check = planChecker();
  if (!check(json)) return misfitOf(check.errors);
  const misfit = fieldRows(json).find(({ row }) => !holdsValues(row));
  return misfit === undefined
    ? { plan: json }
    : { where: `${misfit.at} has a value that ${misfit.row.field} can't have` };
}

/** The same for schemas/outcome.schema.json. */
export function validateOutcome(json: unknown): { readonly outcome: Outcome } | Misfit {
  const check = outcomeChecker();
  return check(json) ? { outcome: json } : misfitOf(check.errors);
}

/** Where a value may have several shapes, the fault is in the one that its constants choose, not in those they rule out. */
function misfitOf(errors: ValidateFunction['errors']): Misfit {
  const all = errors ?? [];
  const chosen = all.find(({ keyword }) => !['const', 'enum', 'anyOf'].includes(keyword)) ?? all[0];
  return { where: `${chosen?.instancePath || 'the document'} ${chosen?.message ?? 'is not right'}` };
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
  return [before, after].every((value) => shape === undefined || shape.read(value) !== undefined);
}
