/** Values of the right kind that are none of those that a key takes. */
import { pagingForms } from '../introw/paging-forms.ts';
import { type Explain, type Explained, exampleFor, type Spot, shown } from './error-location.ts';
import { meantChoice, wordsIn } from './known-keys.ts';
import { didYouMean } from './nearest.ts';

/** One of a few words. */
export const notAmong: Explain = (error, spot) => {
  // A value that is no text at all is reported as that.
  if (error.parentSchema?.type === 'string' && typeof spot.value !== 'string') return null;
  const { allowedValues } = error.params;
  const allowed = Array.isArray(allowedValues) ? allowedValues.map(String) : [];
  const meant = typeof spot.value === 'string' ? meantChoice(spot.value, allowed) : null;
  const words = typeof spot.value === 'string' ? wordsIn(spot.value) : [];
  const several = words.map((word) => meantChoice(word, allowed));
  if (Array.isArray(spot.parent) && words.length > 1 && several.every((each) => each !== null))
    return {
      code: 'INVALID_VALUE',
      message: `${spot.label} is ${shown(spot)}, which is more than one.`,
      hint: `Separate them with commas: ${several.join(', ')}`,
    };
  return {
    code: 'INVALID_VALUE',
    message: `${spot.label} is ${shown(spot)}; it takes ${listed(allowed)}.${didYouMean(meant)}`,
    hint: meant === null ? (meanings[spot.key] ?? 'Write one of these, or leave it out.') : `Write ${meant}`,
  };
};

/** What to choose by, where the words don't say it. */
const meanings: Readonly<Record<string, string>> = {
  access:
    "With RESTRICTED_USERS only invited users get in, with RESTRICTED_DOMAINS anybody who has an address at the partner's domain.",
  unmanaged: 'Write report to list unmanaged partners, ignore to count them only, error to refuse to apply.',
};

export const tooSmall: Explain = (error, spot) => ({
  code: 'INVALID_VALUE',
  message: `${spot.label} is ${shown(spot)}; it must be at least ${String(error.params.limit)}.`,
  ...exampleFor(error, spot),
});

/** A list that has an item twice. */
export const notUnique: Explain = (error, { label, value, tree }) => {
  const places = [Number(error.params.i), Number(error.params.j)];
  const items = Array.isArray(value) ? value : [];
  return {
    code: 'INVALID_VALUE',
    message: `${label} has ${JSON.stringify(items[Math.max(...places)])} twice.`,
    hint: 'Keep one of the two.',
    at: tree.valueAt(items, String(Math.max(...places))),
  };
};

/** A text that isn't of the form that its key takes. */
export const badPattern: Explain = (_, spot) => {
  const mismatch = spot.field === null || spot.field.byId ? null : spot.field.field.shape.mismatch;
  if (mismatch !== null) {
    const { code, says, hint } = mismatch;
    return {
      code,
      message: `${spot.label} is ${shown(spot)}, which ${says(String(spot.value))}.`,
      hint: hint(String(spot.value)),
    };
  }
  return notForSetting(spot) ?? notAnId(spot);
};

function notAnId(spot: Spot): Explained {
  const text = String(spot.value);
  const last = /([^\s/?#]+)\/?(?:[?#].*)?$/u.exec(text)?.[1] ?? '';
  const bare = text.replace(/[“”„‟"<>]/gu, '');
  const isAddress = /^[a-z]+:\/\//iu.test(text);
  const meant = isAddress ? last : bare;
  const isId = meant !== text && meant !== '' && !/\s/u.test(meant);
  return {
    code: 'INVALID_VALUE',
    message: `${spot.label} is ${shown(spot)}, which is ${isAddress ? 'a web address and not an id' : 'not an id'}.`,
    hint: isId ? `Write ${spot.key}: ${meant}` : 'An id has no spaces; copy it from Introw.',
  };
}

type Setting = {
  /** To follow `it takes`. */
  readonly takes: string;
  /** The value as it was meant; null where that can't be known. */
  readonly meant: (value: unknown) => string | null;
};

/** What settings take whose values have a form. */
const settings: Readonly<Record<string, Setting>> = {
  maxChanges: {
    takes: 'a number or a share up to 100%, such as 30%',
    meant: (value) => {
      const text = String(value).trim();
      if (typeof value === 'number' && value > 0 && value < 1) return `${Math.round(value * 100)}%`;
      if (/^\d+$/u.test(text)) return text;
      const percent = /^(\d{1,3})(?:[.,]\d+)?\s*(?:%|percent|per cent|prozent)$/iu.exec(text)?.[1];
      return percent === undefined || Number(percent) > 100 ? null : `${Number(percent)}%`;
    },
  },
  reserveCredits: {
    takes: 'a whole number of credits',
    meant: (value) => (/^\s*\d+\s*$/u.test(String(value)) ? String(value).trim() : null),
  },
  paging: {
    takes: `${listed(pagingForms.map(({ name }) => name))}, followed by a colon and the parameter where it has another name`,
    meant: (value) =>
      meantChoice(
        String(value),
        pagingForms.map(({ name }) => name),
      ),
  },
};

/** A value that a setting doesn't take; null for what is no setting of this table. */
export function notForSetting(spot: Spot): Explained {
  const setting = spot.path[0] === 'settings' && spot.path.length === 2 ? settings[spot.key] : undefined;
  if (setting === undefined) return null;
  const meant = typeof spot.value === 'object' ? null : setting.meant(spot.value);
  const isQuoted = meant === spot.value;
  return {
    code: 'INVALID_VALUE',
    message: `${spot.label} is ${shown(spot)}; it takes ${setting.takes}.`,
    ...(meant === null ? {} : { hint: `Write ${spot.key}: ${meant}${isQuoted ? ' without quotes.' : ''}` }),
  };
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
