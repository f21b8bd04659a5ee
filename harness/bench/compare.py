"""compare.py CONFORM TOOLS COUNT REPORT: called by compare.sh, which says what it does."""
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

BENCH = pathlib.Path(__file__).resolve().parent
ROOT = BENCH.parents[1]
ROUNDS = 5
PEER_COUNT = 500  # what a tool of a millisecond and more a request is given
CURL_JOBS = 16
LATENCY_COUNT = 1000
LATENCY_JOBS = 64
LATENCY = 0.050


class Mock:
    """`conform mock`, started alone."""

    def __init__(self, conform, folder, flags=()):
        command = [conform, "mock", *flags]
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        self.origin = self.process.stdout.readline().strip()
        line = ""
        while "# delegated_work" not in line:
            line = self.process.stdout.readline()
        self.token = re.search("Bearer ([^']+)", self.process.stdout.readline()).group(1)

    def requests(self):
        with urllib.request.urlopen(self.origin + "/.conform/requests") as answer:
            return json.load(answer)["requests"]

    def stop(self):
        self.process.terminate()
        self.process.wait()


# A child's peak memory begins with its parent's: a small process of its own takes the measure.
MEASURE = """
import os, sys, time
began = time.monotonic()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(time.monotonic() - began, usage.ru_maxrss, os.waitstatus_to_exitcode(status), file=sys.stderr)
"""


def run(command, folder):
    """Seconds, peak kilobytes, exit code, output."""
    with tempfile.TemporaryFile() as out:
        told = subprocess.run([sys.executable, "-S", "-c", MEASURE, *command], cwd=folder,
                              stdout=out, stderr=subprocess.PIPE, text=True, check=True).stderr
        seconds, peak, code = told.splitlines()[-1].split()
        out.seek(0)
        return float(seconds), int(peak), int(code), out.read().decode(errors="replace")


def generate(count, folder, *flags):
    subprocess.run([BENCH / "generate", *flags, str(count), folder], check=True)
    return json.loads((folder / "requests.json").read_text())


def fields_of(request, mock):
    return {name: value.replace("${token}", mock.token) for name, value in request["fields"].items()}


def conform_command(conform, mock, *flags, out="reports"):
    """Load, exchange, judge, JUnit: what the other tools do too, and no page for people."""
    return [conform, "run", "--no-history", "--report", "junit", "--base-url", mock.origin,
            "--out", out, *flags]


def curl_command(requests, mock, folder, parallel=CURL_JOBS):
    """The floor of a tool that judges nothing: one process, kept-alive connections."""
    entries = []
    for request in requests:
        lines = [f'url = "{mock.origin}{request["path"]}"', f'request = "{request["method"]}"',
                 'output = "/dev/null"', "silent"]
        lines += [f'header = "{name}: {value}"' for name, value in fields_of(request, mock).items()]
        if request["body"] is not None:
            lines.append("data-raw = " + json.dumps(request["body"]))
        entries.append("\n".join(lines))
    config = folder / "curl.config"
    config.write_text("\nnext\n".join(entries) + "\n")
    return ["curl", "--parallel", "--parallel-immediate", "--parallel-max", str(parallel),
            "--config", str(config)]


