#!/usr/bin/env bash
# npm, as on a runner with a warm cache: the first `npm ci` is the real one, and the others get what it installed.
set -e
if [ "$*" != 'ci --ignore-scripts' ]; then
  exec "$REAL_NPM" "$@"
fi
if [ -d "$INSTALLED" ]; then
  cp -a "$INSTALLED" node_modules
else
  "$REAL_NPM" "$@"
  cp -a node_modules "$INSTALLED"
fi
