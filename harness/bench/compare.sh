#!/usr/bin/env bash
# Times conform and other tools on the same mock with the same requests, one after the other, and
# writes reports/bench.md. Give the built program as CONFORM (default: build/release/conform); for
# fewer requests, COUNT (default: 10000). Node's tools are installed below build/bench, once.
# Example: COUNT=1000 bash harness/bench/compare.sh
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
conform="$(realpath "${CONFORM:-$root/build/release/conform}")"
tools="$root/build/bench"
if [[ ! -x "$conform" ]]; then
  echo "$conform is not built: run 'bash harness/bootstrap.sh run' first" >&2
  exit 2
fi
if command -v npm > /dev/null && [[ ! -e "$tools/installed" ]]; then
  mkdir -p "$tools"
  if npm install --prefix "$tools" --no-audit --no-fund --silent \
       newman@6.2.2 stepci@2.8.2 httpyac@6.16.7; then
    touch "$tools/installed"
  else
    echo "npm could not install the other tools: they are left out" >&2
  fi
fi
exec python3 "$root/harness/bench/compare.py" "$conform" "$tools/node_modules/.bin" \
  "${COUNT:-10000}" "$root/reports/bench.md"
