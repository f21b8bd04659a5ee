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

check_coverage() {
  check_tests_under coverage
  for room in base token contract case page exchange auth profile mock verdict record report bundle history notify run; do
    printf '%-9s ' "$room"
    gcovr --root . --filter "harness/$room/" --exclude '.*_test\.cc' --exclude-throw-branches \
      --gcov-ignore-parse-errors build/coverage | awk '/^TOTAL/ {print $4 " of lines"}'
  done
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
