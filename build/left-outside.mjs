// any-ascii stays outside of the bundle: only import needs it, and its tables are larger than all the rest.

/** Modules that replace them. What CommonJS requires of a module is its namespace. */
const shims = {
  'any-ascii': "module.exports = require('any-ascii').default;",
};

const shimId = (name) => `\0${name}.cjs`;
const nameOf = new Map(Object.keys(shims).map((name) => [shimId(name), name]));

export const leftOutside = {
  name: 'left outside',
  resolveId(id, importer) {
    if (nameOf.has(importer)) return { id, external: true };
    return Object.hasOwn(shims, id) ? shimId(id) : null;
  },
  load: (id) => (nameOf.has(id) ? { code: shims[nameOf.get(id)], moduleType: 'js' } : null),
};
