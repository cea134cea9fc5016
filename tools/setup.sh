#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing to build and run Cairn, or to test it, on Debian 12. Says what it does; doing it again changes nothing.
#
# Usage: tools/setup.sh run     what bin/run needs
#        tools/setup.sh test    that, and what bin/test, bin/check and bin/bench need
#
# Takes everything from Debian's own packages and, for the front-end files, from npm (tools/assets.sh). Needs root or sudo
# only when a Debian package is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

# zlib1g-dev: Debian's libxlsxwriter-dev asks the linker for it and does not bring it.
BUILD=(
  g++ cmake ninja-build ccache mold pkgconf python3 ca-certificates tzdata
  libboost1.81-dev libsqlite3-dev libpq-dev libsodium-dev libssl-dev libgtest-dev
  nlohmann-json3-dev libtomlplusplus-dev libfmt-dev libcli11-dev libcmark-dev
  libhowardhinnant-date-dev libxlsxwriter-dev zlib1g-dev libcurl4-openssl-dev libqrencode-dev
)
RUN=(weasyprint fonts-noto-core)
TEST=(
  git clang-19 libclang-rt-19-dev clang-format-19 librapidcheck-dev postgresql
  glpk-utils chromium wrk poppler-utils exim4-daemon-light faketime
)

main() {
  case "${1:-}" in
    run) wanted=("${BUILD[@]}" "${RUN[@]}") ;;
    test) wanted=("${BUILD[@]}" "${RUN[@]}" "${TEST[@]}") ;;
    *) sed -n '3,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  # Any node will do here: tools/assets.sh fetches a newer one from npm where it is too old.
  command -v node >/dev/null || wanted+=(nodejs)
  command -v npm >/dev/null || wanted+=(npm)

  mapfile -t missing < <(absent "${wanted[@]}")
  if ((${#missing[@]})); then install_packages "${missing[@]}"; else echo "Debian packages: all ${#wanted[@]} are here."; fi
  if [[ -f tools/assets.sh ]]; then bash tools/assets.sh; fi
}

# Those of the named packages that are not installed.
absent() {
  local package
  for package in "$@"; do
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || echo "$package"
  done
}

install_packages() {
  echo "Debian packages: ${#} missing: $*"
  check_machine
  as_root true
  echo "Reading Debian's package lists ..."
  as_root apt-get update -qq
  if [[ " $* " == *" postgresql "* ]]; then keep_postgresql_quiet; fi
  if [[ " $* " == *" exim4-daemon-light "* ]]; then
    without_starting apt_install "$@"
  else
    apt_install "$@"
  fi
}

check_machine() {
  local id="" version=""
  if [[ -r /etc/os-release ]]; then
    id="$(. /etc/os-release && echo "${ID:-}")"
    version="$(. /etc/os-release && echo "${VERSION_ID:-}")"
  fi
  if [[ "$id $version" != "debian 12" ]]; then
    echo "Note: Cairn is made and tested on Debian 12; this is ${id:-unknown} ${version}. Trying all the same."
  fi
  local old
  old="$(absent libboost1.74-dev)"
  if [[ -z "$old" ]]; then
    echo "Note: libboost1.74-dev cannot stand beside libboost1.81-dev, so apt replaces it."
  fi
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "Installing packages needs root: run this as root, or install sudo." >&2
    exit 3
  fi
}

# The tests start servers of their own in temporary folders; Debian's ready-made one would only take a port and memory.
keep_postgresql_quiet() {
  local setting=/etc/postgresql-common/createcluster.conf
  apt_install postgresql-common
  if ! grep -q '^create_main_cluster' "$setting"; then
    echo "PostgreSQL: only the programs; no server is made or started (create_main_cluster = false)."
    as_root sh -c "echo 'create_main_cluster = false' >> $setting"
  fi
}

# A mail server would start when it is installed; the tests start their own, each with its own spool. Debian asks this
# file whether a package may start anything; one that is there already is left as it is.
without_starting() {
  local policy=/usr/sbin/policy-rc.d
  if [[ -e "$policy" ]]; then
    "$@"
    return
  fi
  echo "exim: only the program; no mail server is started."
  as_root sh -c "printf '#!/bin/sh\nexit 101\n' > $policy && chmod 755 $policy"
  trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
  "$@"
  as_root rm -f "$policy"
  trap - EXIT
  as_root update-rc.d exim4 disable >/dev/null 2>&1 || true
}

# apt's own output goes to a log; a line now and then says how far it is.
apt_install() {
  local log=build/logs/setup.log
  mkdir -p build/logs
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold -o Acquire::Retries=3 "$@" 2>&1 |
      tee "$log" | tell_progress; then
    tail -n 20 "$log" >&2
    echo "apt-get could not install these packages; all it said is in $log" >&2
    exit 3
  fi
}

tell_progress() {
  awk '
    /newly installed/ { for (i = 1; i <= NF; i++) if ($i == "newly") total = $(i - 1) + $(i - 3); print "  " $0 }
    /^Need to get/ { print "  " $0 }
    /^Unpacking / { if (++unpacked % 25 == 0) print "  unpacked " unpacked " of " total }
    /^Setting up / { if (++ready % 25 == 0) print "  set up " ready " of " total }
    { fflush() }
    END { if (total) print "  set up " ready + 0 " of " total }'
}

main "$@"
