#include "run/explain.h"

#include <fmt/format.h>

#include <set>

#include "base/json_text.h"
#include "base/utf8.h"

namespace conform {
namespace {

using Kind = Placeholder::Kind;

constexpr std::size_t kShownCharacters = 100;

/// The step that captures `name`, and whether it is a secret.
struct CaptureOrigin {
  const Step* step = nullptr;
  const CaptureSpec* capture = nullptr;
};

CaptureOrigin FindCapture(const Case& test_case, const std::string& name) {
  for (const Step& step : test_case.steps) {
    for (const CaptureSpec& capture : step.captures) {
      if (capture.name == name) return {&step, &capture};
    }
  }
  return {};
}

/// Tells the placeholders of one test's steps.
class Explainer {
 public:
  Explainer(const Workspace& workspace, std::ostream& out) : workspace_(workspace), out_(out) {}

  void Tell(const Test& test, const Step& step, const Scope& scope) {
    test_ = &test;
    scope_ = &scope;
    told_.clear();
    out_ << fmt::format("  step {}\n", step.name);
    TellText(step.request.method);
    TellText(step.request.path);
    for (const auto& [name, value] : step.request.query) {
      TellText(name);
      TellText(value);
    }
    for (const HeaderSpec& header : step.request.headers) {
      for (const TextTemplate& value : header.values) TellText(value);
    }
    TellBody(step.request.body, step.span);
    for (const Expectation& expectation : step.expectations) {
      for (const TextTemplate& status : expectation.statuses) TellText(status);
      TellJson(expectation.value.equals, expectation.span);
    }
    if (told_.empty()) out_ << "    nothing stands for anything else\n";
  }

 private:
  void TellBody(const BodySpec& body, const Span& span) {
    if (body.kind == BodySpec::Kind::kText) TellText(body.text);
    TellJson(body.json, span);
    for (const BodyPart& part : body.parts) {
      for (const TextTemplate* text : {&part.name, &part.filename, &part.type}) TellText(*text);
      if (!part.raw) TellText(part.text);
      if (!part.json.is_discarded()) TellJson(part.json, span);
    }
  }

  void TellJson(const nlohmann::json& value, const Span& span) {
    if (value.is_string()) TellText({value.get<std::string>(), span});
    if (!value.is_structured()) return;
    for (const nlohmann::json& inner : value) TellJson(inner, span);
  }

  /// Once a step: the same placeholder stands for the same value.
  void TellText(const TextTemplate& text) {
    const auto placeholders = FindPlaceholders(text.text);
    if (!placeholders) return;
    for (const Placeholder& each : *placeholders) {
      const std::string shown = text.text.substr(each.begin, each.end - each.begin);
      if (!told_.insert(shown).second) continue;
      const auto value = scope_->Find(each);
      out_ << fmt::format("    {:<20} {}\n{:25}{}:{}:{}, {}\n", shown, Show(each, value), "",
                          test_->test_case->source->path(), text.span.line, text.span.column,
                          From(each));
    }
  }

  std::string Show(const Placeholder& each, const std::optional<nlohmann::json>& value) const {
    if (!value) return "has no value: its step did not capture it";
    if (each.kind == Kind::kToken) {
      return scope_->token.empty() ? "nothing" : "[token]";
    }
    if (each.kind == Kind::kCapture) {
      const CaptureOrigin origin = FindCapture(*test_->test_case, each.name);
      if (origin.capture != nullptr && origin.capture->secret)
        return fmt::format("[{}]", each.name);
    }
    return ShowLine(WriteJsonText(*value), kShownCharacters);
  }

  std::string From(const Placeholder& each) const {
    const Case& test_case = *test_->test_case;
    switch (each.kind) {
      case Kind::kToken:
        return fmt::format("the token of identity {}", NameOf(test_case.identity.kind));
      case Kind::kUuid:
      case Kind::kNow:
        return "fixed for this test";
      case Kind::kRow:
        return fmt::format("row {} at {}:{}", test_->row->name, test_->Path(), test_->Line());
      case Kind::kVar:
        return fmt::format("variables of profile {}", workspace_.profile.name);
      case Kind::kCapture: {
        const CaptureOrigin origin = FindCapture(test_case, each.name);
        return fmt::format("captured by step {}, line {}", origin.step->name,
                           origin.capture->span.line);
      }
    }
    return "";
  }

  const Workspace& workspace_;
  std::ostream& out_;
  const Test* test_ = nullptr;
  const Scope* scope_ = nullptr;
  std::set<std::string> told_;
};

}  // namespace

void Explain(const Workspace& workspace, Session& session, std::ostream& out) {
  Explainer explainer(workspace, out);
  for (const Test& test : workspace.tests) {
    out << fmt::format("{}\n", test.Id());
    const TestRecord record =
        session.runner().Run(test, [&](const Test& each, const Step& step, const Scope& scope) {
          explainer.Tell(each, step, scope);
        });
    if (record.exchanges.empty()) {
      out << fmt::format("  nothing was sent: {}\n", record.verdict.reason);
    }
  }
}

}  // namespace conform
