// What each key of a contract and of a protocol set becomes: whole files, told field by field,
// against goldens.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "base/duration.h"
#include "contract/contract_loader.h"
#include "contract/protocol_loader.h"
#include "testing/golden.h"

namespace conform {
namespace {

const std::filesystem::path kLoaded = CONFORM_TESTDATA "/loaded/contract";

std::string TellContent(const std::vector<MediaContent>& contents) {
  std::string told;
  for (const MediaContent& each : contents) {
    told += fmt::format("  content {} schema {} example {}\n", each.media_type, each.schema.dump(),
                        each.example.dump());
  }
  return told;
}

std::string TellClause(const Clause& clause) {
  const ClauseSource& source = clause.source;
  return fmt::format(
      "clause {} about '{}' binds {} {} says '{}' untested '{}' at {}:{}:{}\n"
      "  source '{}' sentences {} lines {} fingerprint '{}' document '{}' section '{}' version "
      "'{}' "
      "pointer '{}'\n",
      clause.id, clause.about, NameOf(clause.binds), NameOf(clause.strength), clause.says,
      clause.untested, clause.span.line, clause.span.column, clause.span.length, source.heading,
      source.sentences, source.lines, source.fingerprint, source.document, source.section,
      source.version, source.pointer);
}

std::string TellPage(const PageSource& page) {
  return fmt::format(
      "page '{}' document '{}' version '{}' repository '{}' locale '{}' revision "
      "'{}' date {} sha256 {}\n",
      page.title, page.document, page.version, page.repository, page.locale, page.revision,
      page.date.time_since_epoch().count(), page.sha256);
}

std::string TellAsked(const Contract& contract) {
  std::string told = fmt::format("server {} method {} paths {}\n", contract.server, contract.method,
                                 contract.paths);
  for (const Parameter& each : contract.parameters) {
    told +=
        fmt::format("parameter {} in {}{}{} schema {}\n", each.name, NameOf(each.in),
                    each.required ? " required" : "", each.key ? " key" : "", each.schema.dump());
  }
  for (const HeaderRule& each : contract.headers) {
    told += fmt::format("header {}{} scheme '{}' value '{}'\n", each.name,
                        each.required ? " required" : "", each.scheme, each.value);
  }
  told += fmt::format("body{}{}\n{}", contract.request_body.none ? " none" : "",
                      contract.request_body.required ? " required" : "",
                      TellContent(contract.request_body.content));
  for (const auto& [kind, rule] : contract.permissions) {
    told += fmt::format("permission {} {} {}\n", NameOf(kind),
                        rule.supported ? "supported" : "unsupported", rule.permissions);
  }
  return told;
}

std::string TellAnswered(const Contract& contract) {
  std::string told;
  for (const ResponseRule& each : contract.responses) {
    told += fmt::format("response {} '{}' when {} '{}' {}\n{}", each.status, each.range,
                        static_cast<int>(each.when.kind), each.when.state,
                        FormatDuration(each.when.window), TellContent(each.content));
    for (const ResponseHeader& header : each.headers) {
      told += fmt::format("  header {}{} schema {}\n", header.name,
                          header.required ? " required" : "", header.schema.dump());
    }
  }
  for (const auto& [state, lasts] : contract.mock_lasts) {
    told += fmt::format("mock {} lasts {}\n", state, FormatDuration(lasts));
  }
  if (!contract.resource) return told;
  const MockResource& resource = *contract.resource;
  told +=
      fmt::format("resource collection '{}' key '{}' does {} pages of {}\n", resource.collection,
                  resource.key, static_cast<int>(resource.does), resource.page_size);
  for (const ShownState& each : resource.shows) {
    told += fmt::format("  shows {} of {} while {}: {}, {}, {}\n", each.member, each.operation,
                        each.state, each.before, each.during, each.after);
  }
  return told;
}

std::string TellContract(const Contract& contract) {
  std::string told = fmt::format(
      "operation {} edition {} maturity {} license '{}' effect '{}'\nclouds {}\n"
      "notes {}\n",
      contract.operation, contract.edition, contract.maturity, contract.license, contract.effect,
      contract.clouds, contract.notes);
  told += TellPage(contract.page) + TellAsked(contract) + TellAnswered(contract);
  for (const Clause& clause : contract.clauses) told += TellClause(clause);
  return told;
}

std::string TellFilter(const ExchangeFilter& filter) {
  return fmt::format(
      "  when status '{}' not '{}' methods {} not {} content {} media type '{}'\n",
      filter.status.Describe(), filter.not_status.Describe(), filter.methods, filter.not_methods,
      filter.content ? (*filter.content ? "some" : "none") : "any", filter.media_type);
}

std::string TellProtocol(const ProtocolSet& set) {
  std::string told = fmt::format("set {}\n", set.name);
  for (const auto& [refusal, status] : set.refusals) {
    told += fmt::format("refusal {} {}\n", NameOf(refusal), status);
  }
  for (const ProtocolClause& each : set.clauses) {
    told += TellClause(each.clause) + TellFilter(each.when) +
            fmt::format("  check '{}' with {}\n", each.check, each.with.dump());
  }
  return told;
}

class LoadedContract : public testing::TestWithParam<std::string> {};

TEST_P(LoadedContract, HoldsWhatItsFileSays) {
  const std::string name = GetParam() + ".yaml";
  const auto source = std::make_shared<SourceText>(name, ReadTestFile(kLoaded / name));
  Diagnostics diagnostics;
  std::string told;
  if (GetParam().starts_with("protocol")) {
    if (const auto set = LoadProtocolSet(source, diagnostics)) told = TellProtocol(*set);
  } else if (const auto contract = LoadContract(source, diagnostics)) {
    told = TellContract(*contract);
  }
  EXPECT_EQ(diagnostics.RenderAll(), "");
  EXPECT_EQ(told, Golden(kLoaded / (GetParam() + ".loaded"), told));
}

INSTANTIATE_TEST_SUITE_P(Files, LoadedContract, testing::ValuesIn(YamlStems(kLoaded)),
                         [](const auto& param) { return param.param; });

}  // namespace
}  // namespace conform
