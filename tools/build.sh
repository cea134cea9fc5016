#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds targets of one preset: tools/build.sh PRESET [TARGET ...]. Ninja tells how far it is.
set -euo pipefail
cd "$(dirname "$0")/.."

preset="$1"
shift
log="build/logs/configure-$preset.log"
mkdir -p build/logs
if [[ ! -f "build/$preset/build.ninja" ]]; then echo "Preparing the $preset build ..."; fi
if ! cmake --preset "$preset" >"$log" 2>&1; then
  tail -n 30 "$log" >&2
  echo "cmake could not prepare the build; all it said is in $log" >&2
  exit 1
fi
# What was compiled in one tree need not be compiled in another.
export CCACHE_BASEDIR="$PWD" CCACHE_NOHASHDIR=1
NINJA_STATUS="[%f/%t, %es] " exec ninja -C "build/$preset" -j"$(nproc)" "$@"
