#!/usr/bin/env python3
"""instructions.py CONFORM [--update]: instructions that each of 200 fixed cases takes, by part.

Counts of instructions hold still on a noisy machine, where times do not. They are those of a Release
build, by callgrind, and are compared with harness/bench/instructions.txt: 10 % more in any part is
exit code 1. With --update they are stored there.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

BENCH = pathlib.Path(__file__).resolve().parent
STORED = BENCH / "instructions.txt"
CASES = 200
ALLOWED = 1.10
# what is printed -> the function that does it, with all that it calls
PARTS = {
    "load": "conform::LoadCase(",
    "judge": "conform::Judge::JudgeStep(",
    "redact": "conform::RedactRecord(",
    "record": "conform::Journal::LineOf",
    "junit": "conform::RenderJunit",
}


def count(conform):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([BENCH / "generate", str(CASES), folder / "set"], check=True)
        out = folder / "callgrind.out"
        ran = subprocess.run(
            ["valgrind", "--quiet", "--tool=callgrind", f"--callgrind-out-file={out}", conform,
             "run", "--no-history", "--jobs", "1", "--out", str(folder / "reports")],
            cwd=folder / "set", stdout=subprocess.DEVNULL)
        if ran.returncode != 1:  # some are planted to fail
            sys.exit(f"conform run ended with {ran.returncode}")
        text = subprocess.run(
            ["callgrind_annotate", "--inclusive=yes", "--threshold=100", str(out)],
            check=True, stdout=subprocess.PIPE, text=True).stdout
    counts = {}
    for part, function in PARTS.items():
        found = re.search(r"^\s*([0-9,]+) .*" + re.escape(function), text, re.MULTILINE)
        if not found:
            sys.exit(f"callgrind saw no call of {function}")
        counts[part] = int(found.group(1).replace(",", "")) // CASES
    return counts


def main():
    conform = pathlib.Path(sys.argv[1]).resolve()
    counts = count(conform)
    if "--update" in sys.argv:
        STORED.write_text("".join(f"{part} {number}\n" for part, number in counts.items()))
    stored = dict(line.split() for line in STORED.read_text().splitlines())
    worse = False
    print(f"instructions a case, of {CASES} cases")
    for part, number in counts.items():
        before = int(stored[part])
        told = ""
        if number > before * ALLOWED:
            worse, told = True, "  more than 10 % above what is stored"
        print(f"{part:8}{number:>12,}  stored {before:>12,}  {number / before - 1:+.1%}{told}")
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
