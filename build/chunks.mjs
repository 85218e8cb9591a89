// Which modules go into one file. Finding a file takes Node as long as checking some partners, so what is always loaded
// together is in one: a module goes into the first of these files whose entries all need it.
import { fileURLToPath } from 'node:url';

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const rows = [
  { name: 'start', entries: ['src/cli/main.ts'] },
  { name: 'common', entries: ['src/cli/program.ts', 'src/index.ts'] },
  { name: 'files', entries: ['src/cli/commands/validate.ts'] },
  { name: 'planning', entries: ['src/cli/commands/plan.ts'] },
];

/** Loading the library must not run the command. */
const apart = path('src/cli/main.ts');

export const chunks = rows.map(({ name, entries }) => {
  let needed = null;
  return {
    debugName: name,
    name(id, graph) {
      needed ??= entries.map((entry) => neededBy(path(entry), graph));
      return id !== apart && needed.every((modules) => modules.has(id)) ? name : null;
    },
  };
});

/** The module and all that is loaded before it runs. */
function neededBy(id, graph, needed = new Set()) {
  if (needed.has(id)) return needed;
  needed.add(id);
  for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) neededBy(imported, graph, needed);
  return needed;
}
