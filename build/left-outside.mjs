// any-ascii stays outside of the bundle: only import needs it, and its tables are larger than all the rest.

/** What CommonJS requires of a module is its namespace. */
const shim = "module.exports = require('any-ascii').default;";
const shimId = '\0any-ascii.cjs';

export const leftOutside = {
  name: 'left outside',
  resolveId(id, importer) {
    if (id !== 'any-ascii') return null;
    return importer === shimId ? { id, external: true } : shimId;
  },
  load: (id) => (id === shimId ? { code: shim, moduleType: 'js' } : null),
};
