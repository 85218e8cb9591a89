/** What the schema found wrong, in the words of people who edit YAML. */

import { catalogKinds, type Field, fields } from '../fields.ts';
import { pagingForms } from '../introw/paging-forms.ts';
import { type Position, type Problem, type ProblemCode, problem } from '../problem.ts';
import type { Tree } from '../yaml/tree.ts';
import { keyPosition, kindOf, type Spot, shown, spotOf } from './error-location.ts';
import { didYouMean, nearest } from './nearest.ts';
import type { SchemaError } from './schema.ts';

type Explained = {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly at?: Position;
} | null;

/** How each keyword of the schema is explained. Null: another keyword reports it better. */
const explanations: Readonly<Record<string, (error: SchemaError, spot: Spot) => Explained>> = {
  type: (error, spot) => (spot.value === null ? nothingGiven(error, spot) : wrongType(error, spot)),
  const: (_, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} is ${shown(spot)}; this version of introwctl reads version 1.`,
    hint: spot.value === '1' ? 'Write version: 1 without quotes.' : 'Write version: 1',
  }),
  enum: (error, spot) => {
    const allowed = (error.params.allowedValues as unknown[]).map(String);
    const meant = typeof spot.value === 'string' ? nearest(spot.value, allowed) : null;
    return {
      code: 'INVALID_VALUE',
      message: `${spot.label} is ${shown(spot)}; it takes ${listed(allowed)}.${didYouMean(meant)}`,
    };
  },
  required: (error, spot) => {
    const missing = String(error.params.missingProperty);
    // A misspelled key is reported once, as a misspelling.
    const given = typeof spot.value === 'object' && spot.value !== null ? Object.keys(spot.value) : [];
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
    if (given.some((key) => !known.includes(key) && nearest(key, known) === missing)) return null;
    const hint = missing === 'version' ? 'Write version: 1 at the top.' : `Add ${missing}: under it.`;
    return {
      code: 'MISSING_KEY',
      message: `${spot.label} has no ${missing}.`,
      at: keyPosition(spot),
      hint,
    };
  },
  additionalProperties: (error, spot) => {
    const key = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
    const holder = typeof spot.value === 'object' && spot.value !== null ? spot.value : spot.parent;
    const meant = nearest(key, known);
    const message = `${spot.label} has no key ${JSON.stringify(key)}.${didYouMean(meant)}`;
    return {
      code: 'UNKNOWN_KEY',
      message,
      hint: placeFor(key, meant, known),
      at: spot.tree.keyAt(holder, key),
    };
  },
  // minLength reports an empty text.
  pattern: (error, spot) => (spot.value === '' ? null : badPattern(error, spot)),
  minLength: (_, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} is empty.`,
    hint: 'Give it a value, or leave the line out.',
  }),
  maxLength: (error, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} has ${[...String(spot.value)].length} characters; Introw takes ${String(error.params.limit)} at most.`,
    hint: 'Shorten it.',
  }),
  minimum: (error, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} is ${shown(spot)}; it must be at least ${String(error.params.limit)}.`,
  }),
  uniqueItems: (_, spot) => ({
    code: 'INVALID_VALUE',
    message: `${spot.label} has an item twice.`,
    hint: 'Keep one of the two.',
  }),
  // Names of handles: the pattern reports them.
  propertyNames: () => null,
  // Two forms of one field: resolving reports them, with both places.
  not: () => null,
  // Its then or else reports it.
  if: () => null,
};

/** The problem that an error of the schema means, or null where another one says the same. */
export function explain(error: SchemaError, tree: Tree): Problem | null {
  const spot = spotOf(error.instancePath, tree);
  const explained = explanations[error.keyword]?.(error, spot);
  if (explained === null) return null;
  if (explained === undefined)
    return problem('INVALID_VALUE', `${spot.label} is not right.`, {
      position: spot.tree.valueAt(spot.parent, spot.key),
    });
  const { code, message, hint, at } = explained;
  return problem(code, message, {
    position: at ?? tree.valueAt(spot.parent, spot.key),
    ...(hint === undefined ? {} : { hint }),
  });
}

function nothingGiven(error: SchemaError, spot: Spot): Explained {
  const type = [error.params.type].flat();
  if (type.includes('object')) {
    return {
      code: 'WRONG_TYPE',
      message: `There is nothing under ${spot.label}.`,
      hint:
        (error.parentSchema?.required as unknown) === undefined
          ? `Write ${spot.key}: {} for none, or leave the line out.`
          : 'Give it a name: at least.',
    };
  }
  if (type.includes('array')) {
    return {
      code: 'WRONG_TYPE',
      message: `There is nothing under ${spot.label}.`,
      hint: `Write ${spot.key}: [] for none, or leave the line out.`,
    };
  }
  const spelled = spot.tree.spelled(spot.parent, spot.key);
  if (spot.field?.field.identity === 'name')
    return {
      code: 'NOT_CLEARABLE',
      message: `${spot.label} is ${spelled ? `${spelled}, which is nothing to YAML` : 'empty'}.`,
      hint: spelled
        ? `If that is its name, write it in quotes: ${spot.key}: "${spelled}"`
        : 'Write the name after the colon.',
    };
  if (spot.field === null)
    return {
      code: 'INVALID_VALUE',
      message: `${spot.label} is empty.`,
      hint: 'Give it a value, or leave the line out.',
    };
  return {
    code: 'NOT_CLEARABLE',
    message: `${spot.label} is ${spot.tree.spelled(spot.parent, spot.key) ? 'null' : 'empty'}, and Introw can't clear it.`,
  };
}

