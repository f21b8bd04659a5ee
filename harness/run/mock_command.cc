#include <fmt/format.h>

#include <csignal>
#include <set>

#include "base/date.h"
#include "base/duration.h"
#include "mock/fault.h"
#include "mock/mock_server.h"
#include "run/command.h"
#include "run/target.h"
#include "token/test_token.h"

namespace conform {
namespace {

struct MockFlags {
  int port = 0;
  std::string as_of;
  std::string latency;
  std::vector<std::string> faults;
  bool list_faults = false;
};

void ListFaults(Invocation& invocation) {
  for (const Fault& fault : FaultCatalogue()) {
    invocation.out << fmt::format("{}  {}\n", fault.name, fault.meaning);
  }
}

std::string TokenFor(const Identity& identity, const Contract& contract,
                     std::chrono::system_clock::time_point now) {
  std::string permission;
  for (const auto& [kind, rule] : contract.permissions) {
    const bool own = kind == identity.kind;
    if (!rule.permissions.empty() && (own || permission.empty())) {
      permission = rule.permissions.front();
    }
  }
  return IssueTestToken(identity, permission, "", now);
}

/// A line that works for each operation and identity, to be pasted into a shell.
void PrintCurlLines(const std::vector<const Contract*>& contracts, const std::string& origin,
                    Invocation& invocation) {
  const auto now = std::chrono::system_clock::now();
  for (const Contract* contract : contracts) {
    invocation.out << fmt::format("\n# {} (edition {})\n", contract->operation, contract->edition);
    for (const IdentityKind kind : kIdentityKinds) {
      const std::string token = TokenFor({kind, ""}, *contract, now);
      const std::string field =
          token.empty() ? "" : fmt::format(" -H 'Authorization: Bearer {}'", token);
      invocation.out << fmt::format(
          "# {}\ncurl -i -X {} -H 'Accept: application/json'{} -d '' {}{}{}\n", NameOf(kind),
          contract->method, field, origin, contract->ServerPath(), contract->paths.front());
    }
  }
}

/// SIGINT and SIGTERM must be blocked before the server's threads begin, so that they inherit it.
void WaitForSignal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  int received = 0;
  sigwait(&signals, &received);
}

void BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void Serve(const MockFlags& flags, Invocation& invocation) {
  if (flags.list_faults) {
    ListFaults(invocation);
    return;
  }
  std::optional<std::chrono::sys_days> day;
  if (!flags.as_of.empty() && !(day = ParseDate(flags.as_of))) {
    invocation.Refuse(
        fmt::format("--as-of {}: no such day; write YYYY-MM-DD or YYYY-MM", flags.as_of));
    return;
  }
  MockOptions options;
  if (!flags.latency.empty()) {
    const auto latency = ParseDuration(flags.latency);
    if (!latency) {
      invocation.Refuse(fmt::format("--latency {}: write a duration such as 50ms", flags.latency));
      return;
    }
    options.latency = *latency;
  }
  Diagnostics diagnostics;
  const Catalog catalog = LoadCatalog(invocation.folders.specs, diagnostics);
  invocation.err << diagnostics.RenderAll();
  if (diagnostics.HasErrors()) {
    invocation.Refuse("the contracts have mistakes; nothing is served");
    return;
  }
  options.contracts = catalog.Serving(day);
  options.refusals = RefusalsOf(catalog);
  options.faults = {flags.faults.begin(), flags.faults.end()};
  options.port = flags.port;
  BlockSignals();
  const auto server = MockServer::Start(options);
  if (!server) {
    invocation.Refuse(server.error().message);
    return;
  }
  invocation.out << (*server)->origin() << std::endl;
  PrintCurlLines(options.contracts, (*server)->origin(), invocation);
  invocation.out.flush();
  WaitForSignal();
  (*server)->Stop();
}

}  // namespace

void AddMockCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<MockFlags>();
  CLI::App* command = app.add_subcommand("mock", "Serve the contracts on loopback until stopped");
  command->add_option("--port", flags->port, "Port (default: 0, any free one)")
      ->check(CLI::Range(0, 65535));
  command
      ->add_option("--as-of", flags->as_of, "Serve the editions in force on DATE (default: newest)")
      ->type_name("DATE");
  command->add_option("--latency", flags->latency, "Hold each answer back, e.g. 50ms")
      ->type_name("DURATION");
  command->add_option("--fault", flags->faults, "Break a promise on purpose; may be repeated")
      ->type_name("NAME")
      ->take_all();
  command->add_flag("--list-faults", flags->list_faults, "One fault a line, name first");
  command->footer(
      "The address is the first line printed.\n"
      "Example: conform mock --port 0 --fault success_200");
  command->callback([flags, &invocation] { Serve(*flags, invocation); });
}

}  // namespace conform
