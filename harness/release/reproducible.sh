#!/usr/bin/env bash
# Builds this commit twice, in two folders of different depth, and compares program and package.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
commit=$(git -C "$root" rev-parse HEAD)  # others may commit meanwhile

for copy in one some/where/else/two; do
  git clone --quiet "$root" "$work/$copy"
  git -C "$work/$copy" checkout --quiet --detach "$commit"
  CCACHE_DISABLE=1 bash "$work/$copy/harness/release/package.sh" "$work/$copy.package" >/dev/null
done
cmp "$work/one/build/package-build/conform" "$work/some/where/else/two/build/package-build/conform"
cmp "$work"/one.package/*.deb "$work"/some/where/else/two.package/*.deb
sha256sum "$work"/one.package/*.deb | sed "s|$work/one.package/||"
echo "two builds of $(git -C "$root" describe --always "$commit") are the same, byte for byte"
