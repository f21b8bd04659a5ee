#!/usr/bin/env bash
# What takes longer than CI's time: formatting, clang-tidy, the whole test suite under ASan+UBSan and
# under TSan, and coverage per room. Arguments choose some of: format tidy asan tsan coverage.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

sources() { git ls-files --cached --others --exclude-standard 'harness/*.cc' 'harness/*.h'; }

check_format() { sources | xargs clang-format --dry-run -Werror; }

check_tidy() {
  cmake --preset dev >/dev/null
  # The generated header must be there before a source that includes it is read.
  sources | grep '\.cc$' | xargs -P "$(nproc)" -n 4 clang-tidy -p build/dev --quiet
}

check_tests_under() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1"
  ctest --preset "$1"
}

check_coverage() {
  check_tests_under coverage
  for room in base token contract case exchange auth profile mock verdict record report run; do
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
