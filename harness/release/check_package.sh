#!/usr/bin/env bash
# check_package.sh [--readme]: tries the Debian package in a fresh Debian 12 root: installs it, runs
# the bundled cases, reads page and completions, removes it, and looks for what was left. --readme
# runs the README's two commands in that root too. Needs to be root; asks this machine's own mirror.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
fresh=$work/root
cleanup() {
  for mount in dev/shm proc dev; do
    mountpoint -q "$fresh/$mount" && umount -l "$fresh/$mount"
  done
  rm -rf "$work"
}
trap cleanup EXIT

say() { printf 'check_package: %s\n' "$*"; }
inside() { chroot "$fresh" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
  NODE_EXTRA_CA_CERTS=/root/machine-ca.crt "$@"; }

bash "$root/harness/release/package.sh" "$work/package" >/dev/null
say "making a fresh Debian 12 root"
# shellcheck disable=SC2046
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | head -n 1)
debootstrap --variant=minbase bookworm "$fresh" "$mirror" >"$work/debootstrap.log" 2>&1 ||
  { tail -n 20 "$work/debootstrap.log" >&2; exit 3; }
cp -r /etc/apt/sources.list* /etc/apt/apt.conf.d "$fresh/etc/apt/" 2>/dev/null || true
# Twice: installing ca-certificates there writes the first anew, without what only this machine
# trusts.
for trusted in /etc/ssl/certs/ca-certificates.crt /root/machine-ca.crt; do
  [ ! -e /etc/ssl/certs/ca-certificates.crt ] ||
    install -D /etc/ssl/certs/ca-certificates.crt "$fresh$trusted"
done
cp /etc/resolv.conf "$fresh/etc/resolv.conf"
[ ! -e "$HOME/.npmrc" ] || install -D "$HOME/.npmrc" "$fresh/root/.npmrc"
mount -t proc proc "$fresh/proc"
mount --rbind /dev "$fresh/dev"

say "installing the package"
cp "$work"/package/*.deb "$fresh/tmp/conform.deb"
inside apt-get update -qq
# What runs leave in a home is its owner's.
files() { inside find / -xdev -not -path '/proc/*' -not -path '/var/*' -not -path '/tmp/*' -not -path '/root/*'; }
files | sort >"$work/before"
inside apt-get install -y -qq --no-install-recommends /tmp/conform.deb >/dev/null

say "running the bundled cases"
inside sh -c 'mkdir -p /tmp/run && cd /tmp/run && conform run | tail -n 3 && test -s reports/run.json'
inside conform --version
inside sh -c 'grep -q "^.TH CONFORM" /usr/share/man/man1/conform.1* ||
  zgrep -q "^.TH CONFORM" /usr/share/man/man1/conform.1.gz ||
  dpkg -L conform | grep -q man1'  # minbase's dpkg leaves pages out where it was told to
inside bash -c '. /usr/share/bash-completion/completions/conform && declare -F _conform >/dev/null'

say "removing it"
inside apt-get purge -y -qq conform >/dev/null
inside apt-get autoremove -y -qq --purge >/dev/null
files | sort >"$work/after"
if left=$(comm -13 "$work/before" "$work/after" | grep -E conform); then
  say "left behind: $left"
  exit 1
fi
say "nothing was left behind"

[ "${1:-}" = --readme ] || exit 0
say "running the README's two commands"
inside apt-get install -y -qq --no-install-recommends ca-certificates git >/dev/null
git clone --quiet "$root" "$fresh/tmp/conform"
inside bash /tmp/conform/harness/bootstrap.sh run | tail -n 3
inside bash /tmp/conform/harness/bootstrap.sh test | tail -n 5
