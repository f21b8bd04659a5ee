#!/usr/bin/env bash
# run.sh [SECONDS] [TARGET…]: fuzzes each target for so long (60), or those named, and tells what came of
# it. Needs clang and libclang-rt-14-dev (harness/packages.txt, `check`). What crashes a target, or takes
# it more than ten seconds, is kept in crashes/TARGET and called by the test fuzz_replay from then on.
# Exit code: 0 nothing was found, 1 something was, 2 bad usage.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
all=(case_loader contract_loader page_importer openapi_importer response_reader token_claims times
     har_reader bundle_check record_reader)

seconds=60
if [[ ${1:-} =~ ^[0-9]+$ ]]; then
  seconds=$1
  shift
fi
targets=("${@:-${all[@]}}")
for target in "${targets[@]}"; do
  [ -f "$here/$target.cc" ] || { echo "run.sh: no target '$target': ${all[*]}" >&2; exit 2; }
done

build=$root/build/fuzz
(cd "$root" && { [ -f "$build/build.ninja" ] || cmake --preset fuzz >"$root/build/fuzz.log"; } &&
  cmake --build "$build" -- "${targets[@]/#/fuzz_}" >>"$root/build/fuzz.log") ||
  { tail -20 "$root/build/fuzz.log" >&2; exit 2; }

# What the project holds anyway are the best seeds; only what it lacks is kept in corpus/.
seeds_of() {
  case $1 in
    case_loader) find "$root/cases" "$root/harness/testdata/broken/case" -name '*.yaml' ;;
    contract_loader) find "$root/specs/graph" "$root/harness/testdata/broken/contract" \
      "$root/harness/testdata/pages" -name '*.yaml' ;;
    page_importer) find "$root/harness/testdata/pages" -name '*.md' ;;
    openapi_importer) find "$root/harness/testdata/openapi" -name '*.json' -o -name '*.yaml' ;;
    har_reader) find "$root/harness/testdata/har" -name '*.har' -size -100k ;;
    record_reader) find "$root/harness/testdata/record" -name '*.json' ;;
  esac
}

found=0
for target in "${targets[@]}"; do
  work=$build/corpus/$target
  seeds=$build/seeds/$target
  crashes=$here/crashes/$target
  rm -rf "$seeds"
  mkdir -p "$work" "$seeds" "$crashes" "$here/corpus/$target"
  number=0
  while IFS= read -r file; do
    cp "$file" "$seeds/$((number += 1))"
  done < <(seeds_of "$target")
  log=$build/$target.log
  before=$(find "$crashes" -type f | wc -l)
  status=0
  # Weighing inputs by rare features costs more than half of the time where one reaches many.
  "$build/harness/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2560 \
    -entropic=0 -max_len=65536 -print_final_stats=1 -dict="$here/dictionaries/$target.dict" \
    -artifact_prefix="$crashes/" "$work" "$here/corpus/$target" "$seeds" "$crashes" \
    >"$log" 2>&1 || status=$?
  after=$(find "$crashes" -type f | wc -l)
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  covered=$(grep -o 'cov: [0-9]*' "$log" | tail -1 | cut -d' ' -f2)
  rmdir --ignore-fail-on-non-empty "$crashes"
  if [ "$status" -eq 0 ]; then
    printf '%-17s ok     %s runs, %s branches\n' "$target" "${runs:-0}" "${covered:-0}"
  else
    found=1
    printf '%-17s FOUND  %s new inputs in %s; see %s\n' "$target" "$((after - before))" \
      "${crashes#"$root/"}" "${log#"$root/"}"
    grep -m3 -E 'ERROR|SUMMARY|runtime error' "$log" || tail -3 "$log"
  fi
done
exit "$found"
