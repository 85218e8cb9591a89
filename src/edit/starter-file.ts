/** The file that somebody begins with: valid as it is, and explained where one will want to write. */

/** A file without partners and a catalog without names; `partners.schema.json` is written next to it. */
export const starterFile = `# yaml-language-server: $schema=./partners.schema.json
version: 1

# Which organisation this is for: a partner that must be there, or nothing is planned.
# organisation:
#   name: Acme, production
#   contains: ptn_…

# Names for Introw's ids, which its API can't list: copy each id from the app once. An import tells
# which ids are in use, and fmt --names writes the names for them.
catalog:
  tiers: {} # gold: tier_456
  phases: {} # active: phase_123
  owners: {} # jamie: user_456
  experiences: {} # reseller: exp_1

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
`;
