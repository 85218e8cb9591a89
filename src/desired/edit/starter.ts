/** The files that somebody begins with: valid as they are, and explained where one will want to write. */

const schemaLine = '# yaml-language-server: $schema=./partners.schema.json';

/** A file of partners without any, and a catalog without names; `partners.schema.json` is to lie beside them. */
export const starterFiles: Readonly<Record<'partners.yaml' | 'catalog.yaml', string>> = {
  'partners.yaml': `${schemaLine}
version: 1

# Which organisation this is for: a partner that must be there, or nothing is planned.
# organisation:
#   name: Acme, production
#   contains: ptn_…

# For every partner below; what a partner says itself wins.
# defaults:
#   phase: active

# Each partner under its handle, which is what plans call it. A field that is left out is neither
# compared nor changed.
#   acme:
#     name: Acme Partners
#     domain: acme.example
#     tier: gold
#     owner: jamie
partners: {}
`,
  'catalog.yaml': `${schemaLine}
version: 1

# Names for Introw's ids, which its API can't list: copy each id from the app once. An import names
# the ids that are in use.
catalog:
  tiers: {} # gold: tier_456
  phases: {} # active: phase_123
  owners: {} # jamie: user_456
  experiences: {} # reseller: exp_1
`,
};
