#!/usr/bin/env bash
# What takes longer than CI's time: formatting, clang-tidy, the whole test suite under ASan+UBSan and
# under TSan, and coverage per room. Arguments choose some of: format tidy asan tsan coverage.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

sources() { git ls-files --cached --others --exclude-standard 'harness/*.cc' 'harness/*.h'; }

check_format() { sources | xargs clang-format --dry-run -Werror; }

# The build asks clang-tidy about each source that is new or changed since it was last found clean.
check_tidy() {
  # ninja does not know what a changed rule concerns: every source.
  if [ .clang-tidy -nt build/tidy/build.ninja ]; then rm -rf build/tidy; fi
  cmake --preset tidy >/dev/null
  cmake --build --preset tidy -- --quiet -k 0
}

check_tests_under() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1"
  ctest --preset "$1"
}

# Lines and branches of each room that the tests reach; fails where one that judges has under 90 %.
check_coverage() {
  check_tests_under coverage
  gcovr --root . --filter harness/ --exclude '.*_test\.cc' --exclude-throw-branches \
    --gcov-ignore-parse-errors --json-summary build/coverage/summary.json build/coverage
  jq -r '
    [.files[] | . + {room: (.filename | split("/")[1])}] | group_by(.room)[]
    | [.[0].room, (map(.line_covered) | add), (map(.line_total) | add),
       (map(.branch_covered) | add), (map(.branch_total) | add)] | @tsv' build/coverage/summary.json |
    awk '{
      lines = 100 * $2 / $3
      printf "%-9s %5.1f %% of lines, %5.1f %% of branches\n", $1, lines, $5 ? 100 * $4 / $5 : 100
      if ($1 ~ /^(contract|case|exchange|verdict|record|report)$/ && lines < 90) short = 1
    } END { exit short }'
}

for check in "${@:-format tidy asan tsan coverage}"; do
  for each in $check; do
    printf '== %s\n' "$each"
    case $each in
      format) check_format ;;
      tidy) check_tidy ;;
      asan | tsan) check_tests_under "$each" ;;
      coverage) check_coverage ;;
      *) echo "no such check: $each" >&2; exit 2 ;;
    esac
  done
done
