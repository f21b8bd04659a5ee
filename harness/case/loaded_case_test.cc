// What each key of a case becomes: whole cases, told field by field, against goldens.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "base/duration.h"
#include "case/case_loader.h"
#include "testing/golden.h"

namespace conform {
namespace {

const std::filesystem::path kLoaded = CONFORM_TESTDATA "/loaded/case";

std::string At(const Span& span) {
  return fmt::format("{}:{}:{}", span.line, span.column, span.length);
}

std::string TellText(const TextTemplate& text) {
  return fmt::format("'{}' at {}", text.text, At(text.span));
}

std::string TellRule(const ValueRule& rule) {
  using Kind = ValueRule::Kind;
  switch (rule.kind) {
    case Kind::kEquals:
      return "equals " + rule.equals.dump();
    case Kind::kUnordered:
      return "in any order " + rule.equals.dump();
    case Kind::kMatches:
      return "matches " + rule.pattern->pattern();
    case Kind::kExists:
      return "exists";
    case Kind::kAbsent:
      return "absent";
  }
  return "?";
}

std::string TellBody(const BodySpec& body) {
  std::string told =
      fmt::format("kind {} length {}", static_cast<int>(body.kind), static_cast<int>(body.length));
  if (!body.json.is_null()) told += " json " + body.json.dump();
  if (!body.text.text.empty()) told += " text " + TellText(body.text);
  for (const std::size_t size : body.chunk_sizes) told += fmt::format(" chunk {}", size);
  for (const BodyPart& part : body.parts) {
    told += fmt::format("\n    part {} filename {} type {} text {}{}{}", TellText(part.name),
                        TellText(part.filename), TellText(part.type), TellText(part.text),
                        part.json.is_discarded() ? "" : " json " + part.json.dump(),
                        part.raw ? " raw" : "");
  }
  return told;
}

std::string TellRequest(const RequestSpec& request) {
  std::string told =
      fmt::format("  method {} path {}\n", TellText(request.method), TellText(request.path));
  for (const auto& [name, value] : request.query) {
    told += fmt::format("  query {} = {}\n", TellText(name), TellText(value));
  }
  for (const HeaderSpec& header : request.headers) {
    told += fmt::format("  header {}:", header.name);
    for (const TextTemplate& value : header.values) told += " " + TellText(value);
    told += "\n";
  }
  for (const std::string& name : request.omit) told += fmt::format("  omit {}\n", name);
  return told + "  body " + TellBody(request.body) + "\n";
}

std::string TellExpected(const Step& step) {
  std::string told;
  for (const Expectation& each : step.expectations) {
    told += fmt::format("  expects {} '{}' {} at {}", static_cast<int>(each.subject), each.name,
                        TellRule(each.value), At(each.span));
    for (const TextTemplate& status : each.statuses) told += " " + TellText(status);
    for (const std::string& pointer : each.documented) told += " but " + pointer;
    told += each.schema == nullptr ? "\n" : " schema\n";
  }
  for (const std::string& name : step.observe) told += fmt::format("  observes {}\n", name);
  for (const CaptureSpec& each : step.captures) {
    told +=
        fmt::format("  captures {} from {} '{}'{} at {}\n", each.name, static_cast<int>(each.from),
                    each.source, each.secret ? " secret" : "", At(each.span));
  }
  return told;
}

std::string TellFlow(const Step& step) {
  std::string told;
  if (step.poll != nullptr) {
    told += fmt::format("  polls every {} for {} at {}\n", FormatDuration(step.poll->every),
                        FormatDuration(step.poll->limit), At(step.poll->span));
    for (const auto& [word, rules] :
         {std::pair{"until", step.poll->until}, std::pair{"fails if", step.poll->fail_if}}) {
      for (const PointerRule& rule : rules) {
        told += fmt::format("    {} {} {} at {}\n", word, rule.pointer, TellRule(rule.value),
                            At(rule.span));
      }
    }
  }
  if (step.settle != nullptr) {
    told += fmt::format("  settles {} every {} for {} at {}\n", step.settle->answers.Describe(),
                        FormatDuration(step.settle->every), FormatDuration(step.settle->limit),
                        At(step.settle->span));
  }
  if (step.follow != nullptr) {
    told += fmt::format("  follows {} at most {} at {}\n", step.follow->next,
                        step.follow->max_pages, At(step.follow->span));
  }
  return told;
}

std::string TellStep(const Step& step) {
  std::string told = fmt::format("step {}{}{} at {}\n", step.name,
                                 step.operation.empty() ? "" : " of " + step.operation,
                                 step.cleans_up ? ", cleans up" : "", At(step.span));
  if (step.wait) return told + fmt::format("  waits {}\n", FormatDuration(*step.wait));
  return told + TellRequest(step.request) + TellExpected(step) + TellFlow(step);
}

std::string TellCase(const Case& loaded) {
  std::string told = fmt::format(
      "id {} name {}\ntitle {}\noperation {} at {}\nidentity {} '{}' at {}\n", loaded.id,
      loaded.name, loaded.title, loaded.operation, At(loaded.operation_span),
      NameOf(loaded.identity.kind), loaded.identity.permission, At(loaded.identity_span));
  told += fmt::format("clauses at {}\n", At(loaded.clauses_span));
  for (const ListedClause& clause : loaded.clauses) {
    told += fmt::format("  {} at {}\n", clause.id, At(clause.span));
  }
  told += fmt::format("editions at {}\n", At(loaded.editions_span));
  for (const std::string& edition : loaded.editions) told += fmt::format("  {}\n", edition);
  for (const ListedVariable& variable : loaded.variables) {
    told += fmt::format("variable {} at {}\n", variable.name, At(variable.span));
  }
  if (loaded.limit) told += fmt::format("limit {}\n", FormatDuration(*loaded.limit));
  told += fmt::format("group '{}' rows of '{}'\n", loaded.group,
                      std::filesystem::path(loaded.rows_path).filename().string());
  for (const Row& row : loaded.rows) {
    told += fmt::format("row {} at {}:", row.name, At(row.span));
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      told += fmt::format(" {}={}", loaded.columns[i], row.values[i].dump());
    }
    told += "\n";
  }
  for (const auto& file : loaded.beside) told += fmt::format("beside {}\n", file->text().size());
  for (const Step& step : loaded.steps) told += TellStep(step);
  return told;
}

class LoadedCase : public testing::TestWithParam<std::string> {};

TEST_P(LoadedCase, HoldsWhatItsFileSays) {
  const std::string name = GetParam() + ".yaml";
  // From its folder, so that files beside it are found wherever the tests run.
  const auto source =
      std::make_shared<SourceText>((kLoaded / name).string(), ReadTestFile(kLoaded / name));
  Diagnostics diagnostics;
  const auto loaded = LoadCase(source, "loaded/" + GetParam(), diagnostics);
  EXPECT_FALSE(diagnostics.HasErrors()) << diagnostics.RenderAll();
  ASSERT_TRUE(loaded.has_value());
  const std::string told = TellCase(*loaded);
  EXPECT_EQ(told, Golden(kLoaded / (GetParam() + ".loaded"), told));
}

INSTANTIATE_TEST_SUITE_P(Files, LoadedCase, testing::ValuesIn(YamlStems(kLoaded)),
                         [](const auto& param) { return param.param; });

}  // namespace
}  // namespace conform
