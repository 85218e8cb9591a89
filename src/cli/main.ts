#!/usr/bin/env node
import { isClosed, writeStdout } from './standard-streams.ts';
import { version } from './version.ts';

// The most frequent call of all by scripts, and the one that needs none of the rest.
if (process.argv.length === 3 && process.argv[2] === '--version') {
  writeStdout(`${version}\n`).then((error) => {
    if (error !== null && !isClosed(error)) process.exitCode = 1;
  });
} else {
  let isDone = false;
  // Where nothing is left to wait for before the command has ended, silence and a 0 would pass for success.
  process.once('beforeExit', () => {
    if (isDone) return;
    process.stderr.write('INTERNAL\n  introwctl stopped before the command had ended.\n');
    process.exitCode = 1;
  });
  import('./program.ts')
    .then(async ({ runProgram }) => {
      process.exitCode = await runProgram(process.argv.slice(2));
      isDone = true;
    })
    .catch((error: NodeJS.ErrnoException) => {
      // Only what comes before any command: packages ask for the current folder when they are loaded.
      const isFolderGone = error.code === 'ENOENT' && error.syscall === 'uv_cwd';
      const why = isFolderGone ? "The current folder doesn't exist any more" : 'introwctl could not start';
      process.stderr.write(`INTERNAL\n  ${why}.\n`);
      process.exitCode = 1;
      isDone = true;
    });
}
