#!/usr/bin/python3
"""Plants every small fault that a fixed list of operators can make, and counts those that the tests
kill. Usage: mutate.py [--rooms ROOM,...] [--jobs N] [--plant-only]

All faults of all sources are compiled in at once, asleep; a test program is then run once for each
with one of them awake. What is mutated, how, and why what survives may: README.md beside this file.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from clang import cindex
from clang.cindex import CursorKind as Kind

ROOT = pathlib.Path(__file__).resolve().parents[2]
TREE = ROOT / "build" / "mutation" / "tree"
BUILD = ROOT / "build" / "mutation" / "build"

# What is mutated, and the test programs that are asked, the cheapest first.
SOURCES = {
    "verdict": ["harness/verdict/*.cc"],
    "exchange": ["harness/exchange/*reader*.cc"],
    "contract": ["harness/contract/*loader*.cc"],
    "case": ["harness/case/*loader*.cc"],
    "profile": ["harness/profile/*loader*.cc"],
}
PROGRAMS = {
    "verdict": ["verdict_test", "run_test WHOLE"],
    "exchange": ["exchange_test -WAITING", "exchange_test WAITING", "run_test WHOLE"],
    "contract": ["contract_test", "case_test", "page_test", "run_test WHOLE"],
    "case": ["case_test", "verdict_test", "run_test WHOLE"],
    "profile": ["profile_test", "run_test WHOLE"],
}
FILTERS = {
    # Tests that wait for time to pass or make keys: asked last.
    "WAITING": "*HostileServer*:Connector*:Tls*:Send.*:ClientCredential*",
    # Whole runs of small projects, in this process.
    "WHOLE": "*RunWorkflow*:BuildRequest*:Conclude*:ExplainCase*:*RunSecrets*:Lint*:List*:"
             "SecondOperation*:Variables*",
}
BOUNDARY = {"<": "MutantLess", "<=": "MutantLessEqual", ">": "MutantGreater",
            ">=": "MutantGreaterEqual"}
COMPARISONS = {"==", "!=", *BOUNDARY}
CALLS_OF_CHECKS = {"Kept": "NotJudged", "NotJudged": "Kept", "Broken": "Kept"}
LOOPS = (Kind.FOR_STMT, Kind.WHILE_STMT, Kind.DO_STMT, Kind.CXX_FOR_RANGE_STMT)

Site = collections.namedtuple("Site", "number room file line operator text")


class Edits:
    """Insertions and replacements in one file that nest as the syntax tree does."""

    def __init__(self, data):
        self.data = data
        self.opens, self.closes, self.cuts = [], [], []

    def wrap(self, start, end, depth, before, after):
        self.opens.append((start, depth, len(self.opens), before))
        self.closes.append((end, depth, len(self.closes), after))

    def cut(self, start, end, text):
        self.cuts.append((start, end, text))

    def result(self):
        at = collections.defaultdict(lambda: ["", "", None])
        for end, _, _, after in sorted(self.closes, key=lambda c: (-c[1], -c[2])):
            at[end][0] += after
        for start, _, _, before in sorted(self.opens, key=lambda o: (o[1], o[2])):
            at[start][1] += before
        for start, end, text in self.cuts:
            at[start][2] = (end, text)
        out, last = [], 0
        for place in sorted(at):
            if place < last:
                continue
            closing, opening, cut = at[place]
            out += [self.data[last:place], closing.encode(), opening.encode()]
            last = place
            if cut:
                out.append(cut[1].encode())
                last = cut[0]
        out.append(self.data[last:])
        return b"".join(out)


class Mutator:
    def __init__(self, room, path, first, dropped):
        self.room, self.path, self.next, self.dropped = room, path, first, dropped
        self.data = path.read_bytes()
        self.edits = Edits(self.data)
        self.sites = []

    def text(self, start, end):
        return self.data[start:end].decode("utf-8", "replace")

    def site(self, cursor, operator):
        """The number of a new site, or None where its fault does not compile."""
        number, self.next = self.next, self.next + 1
        if number in self.dropped:
            return None
        start, end = cursor.extent.start.offset, cursor.extent.end.offset
        shown = re.sub(r"\s+", " ", self.text(start, end))[:100]
        self.sites.append(Site(number, self.room, str(self.path.relative_to(ROOT)),
                               cursor.extent.start.line, operator, shown))
        return number

    def wrap(self, cursor, depth, operator, before, after=""):
        number = self.site(cursor, operator)
        if number is None:
            return
        living = f"::conform::Mutant({number})"
        self.edits.wrap(cursor.extent.start.offset, cursor.extent.end.offset, depth,
                        before.replace("@", living), after.replace("@", living))

    def run(self, arguments):
        unit = cindex.Index.create().parse(str(self.path), args=arguments)
        for cursor in unit.cursor.get_children():
            if cursor.location.file and cursor.location.file.name == str(self.path):
                self.walk(cursor, 0)

    def is_constant(self, cursor):
        if cursor.kind == Kind.STATIC_ASSERT:
            return True
        if cursor.kind not in (Kind.VAR_DECL, Kind.FUNCTION_DECL):
            return False
        start = cursor.extent.start.offset
        return re.match(r"((static|inline) )*const(expr|eval)\b",
                        self.text(start, start + 60)) is not None

    def walk(self, cursor, depth):
        if self.is_constant(cursor):
            return
        children = list(cursor.get_children())
        kind = cursor.kind
        if kind == Kind.CASE_STMT:
            for child in children[1:]:
                self.walk(child, depth + 10)
            return
        if kind in (Kind.TEMPLATE_TYPE_PARAMETER, Kind.ENUM_DECL, Kind.PARM_DECL):
            return
        self.mutate(cursor, children, depth)
        for child in children:
            self.walk(child, depth + 10)

    def is_written(self, cursor):
        """Whether the code stands in the file, and was not made by the compiler or a macro."""
        start, end = cursor.extent.start, cursor.extent.end
        return start.file is not None and start.file.name == str(self.path) and \
            0 < start.offset < end.offset and \
            (cursor.kind != Kind.INTEGER_LITERAL or chr(self.data[start.offset]).isdigit())

    def mutate(self, cursor, children, depth):
        kind = cursor.kind
        if not self.is_written(cursor):
            return
        if kind == Kind.COMPOUND_STMT and self.data[cursor.extent.start.offset] == ord("{"):
            for child in children:
                if child.kind in (Kind.CALL_EXPR, Kind.BINARY_OPERATOR, Kind.UNARY_OPERATOR,
                                  Kind.COMPOUND_ASSIGNMENT_OPERATOR, Kind.UNEXPOSED_EXPR):
                    self.wrap(child, depth + 1, "drop a statement", "if (!@) ")
        elif kind == Kind.IF_STMT:
            self.mutate_if(children, depth)
        elif kind in LOOPS and children:
            body = children[0] if kind == Kind.DO_STMT else children[-1]
            after = " }" if body.kind == Kind.COMPOUND_STMT else "; }"
            self.wrap(body, depth + 1, "empty a loop", "{ if (@) break; ", after)
        elif kind == Kind.CONDITIONAL_OPERATOR and len(children) == 3:
            self.wrap(children[0], depth + 1, "flip a condition", "(static_cast<bool>(", ") != @)")
        elif kind in (Kind.BINARY_OPERATOR, Kind.CALL_EXPR, Kind.UNEXPOSED_EXPR):
            self.mutate_operator(cursor, children, depth)
        elif kind == Kind.CXX_BOOL_LITERAL_EXPR:
            self.wrap(cursor, depth, "flip a bool", "(", " != @)")
        elif kind == Kind.INTEGER_LITERAL:
            self.wrap(cursor, depth, "off by one", "(", " + @)")
        elif kind == Kind.DECL_REF_EXPR:
            self.mutate_outcome(cursor, depth)

    def mutate_if(self, children, depth):
        conditions = [c for c in children if c.kind.is_expression()]
        declared = [c for c in children if c.kind in (Kind.VAR_DECL,)]
        branches = [c for c in children if c.kind.is_statement() and c.kind != Kind.DECL_STMT]
        then = branches[0] if branches else None
        if conditions and not declared and then is not None and \
                conditions[0].extent.start.offset < then.extent.start.offset:
            self.wrap(conditions[0], depth + 1, "never take a branch", "(static_cast<bool>(",
                      ") && !@)")
        elif then is not None:
            after = " }" if then.kind == Kind.COMPOUND_STMT else "; }"
            self.wrap(then, depth + 1, "empty a branch", "{ if (!@) ", after)
        if len(branches) > 1 and branches[1].kind == Kind.COMPOUND_STMT:
            self.wrap(branches[1], depth + 1, "empty a branch", "{ if (!@) ", " }")

    def operator_between(self, left, right):
        start, end = left.extent.end.offset, right.extent.start.offset
        between = self.text(start, end)
        found = re.fullmatch(r"\s*(==|!=|<=|>=|<|>|&&|\|\|)\s*", between)
        return (found.group(1), start, end) if found else (None, 0, 0)

    def mutate_operator(self, cursor, children, depth):
        operands = [c for c in children if not c.spelling.startswith("operator") or
                    c.kind not in (Kind.DECL_REF_EXPR, Kind.UNEXPOSED_EXPR)]
        if len(operands) == 2:
            left, right = operands
            operator, start, end = self.operator_between(left, right)
            if operator in ("&&", "||"):
                keep = ("(static_cast<bool>(", ") || @)") if operator == "&&" else \
                    ("(static_cast<bool>(", ") && !@)")
                self.wrap(left, depth + 1, "drop a condition", *keep)
                self.wrap(right, depth + 1, "drop a condition", *keep)
                return
            if operator in COMPARISONS:
                self.wrap(cursor, depth, "flip a comparison", "((", ") != @)")
                if operator in BOUNDARY:
                    number = self.site(cursor, "move a boundary")
                    if number is not None:
                        self.edits.wrap(cursor.extent.start.offset, cursor.extent.end.offset,
                                        depth + 1,
                                        f"::conform::{BOUNDARY[operator]}({number}, ", ")")
                        self.edits.cut(start, end, ", ")
                return
        if cursor.kind == Kind.CALL_EXPR and cursor.spelling in CALLS_OF_CHECKS:
            start = cursor.extent.start.offset
            if self.text(start, start + 13) == "CheckResult::":
                other = CALLS_OF_CHECKS[cursor.spelling]
                self.wrap(cursor, depth, "swap a result", f"(@ ? CheckResult::{other}() : ", ")")

    def mutate_outcome(self, cursor, depth):
        target = cursor.referenced
        if target is None or target.kind != Kind.ENUM_CONSTANT_DECL:
            return
        if target.semantic_parent.spelling != "Outcome":
            return
        names = [c.spelling for c in target.semantic_parent.get_children()]
        other = names[(names.index(target.spelling) + 1) % len(names)]
        self.wrap(cursor, depth, "swap an outcome", f"(@ ? ::conform::Outcome::{other} : ", ")")


def compile_arguments(path):
    """What clang needs to read a file as the build does."""
    return ["-x", "c++", "-std=c++20", "-DFMT_SHARED", "-DCPPHTTPLIB_OPENSSL_SUPPORT",
            f"-I{ROOT}/harness"]


def plant(rooms, dropped):
    """Makes the tree with all faults asleep; their sites."""
    if TREE.exists():
        shutil.rmtree(TREE)
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True,
                            check=True).stdout.split("\n")
    for name in filter(None, listed):
        if not (ROOT / name).is_file():
            continue
        (TREE / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, TREE / name)
    for linked in ("third_party", "peers"):
        if (ROOT / "build" / linked).exists():
            (TREE / "build").mkdir(exist_ok=True)
            os.symlink(ROOT / "build" / linked, TREE / "build" / linked)
    sites, number = [], 1
    for room in rooms:
        for pattern in SOURCES[room]:
            for path in sorted(ROOT.glob(pattern)):
                if path.name.endswith("_test.cc"):
                    continue
                mutator = Mutator(room, path, number, dropped)
                mutator.run(compile_arguments(path))
                number = mutator.next
                sites += mutator.sites
                text = b'#include "mutation/mutant.h"\n#line 1\n' + mutator.edits.result()
                (TREE / path.relative_to(ROOT)).write_bytes(text)
    return sites


def known_survivors():
    """Why a fault may survive, by its file, operator and text."""
    lines = (pathlib.Path(__file__).parent / "survivors.tsv").read_text().splitlines()
    return {tuple(line.split("\t")[:3]): line.split("\t")[3] for line in lines if line}


def find_stillborn(sites):
    """Numbers of faults on lines that the compiler refuses."""
    by_file = collections.defaultdict(list)
    for site in sites:
        by_file[site.file].append(site)

    def check(file):
        done = subprocess.run(
            ["g++", "-fsyntax-only", "-w", "-Wno-narrowing", "-std=c++20", "-DFMT_SHARED",
             "-fmax-errors=0", "-DCPPHTTPLIB_OPENSSL_SUPPORT", f"-I{TREE}/harness",
             str(TREE / file)],
            capture_output=True, text=True, check=False)
        lines = {int(l) for l in re.findall(
            rf"{re.escape(pathlib.Path(file).name)}:(\d+):\d+: error", done.stderr)}
        found = {s.number for s in by_file[file] if s.line in lines}
        if done.returncode != 0 and not found:
            sys.exit(f"{file} does not compile, and no fault is to blame:\n{done.stderr[:2000]}")
        return found

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return set().union(*pool.map(check, by_file))


def build(programs):
    subprocess.run(["cmake", "-S", TREE, "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                    "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -w -Wno-narrowing", "-DCONFORM_UNITY=ON"],
                   check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", BUILD, "--quiet",
                    *{p.split()[0] for p in programs}], check=True)


def filter_of(chosen):
    for name, pattern in FILTERS.items():
        chosen = chosen.replace(name, pattern)
    return chosen or "*"


def run_program(asked, variables, limit):
    """Whether the tests pass in time; `asked` is a program, and a filter where not all are meant."""
    program, _, chosen = asked.partition(" ")
    room = program.removesuffix("_test")
    # A fresh folder for each, so that two runs at once do not meet in one.
    folder = BUILD / "run" / variables.get("CONFORM_MUTANT", "0")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            [str(BUILD / "harness" / room / program), "--gtest_fail_fast", "--gtest_brief=1",
             f"--gtest_filter={filter_of(chosen)}"],
            env={**os.environ, "TEST_TMPDIR": str(folder), **variables}, cwd=folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=limit, check=False)
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", default=",".join(SOURCES))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--plant-only", action="store_true")
    given = parser.parse_args()
    rooms = given.rooms.split(",")
    dropped = set()
    while True:
        sites = plant(rooms, dropped)
        stillborn = find_stillborn(sites)
        if not stillborn:
            break
        dropped |= stillborn
    print(f"{len(sites)} faults; {len(dropped)} more would not compile", flush=True)
    if given.plant_only:
        return 0
    programs = list(dict.fromkeys(p for room in rooms for p in PROGRAMS[room]))
    build(programs)
    limits, reached = {}, {}
    for program in programs:
        reached_file = BUILD / f"{program.replace(' ', '')}.reached"
        reached_file.unlink(missing_ok=True)
        begun = time.monotonic()
        if not run_program(program, {"CONFORM_MUTANTS_REACHED": str(reached_file)}, 600):
            sys.exit(f"{program} fails with every fault asleep")
        limits[program] = 10 + 5 * (time.monotonic() - begun)
        text = reached_file.read_text() if reached_file.exists() else ""
        reached[program] = set(map(int, text.split()))

    def survives(site):
        return all(site.number not in reached[p] or
                   run_program(p, {"CONFORM_MUTANT": str(site.number)}, limits[p])
                   for p in PROGRAMS[site.room])

    reasons = known_survivors()

    def tell(site):
        reason = reasons.get((site.file, site.operator, site.text), "NO REASON IS KNOWN")
        print(f"{site.file}:{site.line}: {site.operator}: {site.text}\n    {reason}", flush=True)

    survivors = []
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        for done, (site, alive) in enumerate(zip(sites, pool.map(survives, sites)), 1):
            if alive:
                survivors.append(site)
                tell(site)
            if done % 200 == 0:
                print(f"# {done} of {len(sites)}, {len(survivors)} survive", flush=True)
    for room in rooms:
        whole = sum(s.room == room for s in sites)
        alive = sum(s.room == room for s in survivors)
        print(f"{room}: {whole - alive} of {whole} killed, {100 * (whole - alive) / whole:.1f} %")
    (BUILD / "survivors.json").write_text(json.dumps([s._asdict() for s in survivors], indent=1))
    share = 100 * (1 - len(survivors) / len(sites))
    print(f"{len(sites) - len(survivors)} of {len(sites)} killed, {share:.1f} %")
    return 0 if share >= 95 else 1


if __name__ == "__main__":
    sys.exit(main())
