/**
 * Creates that may be somebody who is there already: the domain is one but for `www.`, or the name is one but for
 * punctuation, case and legal form. Nothing is matched by this; it is pointed out, since there is no delete.
 */

import type { DesiredPartner } from '../desired/state.ts';
import { firstOf } from '../english.ts';
import { foldDomain, foldName } from '../folding.ts';
import { append } from '../grouped.ts';
import type { LivePartner } from '../partner.ts';
import { type Warning, warning } from '../problem.ts';
import { spelledOut } from '../spelled-out.ts';
import { describe, pinCommand, placed } from './doubts.ts';

/** What legal forms are called at the end of a name, without their dots. */
const legalForms = new Set(
  `inc incorporated corp corporation co company ltd limited llc llp lp plc gmbh mbh ag kg kgaa ohg gbr ug ev eg se
   sa sas sasu sarl srl spa snc sl slu lda ltda bv nv cv vof ab as asa oy oyj aps is ehf pty pte pvt private proprietary
   kk gk doo dd ad ood eood sro zrt kft nyrt rt sp z oo zoo sia uab ooo oao zao pjsc sdn bhd tbk pt`.split(
    /\s+/,
  ),
);

/** The kinds of companies that Chinese and Japanese put before or after a name, without a space. */
const attachedForms = /株式会社|有限会社|合同会社|\(株\)|\(有\)|股份有限公司|有限责任公司|有限公司/gu;

/** A partner that a create may be: how messages name it, and its id where it is live. */
type LookAlike = {
  readonly of: DesiredPartner | LivePartner;
  readonly text: string;
  readonly id: string | null;
};

const mostShown = 3;

/** Finds the look-alikes of creates among the live partners and the other creates. */
export function findLookAlikes(
  creates: readonly DesiredPartner[],
  live: readonly LivePartner[],
): (create: DesiredPartner) => Warning[] {
  if (creates.length === 0) return () => [];
  const byKey = new Map<string, LookAlike[]>();
  const add = (of: DesiredPartner | LivePartner, text: string, id: string | null) => {
    for (const key of nearKeys(of)) append(byKey, key, { of, text, id });
  };
  for (const partner of live) add(partner, describe(partner), partner.id);
  for (const create of creates) add(create, placed(create), null);
  return (create) => {
    const found = new Map(
      nearKeys(create)
        .flatMap((key) => byKey.get(key) ?? [])
        .map((each) => [each.of, each]),
    );
    found.delete(create);
    return found.size === 0 ? [] : [looksLike(create, [...found.values()])];
  };
}

function looksLike(create: DesiredPartner, found: readonly LookAlike[]): Warning {
  const texts = found.map(({ text }) => text);
  const [first] = found.flatMap(({ id }) => id ?? []);
  const wayOut =
    first === undefined ? '' : ` If it is the same partner: ${pinCommand(create.handle, first)}.`;
  const message = `${create.handle} (${spelledOut(create.name)}) would be created, and looks like ${firstOf(texts, mostShown)}.${wayOut}`;
  return warning('LOOKS_LIKE', message, create.position);
}

function nearKeys({
  name,
  domain,
}: {
  readonly name: string | null;
  readonly domain: string | null;
}): string[] {
  const byName = name === null ? '' : nearName(name);
  const byDomain = domain === null ? '' : foldDomain(domain).replace(/^(?:www\.)+/u, '');
  return [...(byName === '' ? [] : [`name ${byName}`]), ...(byDomain === '' ? [] : [`domain ${byDomain}`])];
}

/** A name without punctuation, spaces and legal form; `A.C.M.E. GmbH & Co. KG` → `acme`. */
function nearName(name: string): string {
  const dotless = foldName(name).replace(attachedForms, '').replaceAll('.', '');
  const words = dotless.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  while (words.length > 1 && legalForms.has(words.at(-1) ?? '')) words.pop();
  return words.join('');
}
