/** The keys that the files have, and what people from other tools call them. */
import { catalogKinds, type Field, fields } from '../fields.ts';
import { nearest } from './nearest.ts';

/** The keys below another that give a field: by a catalog name, and by an id. */
function keysOf({ path, idKey }: Field, depth: 0 | 1): readonly string[] {
  const own = path[depth] ?? path[0];
  return path.length - 1 === depth && idKey !== null ? [own, idKey] : [own];
}

/** Keys of a partner. */
const partnerKeys: readonly string[] = [
  ...new Set(['id', 'externalId', ...fields.flatMap((field) => keysOf(field, 0)), 'ignore']),
];

/** All keys that a file may begin a line with. */
export const knownKeys: readonly string[] = [
  ...partnerKeys,
  ...fields.flatMap((field) => keysOf(field, 1)),
  'version',
  'organisation',
  'catalog',
  ...catalogKinds,
  'settings',
  'defaults',
  'pins',
  'partners',
];

/** What other tools, sheets and languages call a key, in lower case and without signs between the words. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  name: [
    'title',
    'company',
    'companyname',
    'partner',
    'partnername',
    'displayname',
    'label',
    'account',
    'accountname',
    'organisation',
    'organization',
    'firma',
    'nom',
    'société',
    'societe',
    'nombre',
    'nome',
    'naam',
    '名前',
    '会社名',
  ],
  domain: [
    'website',
    'web',
    'url',
    'site',
    'homepage',
    'www',
    'domains',
    'domainname',
    'companydomain',
    'webseite',
    'domäne',
    'domaine',
    'siteweb',
    'dominio',
    'ドメイン',
  ],
  tier: [
    'level',
    'rank',
    'grade',
    'class',
    'category',
    'program',
    'partnertier',
    'partnerlevel',
    'stufe',
    'niveau',
    'nivel',
  ],
  phase: [
    'status',
    'stage',
    'state',
    'lifecycle',
    'lifecyclestage',
    'pipeline',
    'step',
    'partnerstatus',
    'partnerstage',
    'étape',
    'etape',
    'fase',
  ],
  owner: [
    'manager',
    'partnermanager',
    'pam',
    'cam',
    'csm',
    'accountmanager',
    'accountowner',
    'partnerowner',
    'responsible',
    'assignee',
    'contact',
    'besitzer',
    'betreuer',
    'responsable',
    'owneremail',
    'manageremail',
    '担当者',
  ],
  externalId: ['crmid', 'hubspotid', 'salesforceid', 'external', 'sfid', 'extid'],
  id: ['introwid', 'partnerid', 'uuid', 'pin'],
  experience: ['template', 'experiencetemplate', 'portaltemplate', 'type'],
  access: ['portalaccess', 'visibility', 'restriction', 'permissions'],
  ignore: ['ignored', 'skip', 'exclude', 'ignorefields', 'unmanaged'],
  partners: ['companies', 'accounts', 'resellers', 'partnerlist', 'partner', 'partenaires', 'socios'],
  catalog: ['catalogue', 'names', 'ids', 'mapping', 'mappings'],
  settings: ['config', 'configuration', 'options', 'preferences'],
  defaults: ['default', 'common', 'base'],
  contains: ['id', 'partnerid', 'witness'],
  maxChanges: ['limit', 'max', 'maximum', 'maxupdates', 'changelimit'],
  reserveCredits: ['credits', 'reserve', 'reservedcredits', 'mincredits'],
  tierOrder: ['tiers', 'order', 'tierranking', 'ranking'],
  tiers: ['tier', 'levels', 'level'],
  phases: ['phase', 'stages', 'stage', 'statuses', 'status'],
  owners: ['owner', 'users', 'user', 'managers', 'people', 'members'],
  experiences: ['experience', 'templates', 'template', 'portals', 'portal'],
};

/** Whether a partner has a key of that name. */
export function isPartnerKey(key: string): boolean {
  return partnerKeys.includes(key);
}

/** The key among those that are known here that somebody most likely meant; null where none is likely. */
export function meantKey(key: string, known: readonly string[]): string | null {
  const folded = key
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._:-]+/gu, '');
  const isMeant = (each: string) => each.toLowerCase() === folded;
  const bySynonym = (each: string) => synonyms[each]?.includes(folded) ?? false;
  return known.find(isMeant) ?? known.find(bySynonym) ?? nearest(key, known);
}

/** Words for the choices of the few keys that take one of several. */
const choices: Readonly<Record<string, readonly string[]>> = {
  RESTRICTED_DOMAINS: ['domain', 'domains', 'public', 'open', 'everyone', 'anyone', 'all'],
  RESTRICTED_USERS: ['user', 'users', 'private', 'closed', 'invited', 'invite', 'invitedusers'],
  report: ['list', 'show', 'warn', 'warning'],
  ignore: ['skip', 'silent', 'none', 'off', 'count', 'false'],
  error: ['fail', 'block', 'stop', 'refuse', 'deny'],
  portal: ['access', 'experience', 'experienceid', 'portalaccess', 'portalexperience'],
};

/** The one of a few words that somebody most likely meant; null where none is likely. */
export function meantChoice(text: string, allowed: readonly string[]): string | null {
  const folded = text.toLowerCase().replace(/[\s._:-]+/gu, '');
  return allowed.find((each) => choices[each]?.includes(folded)) ?? meantKey(text, allowed);
}

/** The words of a list that somebody wrote without YAML's signs, or with those of another script. */
export function wordsIn(text: string): readonly string[] {
  return text
    .split(/[\s,;|，、；]+/u)
    .map((word) => word.replace(/^[-–—•*[({（［【「"'“]+|[\])}）］】」"'”]+$/gu, ''))
    .filter((word) => word !== '');
}
