#!/usr/bin/env python3
"""parts.py CONFORM OUT: the parts of a built conform as a CycloneDX 1.5 list (JSON).

Parts are the shared libraries that the program loads, each with the Debian package that it comes
from. The same build on the same machine gives the same bytes: no time and no random number.
"""
import json
import pathlib
import re
import subprocess
import sys
import uuid


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def packages_of(program):
    """(name, version, source) of every package that a loaded library comes from."""
    paths = re.findall(r"=> (/\S+)", output("ldd", program))
    names = set()
    for path in paths:
        # Where /lib is a link to /usr/lib, the list of files knows the path by either name.
        for candidate in (pathlib.Path(path).resolve(), pathlib.Path(path)):
            known = [str(candidate), str(candidate).removeprefix("/usr")]
            found = subprocess.run(["dpkg-query", "-S", *known], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
            if found:
                names.add(found.split(": ")[0].split(",")[0])
                break
        else:
            names.add(path)
    for name in sorted(names):
        if name.startswith("/"):
            yield name, "", ""
            continue
        version, source = output("dpkg-query", "-W", "-f", "${Version}\n${source:Package}\n",
                                 name).splitlines()
        yield name.split(":")[0], version, source


def main():
    program, out = sys.argv[1:3]
    first = output(program, "--version").splitlines()[0]
    version, commit = re.match(r"conform (\S+) \((?:([^,]+), )?", first).groups()
    components = []
    for name, number, source in packages_of(program):
        component = {"type": "library", "name": name}
        if number:
            component["version"] = number
            component["purl"] = f"pkg:deb/debian/{name}@{number}"
            component["properties"] = [{"name": "debian:source", "value": source}]
        components.append(component)
    parts = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {
            "type": "application", "name": "conform", "version": version, "bom-ref": "conform",
            "properties": [{"name": "commit", "value": commit or "unknown"}]}},
        "components": components,
    }
    parts["serialNumber"] = "urn:uuid:" + str(
        uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts, sort_keys=True)))
    pathlib.Path(out).write_text(json.dumps(parts, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
