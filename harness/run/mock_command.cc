#include <fmt/format.h>

#include <csignal>
#include <set>

#include "base/duration.h"
#include "mock/entra_directory.h"
#include "mock/fault.h"
#include "mock/mock_server.h"
#include "run/command.h"
#include "run/mock_certificate.h"
#include "run/mock_curl_lines.h"
#include "run/shell_text.h"
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
  bool tls = false;
  std::string tls_cert;
  std::string tls_key;
  std::string client_ca;
};

void ListFaults(Invocation& invocation) {
  for (const Fault& fault : FaultCatalogue()) {
    invocation.out << fmt::format("{}  {}\n", fault.name, fault.meaning);
  }
}

/// What a client needs to sign in here. The secrets are the mock's own and trusted by nobody else.
void PrintEntra(const std::string& origin, Invocation& invocation) {
  invocation.out << fmt::format(
      "\n# Entra: {0}/{1}/oauth2/v2.0/devicecode and /token\n"
      "# Device codes are approved at {0}/common/oauth2/deviceauth\n"
      "# Tokens are for Microsoft Graph, whatever is served: a profile of this address needs\n"
      "#   tokens: {{audiences: [\"{2}\"]}}\n",
      origin, kEntraTenant, kGraphAudience);
  for (const EntraApplication& application : kEntraApplications) {
    invocation.out << fmt::format("# {} {}{}{}\n", application.id, application.name,
                                  application.secret.empty() ? "" : ", secret ",
                                  application.secret);
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

/// What the flags say of answers and address. Nothing where one was refused.
std::optional<MockOptions> ReadOptions(const MockFlags& flags, Invocation& invocation) {
  MockOptions options;
  if (!flags.latency.empty()) {
    const auto latency = ParseDuration(flags.latency);
    if (!latency) {
      invocation.Refuse(fmt::format("--latency {}: write a duration such as 50ms", flags.latency));
      return std::nullopt;
    }
    options.latency = *latency;
  }
  options.faults = {flags.faults.begin(), flags.faults.end()};
  options.port = flags.port;
  return options;
}

/// The server runs in here, between its address and the signal that ends it.
void RunServer(const MockOptions& options, const MockCertificate& certificate,
               Invocation& invocation) {
  BlockSignals();
  const auto server = MockServer::Start(options);
  if (!server) {
    invocation.Refuse(server.error().message);
    return;
  }
  const std::string& ca_file = certificate.ca_file();
  invocation.out << (*server)->origin() << std::endl;
  if (!ca_file.empty()) invocation.out << "# CA file: " << ca_file << '\n';
  invocation.out << MockCurlLines(options.contracts, (*server)->origin(),
                                  ca_file.empty() ? "" : " --cacert " + ShellQuoted(ca_file),
                                  invocation.redactor);
  PrintEntra((*server)->origin(), invocation);
  invocation.out.flush();
  WaitForSignal();
  (*server)->Stop();
}

void Serve(const MockFlags& flags, Invocation& invocation) {
  if (flags.list_faults) {
    ListFaults(invocation);
    return;
  }
  std::optional<std::chrono::sys_days> day;
  if (!ReadAsOf(flags.as_of, day, invocation)) return;
  std::optional<MockOptions> options = ReadOptions(flags, invocation);
  if (!options) return;
  Diagnostics diagnostics;
  const Catalog catalog = LoadCatalog(invocation.folders.specs, diagnostics);
  invocation.err << diagnostics.RenderAll();
  if (diagnostics.HasErrors()) {
    invocation.Refuse("the contracts have mistakes; nothing is served");
    return;
  }
  if (!HasEditions(catalog, day, "--as-of " + flags.as_of, invocation)) return;
  options->contracts = catalog.Serving(day);
  options->refusals = RefusalsOf(catalog);
  const auto certificate = MockCertificate::Open(
      {flags.tls, flags.tls_cert, flags.tls_key, flags.client_ca}, invocation.redactor);
  if (!certificate) {
    invocation.Refuse(certificate.error().message);
    return;
  }
  options->tls = (*certificate)->options();
  RunServer(*options, **certificate, invocation);
}

}  // namespace

void AddMockCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<MockFlags>();
  CLI::App* command = app.add_subcommand("mock", "Serve the contracts on loopback until stopped");
  command->add_option("--port", flags->port, "Port (default: 0, any free one)")
      ->check(CLI::Range(0, 65535))
      ->type_name("N");
  command
      ->add_option("--as-of", flags->as_of, "Serve the editions in force on DATE (default: newest)")
      ->type_name("DATE");
  command->add_option("--latency", flags->latency, "Hold each answer back, e.g. 50ms")
      ->type_name("DURATION");
  command->add_option("--fault", flags->faults, "Break a promise on purpose; may be repeated")
      ->type_name("NAME")
      ->take_all();
  command->add_flag("--tls", flags->tls, "Speak https, with a certificate made for this start");
  command
      ->add_option("--tls-cert", flags->tls_cert,
                   "PEM certificate to show instead, chain behind it")
      ->type_name("FILE");
  command->add_option("--tls-key", flags->tls_key, "PEM key of --tls-cert")->type_name("FILE");
  command
      ->add_option("--client-ca", flags->client_ca,
                   "PEM authority whose client certificates are demanded")
      ->type_name("FILE");
  command->add_flag("--list-faults", flags->list_faults, "One fault a line, name first");
  command->footer(
      "The address is the first line printed; with --tls the second names the file of\n"
      "the authority to trust, which is removed again at the end. Microsoft Entra's\n"
      "token endpoints stand on the same port; the last lines name its clients.\n"
      "Example: conform mock --port 0 --fault success_200");
  command->callback([flags, &invocation] { Serve(*flags, invocation); });
}

}  // namespace conform
