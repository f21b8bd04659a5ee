"""Holds every shipped YAML file against its published JSON Schema with a validator others wrote.

Usage: check_yaml.py SOURCE. Prints each breach, and exits 1 where there is one, or where a file
with a planted mistake is not seen as broken.
"""
import json
import pathlib
import re
import sys

import jsonschema
import yaml


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2's core schema: dates are texts, and so are yes and no."""


CoreLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers
            if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))


def read(path):
    # Through JSON, so that keys are texts.
    return json.loads(json.dumps(yaml.load(path.read_text(encoding="utf-8"), CoreLoader)))


def main(source):
    found = {
        "case": [p for p in source.glob("cases/**/*.yaml") if p.name != "deviations.yaml"],
        "deviations": list(source.glob("cases/deviations.yaml")),
        "contract": [p for p in source.glob("specs/**/*.yaml") if p.parent.name != "protocol"],
        "protocol": list(source.glob("specs/protocol/*.yaml")),
        "profile": [*source.glob("harness/profiles/*.yaml"),
                    *source.glob("harness/testdata/profile/*.yaml")],
    }
    broken = 0
    for kind, paths in found.items():
        schema = json.loads((source / f"harness/schemas/{kind}.schema.json").read_text())
        jsonschema.Draft7Validator.check_schema(schema)
        validator = jsonschema.Draft7Validator(schema)
        for path in paths:
            for error in validator.iter_errors(read(path)):
                print(f"{path}: {list(error.absolute_path)}: {error.message}")
                broken += 1
        if not paths:
            print(f"{kind}: there is no such file")
            broken += 1
            continue
        planted = read(paths[0])
        (planted if isinstance(planted, dict) else planted.append({}) or planted[-1])["titel"] = "x"
        if validator.is_valid(planted):
            print(f"{kind}: a misspelt key is not seen")
            broken += 1
    return 1 if broken else 0


sys.exit(main(pathlib.Path(sys.argv[1])))