def newman_command(tools, requests, mock, folder):
    items = []
    for n, request in enumerate(requests):
        items.append({
            "name": f"n{n}",
            "event": [{"listen": "test", "script": {"type": "text/javascript", "exec": [
                f'pm.test("status", () => pm.response.to.have.status({request["status"]}));']}}],
            "request": {"method": request["method"], "url": mock.origin + request["path"],
                        "header": [{"key": k, "value": v}
                                   for k, v in fields_of(request, mock).items()],
                        **({"body": {"mode": "raw", "raw": request["body"]}}
                           if request["body"] is not None else {})}})
    file = folder / "newman.json"
    file.write_text(json.dumps({"info": {
        "name": "bench", "schema":
        "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": items}))
    return [str(tools / "newman"), "run", str(file), "--reporters", "junit",
            "--reporter-junit-export", str(folder / "newman.xml")]


def stepci_command(tools, requests, mock, folder):
    tests = {}
    for n, request in enumerate(requests):
        http = {"url": mock.origin + request["path"], "method": request["method"],
                "headers": fields_of(request, mock), "check": {"status": request["status"]}}
        if request["body"] is not None:
            http["body"] = request["body"]
        tests[f"n{n}"] = {"steps": [{"name": "request", "http": http}]}
    file = folder / "stepci.yml"
    file.write_text(json.dumps({"version": "1.1", "name": "bench", "tests": tests}))
    return [str(tools / "stepci"), "run", str(file)]


def httpyac_command(tools, requests, mock, folder):
    parts = []
    for request in requests:
        lines = [f'{request["method"]} {mock.origin}{request["path"]}']
        lines += [f"{name}: {value}" for name, value in fields_of(request, mock).items()]
        if request["body"] is not None:
            lines += ["", request["body"]]
        lines += ["", f'?? status == {request["status"]}']
        parts.append("\n".join(lines))
    file = folder / "bench.http"
    file.write_text("\n###\n".join(parts) + "\n")
    return [str(tools / "httpyac"), "send", str(file), "--all", "--silent"]


def sends_all(name, command, count, mock, folder):
    before = mock.requests()
    output = run(command, folder)[3]
    sent = mock.requests() - before
    if sent != count:
        print(f"{name} sent {sent} of {count} requests: it is left out\n{output[-500:]}")
    return sent == count


def finds_the_planted(folder, out):
    planted = (folder / "planted.txt").read_text().split()
    record = json.loads((folder / out / "run.json").read_text())
    failed = sorted(test["name"] for test in record["tests"]
                    if test["verdict"]["outcome"] == "fail")
    others = {test["verdict"]["outcome"] for test in record["tests"]} - {"fail", "pass"}
    return failed == planted and not others


def race(commands, folder):
    """Medians of ROUNDS rounds, each tool once a round, in turn: {name: (seconds, kilobytes)}."""
    times = {name: [] for name in commands}
    peaks = {name: 0 for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            seconds, peak, _, _ = run(command, folder)
            times[name].append(seconds)
            peaks[name] = max(peaks[name], peak)
    return {name: (statistics.median(times[name]), peaks[name]) for name in commands}


def table(title, count, results, base):
    lines = [f"## {title}", "", f"| tool | median s | µs a request | × {base} | peak MB |",
             "|---|---|---|---|---|"]
    for name, (seconds, peak) in results.items():
        lines.append(f"| {name} | {seconds:.3f} | {seconds / count * 1e6:.0f} | "
                     f"{seconds / results[base][0]:.2f} | {peak / 1024:.0f} |")
    return "\n".join(lines) + "\n"


def checked(commands, count, mock, folder):
    """Each tool is seen to send every request once, and conform to find what was planted."""
    for tool, command in commands.items():
        if not sends_all(tool, command, count, mock, folder):
            sys.exit(3)
    for out in {command[command.index("--out") + 1] for command in commands.values()
                if "--out" in command}:
        if not finds_the_planted(folder, out):
            sys.exit("conform did not find exactly the planted failures")
    return commands


def against_curl(conform, count, title, flags):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "set"
        requests = generate(count, folder, *flags)
        mock = Mock(conform, folder)
        jobs = ["--jobs", str(CURL_JOBS // 2)]
        commands = {"conform run": conform_command(conform, mock, *jobs),
                    "conform run --evidence failed":
                        conform_command(conform, mock, *jobs, "--evidence", "failed", out="lean"),
                    f"curl --parallel-max {CURL_JOBS}": curl_command(requests, mock, folder)}
        results = race(checked(commands, count, mock, folder), folder)
        text = table(title, count, results, f"curl --parallel-max {CURL_JOBS}")
        mock.stop()
        return text


def against_peers(conform, tools):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "set"
        requests = generate(PEER_COUNT, folder)
        mock = Mock(conform, folder)
        commands = {"conform run": conform_command(conform, mock)}
        for tool, make in (("newman", newman_command), ("stepci", stepci_command),
                           ("httpyac", httpyac_command)):
            if not (tools / tool).exists():
                print(f"{tool} is not installed: it is left out")
                continue
            command = make(tools, requests, mock, folder)
            if sends_all(tool, command, PEER_COUNT, mock, folder):
                commands[tool] = command
        text = table(f"{PEER_COUNT} case files, and the tools of others", PEER_COUNT,
                     race(commands, folder), "conform run")
        mock.stop()
        return text


def with_latency(conform):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "set"
        requests = generate(LATENCY_COUNT, folder)
        mock = Mock(conform, folder, ["--latency", "50ms"])
        results = race(checked({
            f"conform run --jobs {LATENCY_JOBS}":
                conform_command(conform, mock, "--jobs", str(LATENCY_JOBS)),
            f"curl --parallel-max {LATENCY_JOBS}":
                curl_command(requests, mock, folder, LATENCY_JOBS)}, LATENCY_COUNT, mock, folder),
                       folder)
        mock.stop()
    floor = f"the floor: {LATENCY_COUNT} x 50 ms / {LATENCY_JOBS}"
    results[floor] = (LATENCY_COUNT * LATENCY / LATENCY_JOBS, 0)
    return table(f"{LATENCY_COUNT} case files, 50 ms of latency", LATENCY_COUNT, results, floor)


def bundled(conform):
    with tempfile.TemporaryDirectory() as name:
        command = [conform, "run", "--no-history", "--out", name]
        seconds, peak = race({"run": command}, ROOT)["run"]
    return (f"## The bundled cases on the embedded mock, start to exit\n\n{seconds * 1000:.0f} ms, "
            f"{peak / 1024:.0f} MB\n")


def main():
    conform, tools, count, report = sys.argv[1:]
    tools, count = pathlib.Path(tools), int(count)
    parts = ["# Bench\n",
             f"Written by `harness/bench/compare.sh` on {os.cpu_count()} cores, load average "
             f"{os.getloadavg()[0]:.1f} at the start. Medians of {ROUNDS} rounds; in each round "
             "every tool ran once, in turn, against the same separately started `conform mock`. "
             "Before, each tool was seen to send every request once, and conform to find exactly "
             "the planted failures. conform writes run.json and JUnit; against curl it has --jobs "
             f"{CURL_JOBS // 2}, and --evidence failed keeps the verdicts of tests that passed and not "
             "what they sent and saw.\n"]
    for part in (lambda: against_curl(conform, count, f"{count} rows of one case", ["--rows"]),
                 lambda: against_curl(conform, count, f"{count} case files", []),
                 lambda: against_peers(conform, tools), lambda: with_latency(conform),
                 lambda: bundled(conform)):
        parts.append(part())
        print(parts[-1], flush=True)
    pathlib.Path(report).parent.mkdir(exist_ok=True)
    pathlib.Path(report).write_text("\n".join(parts))
    print(f"{report}")


if __name__ == "__main__":
    main()
