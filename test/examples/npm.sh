#!/usr/bin/env bash
# npm, as on a runner with a warm cache: `npm ci` was really run once, for this lockfile, and here is what it installed.
if [ "$*" != 'ci --ignore-scripts' ]; then
  exec "$REAL_NPM" "$@"
fi
[ -f package-lock.json ] && cp -a "$INSTALLED" node_modules
