#!/usr/bin/env python3
"""Sends 200,000 exchanges at --jobs 64 to a mock with random faults, and looks whether anything leaks
or is lost. Usage: soak.py [CONFORM] [--count N] [--seed S]; the seed is printed and may be given
again. Exit code 1: the memory of either program grew, a descriptor was left, or an exchange was lost
or counted twice.
"""
import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from compare import BENCH, ROOT, Mock  # noqa: E402

CASES = 10_000
JOBS = 64
FAULTS = 6
GROWTH = 1.10  # of the last quarter's middle over that of the second
SPARE = 40     # descriptors besides the connections


def sample(process):
    """Kilobytes in memory and open descriptors; nothing where it has ended."""
    try:
        status = pathlib.Path(f"/proc/{process}/status").read_text()
        resident = next(int(line.split()[1]) for line in status.splitlines()
                        if line.startswith("VmRSS"))
        return resident, len(os.listdir(f"/proc/{process}/fd"))
    except (OSError, StopIteration):
        return None


def growth(samples):
    """The last quarter's middle over that of the second: the first one warms up, and reports are
    written at the very end."""
    quarter = max(1, len(samples) // 4)
    early, late = samples[quarter:2 * quarter] or samples, samples[-quarter:]
    return statistics.median(s[0] for s in late) / statistics.median(s[0] for s in early)


def soak(conform, count, seed, folder):
    faults = subprocess.run([conform, "mock", "--list-faults"], capture_output=True, text=True,
                            check=True).stdout.splitlines()
    chosen = random.Random(seed).sample([line.split()[0] for line in faults], FAULTS)
    print(f"seed {seed}: {', '.join(chosen)}", flush=True)
    subprocess.run([BENCH / "generate", "--rows", str(CASES), folder], check=True)
    mock = Mock(conform, folder, [word for fault in chosen for word in ("--fault", fault)])
    before = sample(mock.process.pid)
    command = [conform, "run", "--no-history", "--report", "junit", "--base-url", mock.origin,
               "--jobs", str(JOBS), f"--gtest_repeat={count // CASES}"]
    began = time.monotonic()
    with open(os.devnull, "wb") as nowhere:
        run = subprocess.Popen(command, cwd=folder, stdout=nowhere, stderr=nowhere,
                               env={**os.environ, "CONFORM_TOKEN_DELEGATED_WORK": mock.token})
        ours, theirs = [], []
        while run.poll() is None:
            for process, samples in ((run.pid, ours), (mock.process.pid, theirs)):
                if found := sample(process):
                    samples.append(found)
            time.sleep(0.2)
    seconds = time.monotonic() - began
    received = mock.requests()
    record = json.loads((pathlib.Path(folder) / "reports/run.json").read_text())
    time.sleep(1)  # the mock closes what the run left
    after = sample(mock.process.pid)
    mock.stop()
    kept = sum(len(test["exchanges"]) for test in record["tests"])
    facts = [
        ("exit code", run.returncode, run.returncode in (0, 1, 3)),
        (f"requests that the mock received of {count}", received, received == count),
        (f"tests in the record of {CASES}", len(record["tests"]), len(record["tests"]) == CASES),
        (f"exchanges in it of {CASES}", kept, kept == CASES),
        ("growth of conform's memory", round(growth(ours), 3), growth(ours) <= GROWTH),
        ("growth of the mock's memory", round(growth(theirs), 3), growth(theirs) <= GROWTH),
        ("most descriptors of conform", max(s[1] for s in ours),
         max(s[1] for s in ours) <= JOBS + SPARE),
        ("descriptors that the mock kept", after[1] - before[1], after[1] <= before[1]),
    ]
    print(f"{count} exchanges in {seconds:.0f} s; peak {max(s[0] for s in ours) // 1024} MB, of the "
          f"mock {max(s[0] for s in theirs) // 1024} MB")
    for name, value, right in facts:
        print(f"{'ok  ' if right else 'FAIL'}  {name}: {value}")
    return all(right for _, _, right in facts)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("conform", nargs="?", default=str(ROOT / "build/release/conform"))
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return 0 if soak(str(pathlib.Path(given.conform).resolve()), given.count, given.seed,
                         folder) else 1


if __name__ == "__main__":
    sys.exit(main())