function wrongType(error: SchemaError, spot: Spot): Explained {
  const wanted = [error.params.type].flat().map(String);
  const spelled = spot.tree.spelled(spot.parent, spot.key);
  if (
    wanted.includes('string') &&
    spelled !== null &&
    (typeof spot.value === 'number' || typeof spot.value === 'boolean')
  ) {
    const reads = `${typeof spot.value === 'number' ? 'the number' : 'the boolean'} ${String(spot.value)}`;
    return {
      code: 'WRONG_TYPE',
      message: `${spot.label} is ${reads} to YAML; it must be text.`,
      hint: `Write it in quotes: "${spelled}".`,
    };
  }
  const takes = settingTakes[spot.key];
  if (takes !== undefined)
    return { code: 'INVALID_VALUE', message: `${spot.label} is ${shown(spot)}; it takes ${takes}.` };
  const names: Readonly<Record<string, string>> = {
    object: 'a map (key: value)',
    array: 'a list',
    string: 'text',
    integer: 'a whole number',
  };
  const want = wanted.filter((type) => type !== 'null').map((type) => names[type] ?? type);
  const hint = formFor(wanted, spot);
  return {
    code: 'WRONG_TYPE',
    message: `${spot.label} is ${kindOf(spot.value)}; it must be ${want.join(' or ')}.`,
    ...(hint === null ? {} : { hint }),
  };
}

function badPattern(error: SchemaError, spot: Spot): Explained {
  const handle = error.propertyName;
  if (handle !== undefined) {
    const holder = typeof spot.value === 'object' && spot.value !== null ? spot.value : spot.parent;
    const message = `${JSON.stringify(handle)} can't be a handle: those are up to 100 lower-case letters, digits, dots, dashes and underscores.`;
    const meant = handleLike(handle);
    const hint =
      meant === ''
        ? 'Write another one, such as acme:'
        : `Write ${meant}: and what people call it after name:`;
    return { code: 'INVALID_VALUE', message, hint, at: spot.tree.keyAt(holder, handle) };
  }
  const mismatch = spot.field === null || spot.field.byId ? null : spot.field.field.shape.mismatch;
  if (mismatch !== null) {
    const { code, says, hint } = mismatch;
    return {
      code,
      message: `${spot.label} is ${shown(spot)}, which ${says(String(spot.value))}.`,
      hint: hint(String(spot.value)),
    };
  }
  const takes = settingTakes[spot.key];
  if (takes !== undefined) {
    return { code: 'INVALID_VALUE', message: `${spot.label} is ${shown(spot)}; it takes ${takes}.` };
  }
  return {
    code: 'INVALID_VALUE',
    message: `${spot.label} is ${shown(spot)}, which is not an id.`,
    hint: 'An id has no spaces; copy it from Introw.',
  };
}

/** What a setting takes whose text has a form. */
const settingTakes: Readonly<Record<string, string>> = {
  maxChanges: 'a number or a share such as 30%',
  paging: `${listed(pagingForms.map(({ name }) => name))}, with the parameter behind a colon where it has another name`,
};

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Where a key belongs that isn't known here. */
function placeFor(key: string, meant: string | null, known: readonly string[]): string {
  const section = fields.find(
    ({ path, idKey }) => path[1] !== undefined && (path[1] === key || idKey === key),
  )?.path[0];
  if (section !== undefined && known.includes(section))
    return `Write it under ${section}: ${section}: { ${key}: … }`;
  if ((catalogKinds as readonly string[]).includes(key) && known.includes('catalog'))
    return `Write it under catalog:, indented.`;
  if (meant !== null) return `Write ${meant}:`;
  return `Possible keys: ${known.join(', ')}.`;
}

/** A value of the wrong kind in the form that it must have; null where that can't be known. */
function formFor(wanted: readonly string[], { key, value, field, label }: Spot): string | null {
  const words = typeof value === 'string' ? value.split(/[\s,;]+/u) : listOf(value);
  const texts = words.map((word) => word.replace(/^[-–•*]+/u, '')).filter((word) => word !== '');
  if (wanted.includes('array') && texts.length > 0) return `Write ${key}: [${texts.join(', ')}]`;
  if (wanted.includes('string') && texts.length > 0 && field !== null)
    return `Write one of them: ${key}: ${texts[0]}`;
  const inner = sectionOf(key).find(({ catalog }) => catalog !== null)?.path[1];
  if (wanted.includes('object') && inner !== undefined && texts.length > 0)
    return `Write ${key}: { ${inner}: ${texts[0]} }`;
  if (label === 'partners' && Array.isArray(value))
    return 'Write a handle with a colon in place of each dash, such as acme:, and indent name: and the rest below it.';
  if (label.startsWith('catalog.') && wanted.includes('object') && texts.length > 0)
    return `Write each name with its id in Introw: ${key}: { ${texts.map((text) => `${text}: …`).join(', ')} }`;
  if (wanted.includes('object') && typeof value === 'string' && field === null && key !== '')
    return `Write name: ${value} below ${key}:, indented by two more spaces.`;
  return null;
}

/** What a list holds; of a map, its keys, since {owner} is one. */
function listOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string');
  return Object.entries(value).flatMap(([key, each]) => (each === null ? [key] : []));
}

/** The fields below a key of a partner that holds several. */
function sectionOf(key: string): readonly Field[] {
  return fields.filter(({ path }) => path[0] === key && path[1] !== undefined);
}

/** The handle that is nearest to what somebody wrote as one; empty where nothing is left of it. */
function handleLike(text: string): string {
  return text
    .replace(/['’]/gu, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9._-]+/gu, '-')
    .replace(/^[^a-z0-9]+|-+$/gu, '')
    .slice(0, 100);
}
