#!/usr/bin/env bash
# package.sh [FOLDER]: builds the Debian package of this commit and puts it into FOLDER (default
# build/package). Nothing of its content depends on where or when it is built.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=$(realpath -m "${1:-$root/build/package}")
build=$root/build/package-build

bash "$root/harness/bootstrap.sh" setup-package
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
export SOURCE_DATE_EPOCH
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr \
  -DCONFORM_UNITY=ON -DBUILD_TESTING=OFF >/dev/null
ninja -C "$build" --quiet conform package_files
mkdir -p "$target"
(cd "$build" && cpack -G DEB -B "$target" >/dev/null)
rm -rf "$target/_CPack_Packages"
ls "$target"/conform_*.deb
