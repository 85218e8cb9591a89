// Runs the built command again and again in one process that stays, warm: one run at a time, each until nothing is left to
// wait for, as a process of its own would end. What a run leaves in the process is put back: its listeners, exit code,
// folder, environment. What its modules keep stays.
import { createRequire } from 'node:module';
import { argv, execPath, stderr, stdout } from 'node:process';

const require = createRequire(import.meta.url);
const [, , program] = argv;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
let out = '';
let err = '';

stdout.write = taking((text) => {
  out += text;
});
stderr.write = taking((text) => {
  err += text;
});

process.on('message', ({ cwd, args, env }) => {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv = [execPath, program, ...args];
  process.exitCode = undefined;
  delete require.cache[program];
  // From here on only the run keeps the process alive.
  process.channel.unref();
  require(program);
});

process.on('beforeExit', (exit) => {
  for (const signal of signals) process.removeAllListeners(signal);
  for (const stream of [stdout, stderr]) stream.removeAllListeners('error');
  process.channel.ref();
  process.send({ exit, out, err });
  out = '';
  err = '';
});
process.on('disconnect', () => process.exit());

function taking(take) {
  return (text, encoding, written = encoding) => {
    take(text);
    if (typeof written === 'function') setImmediate(written, null);
    return true;
  };
}
