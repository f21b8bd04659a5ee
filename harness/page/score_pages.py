"""Scores `conform import` on pages that are kept elsewhere.

Usage: score_pages.py CONFORM FACTS.yaml FOLDER [--quiet]. FOLDER holds PAGE.md for each page of FACTS
(see its head). Each fact is asked for in the contract that was written; a fact that is missed without
a warning counts as a guess. Prints each miss, and the sums.
"""
import pathlib
import subprocess
import sys
import tempfile

import yaml

ACCOUNTS = ("delegated_work", "delegated_personal", "application")


def names(path):
    """A path with its placeholders' names left out: they may be named anew to be told apart."""
    out, depth = "", 0
    for char in path:
        depth += char == "{"
        if depth == 0 or char == "{":
            out += char
        if char == "}":
            depth -= 1
            out += "}"
    return out.rstrip("/")


def expected(fact):
    """Yields (name, wanted, how to read it off a contract)."""
    yield "version", fact["version"], lambda c: c["server"].rsplit("/", 1)[1]
    yield "method", fact["method"], lambda c: c["method"]
    yield "paths", sorted(map(names, fact["paths"])), lambda c: sorted(
        map(names, [c["path"]] if isinstance(c["path"], str) else c["path"]))
    if fact.get("permissions") == "none":
        yield "permissions", {}, lambda c: c.get("permissions", {})
    else:
        for account in ACCOUNTS:
            yield account, fact[account] or "unsupported", lambda c, a=account: c.get(
                "permissions", {}).get(a)
    yield "success", fact["success"], lambda c: [
        int(code) for code, rule in c["responses"].items() if rule["when"] == "success"][0]
    yield "other answers", sorted(fact.get("others", [])), lambda c: sorted(
        int(code) for code, rule in c["responses"].items() if rule["when"] != "success")
    yield "query", sorted(fact.get("query", [])), lambda c: sorted(
        p["name"] for p in c.get("parameters", []) if p["in"] == "query")
    yield "body", fact["body"], read_body


def read_body(contract):
    body = contract.get("requestBody", "none")
    if body == "none":
        return "none"
    (media, content), = list(body["content"].items())[:1]
    if media != "application/json":
        return media
    return sorted(content.get("schema", {}).get("properties", {}))


def main(conform, facts, folder, quiet):
    asked = right = guessed = 0
    for fact in yaml.safe_load(pathlib.Path(facts).read_text(encoding="utf-8")):
        page = pathlib.Path(folder) / (fact["page"] + ".md")
        with tempfile.TemporaryDirectory() as out:
            contract = pathlib.Path(out) / "x.yaml"
            run = subprocess.run([conform, "import", str(page.resolve()), "-o", str(contract)],
                                 capture_output=True, text=True, cwd=out, check=False)
            made = yaml.safe_load(contract.read_text(encoding="utf-8")) if contract.exists() else None
        if not fact["operation"]:
            asked += 1
            right += made is None and run.returncode == 2
            if made is not None:
                print(f"{fact['page']}: taken for an operation")
            continue
        for name, wanted, read in expected(fact):
            asked += 1
            got = read(made) if made is not None else None
            if got == wanted or (wanted == "json" and isinstance(got, list)):
                right += 1
                continue
            warned = "warning" in run.stderr
            guessed += not warned and made is not None
            if not quiet:
                print(f"{fact['page']}: {name} is {got}, not {wanted}{'' if warned else ' (unwarned)'}")
        if made is None:
            print(f"{fact['page']}: {run.stderr.strip().splitlines()[-1]}")
    print(f"{right} of {asked} facts; {guessed} missed on pages without any warning")


if __name__ == "__main__":
    main(*sys.argv[1:4], "--quiet" in sys.argv)
