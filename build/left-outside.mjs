// Two packages stay outside of the bundle. any-ascii: only import needs it, and its tables are larger than all the rest.
// undici: what talks to the network is to be reached by the user's npm audit and overrides.

/** Modules that replace them. What CommonJS requires of a module is its namespace. */
const shims = {
  'any-ascii': "module.exports = require('any-ascii').default;",
  // All of it takes longer to load than the rest of a plan, since it brings its own fetch, caches and mocks; so the parts
  // are loaded that are used. A version of undici that keeps them elsewhere is loaded as a whole.
  undici: `
    const part = (load, name) => {
      try {
        return load();
      } catch {
        return require('undici')[name];
      }
    };
    const withApi = (dispatcher) => {
      const api = require('undici/lib/api');
      const { prototype } = require('undici/lib/dispatcher/dispatcher.js');
      if (prototype.request === undefined) Object.assign(prototype, api);
      return dispatcher;
    };
    module.exports = {
      get Pool() { return part(() => withApi(require('undici/lib/dispatcher/pool.js')), 'Pool'); },
      get ProxyAgent() { return part(() => withApi(require('undici/lib/dispatcher/proxy-agent.js')), 'ProxyAgent'); },
      get request() { return require('undici').request; },
    };`,
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
