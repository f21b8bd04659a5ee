#!/usr/bin/env bash
# Sets up what is missing and runs conform, or its tests. See README.md.
#   bash harness/bootstrap.sh run [arguments of `conform run`]
#   bash harness/bootstrap.sh test [arguments of ctest]
#   bash harness/bootstrap.sh setup     installs everything, also what harness/check.sh needs
#   bash harness/bootstrap.sh setup-package   what harness/release/package.sh needs
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release
packages=$root/harness/packages.txt

say() { printf 'bootstrap: %s\n' "$*" >&2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The packages of the given kinds that packages.txt lists.
listed() { awk -v kinds=" $1 " 'index(kinds, " " $1 " ") {print $2}' "$packages"; }

# Those of them that this machine lacks.
missing_packages() {
  local wanted
  wanted=$(listed "$1")
  # shellcheck disable=SC2086
  comm -23 <(printf '%s\n' $wanted | sort -u) \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
      awk '$1 == "installed" {print $2}' | sort -u)
}

install_packages() {
  local missing
  missing=$(missing_packages "$1")
  [ -n "$missing" ] || return 0
  say "installing $(echo $missing)"
  as_root apt-get update -qq
  hold_services
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing \
    >/dev/null
  release_services
}

# Tests start the servers that they need; none shall run on this machine for having been installed.
policy=/usr/sbin/policy-rc.d
held=
hold_services() {
  [ ! -e "$policy" ] || return 0
  held=yes
  trap release_services EXIT
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
}
release_services() {
  [ -n "$held" ] || return 0
  as_root rm -f "$policy"
  held=
}

# Unpacks the packages of the given kinds into build/third_party, without what they depend on.
unpack_packages() {
  local target=$root/build/third_party package
  mkdir -p "$target"
  for package in $(listed "$1"); do
    [ -e "$target/.$package" ] && continue
    say "unpacking $package into build/third_party"
    (cd "$target" && { apt-get download -qq "$package" 2>/dev/null ||
      { as_root apt-get update -qq && apt-get download -qq "$package"; }; })
    dpkg-deb -x "$target/$package"_*.deb "$target"
    rm -f "$target/$package"_*.deb
    touch "$target/.$package"
  done
}

# Puts what harness/testing/peers/package-lock.json lists into build/peers: readers that others
# wrote, for the tests labelled peers. Their Node 20 comes along where the machine's is older.
install_peers() {
  local source=$root/harness/testing/peers target=$root/build/peers omit=()
  cmp -s "$source/package-lock.json" "$target/.installed" && return 0
  command -v npm >/dev/null || install_packages peers
  [ "$(node -p 'process.versions.node.split(".")[0] >= 20')" = false ] || omit=(--omit=optional)
  say "installing readers that others wrote into build/peers"
  rm -rf "$target"
  mkdir -p "$target"
  cp "$source/package.json" "$source/package-lock.json" "$target"
  npm ci --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error \
    "${omit[@]}" >/dev/null
  chmod +x "$target/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
  cp "$source/package-lock.json" "$target/.installed"
}

configure() {
  [ -e "$build/build.ninja" ] && return 0
  say "configuring build/release"
  (cd "$root" && cmake --preset release >/dev/null)
}

# Builds the given target.
build_target() {
  [ -e "$build/conform" ] || say "building; the first time takes some minutes"
  ninja -C "$build" --quiet "$1"
}

main() {
  local command=${1:-}
  [ $# -gt 0 ] && shift
  case $command in
    run)
      install_packages build
      configure
      build_target conform
      cd "$root"
      exec "$build/conform" run "$@"
      ;;
    test)
      install_packages "build test"
      unpack_packages test-unpacked
      install_peers
      configure
      build_target all
      cd "$root"
      export CONFORM_PEERS=required  # without it, tests whose peers are not installed are skipped
      exec ctest --test-dir "$build" --parallel "$(nproc)" --output-on-failure --no-tests=error "$@"
      ;;
    setup)
      install_packages "build test check package"
      unpack_packages test-unpacked
      install_peers
      ;;
    setup-package)
      install_packages "build package"
      ;;
    *)
      sed -n '2,6s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
      exit 2
      ;;
  esac
}

main "$@"
