#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# How long the program takes to build: from nothing without a cache, and again from nothing with the cache warm.
# The time all tests take is told by bin/test at its end.
set -euo pipefail
cd "$(dirname "$0")/.."

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
log=build/logs/bench-build.log

timed() {
  local begun=$SECONDS
  cmake --preset release -B "$folder/build" >>"$log" 2>&1
  ninja -C "$folder/build" cairn >>"$log" 2>&1
  echo $((SECONDS - begun))
  rm -rf "$folder/build"
}

: >"$log"
without="$(CCACHE_DISABLE=1 timed)"
CCACHE_DIR="$folder/cache" timed >/dev/null
warm="$(CCACHE_DIR="$folder/cache" timed)"
printf '| build of the program, no cache | under 6 min | %d min %d s |\n' $((without / 60)) $((without % 60))
printf '| the same, cache warm | under 20 s | %d s |\n' "$warm"
