#include "case/step_loader.h"

#include <fmt/format.h>

#include <array>

#include "case/expectation_loader.h"
#include "case/request_spec_loader.h"
#include "case/step_flow_loader.h"

namespace conform {
namespace {

constexpr std::array<std::string_view, 9> kStepKeys = {
    "request", "response", "capture", "until", "fail_if", "every", "for", "settle", "follow"};

/// Captures are known by name before the steps are read, so that one used too early is told apart
/// from one that is misspelt.
void NoteCaptures(const YamlNode& step, const std::string& name, const CaseContext& context) {
  const YamlNode* captures = step.Find("capture");
  if (captures == nullptr) return;
  for (const YamlEntry& capture : captures->entries) {
    const auto [known, added] =
        context.names.captures.emplace(capture.key, KnownCapture{name, capture.key_span});
    if (!added) {
      context.Complain(
          capture.key_span,
          fmt::format("'{}' is captured by step '{}' too", capture.key, known->second.step),
          "give each capture a name of its own");
    }
  }
}

void NoteCapturesOf(const YamlEntry* steps, const CaseContext& context) {
  if (steps == nullptr) return;
  for (const YamlNode& node : steps->value.items) {
    const YamlNode* name = node.Find("name");
    NoteCaptures(node, name == nullptr ? "?" : name->scalar, context);
  }
}

/// What both forms share.
void LoadStepBody(MapReader& reader, const CaseContext& context, Step& step) {
  if (const YamlEntry* request = reader.Require("request")) {
    step.span = request->key_span;
    step.request = LoadRequestSpec(*request, context);
  }
  if (const YamlEntry* response = reader.Require("response"))
    LoadResponse(*response, context, step);
  LoadStepFlow(reader, context, step);
  for (const CaptureSpec& capture : step.captures) {
    const auto known = context.names.captures.find(capture.name);
    if (known != context.names.captures.end()) known->second.taken = true;
  }
}

void LoadStep(const YamlNode& node, bool cleans_up, const CaseContext& context, Case& loaded) {
  MapReader reader(context, node, "a step", node.span);
  if (!reader.valid()) return;
  Step step;
  step.span = node.span;
  step.cleans_up = cleans_up;
  step.name = fmt::format("step_{}", loaded.steps.size() + 1);
  step.wait = reader.Duration("wait");
  const bool waits = reader.Find("wait") != nullptr;
  if (const auto name = waits ? reader.Text("name") : reader.RequireText("name")) {
    step.name = *name;
    if (!IsTestName(*name)) {
      context.Complain(reader.Find("name")->value.span,
                       fmt::format("'{}' cannot name a step", *name),
                       "use lower-case letters, digits and underscores");
    }
  }
  if (!waits) {
    step.operation = reader.Text("operation").value_or("");
    if (step.operation == loaded.operation) step.operation.clear();
    LoadStepBody(reader, context, step);
  }
  reader.Finish();
  for (const Step& other : loaded.steps) {
    if (other.name == step.name) {
      context.Complain(step.span, fmt::format("two steps are named '{}'", step.name));
    }
  }
  loaded.steps.push_back(std::move(step));
}

void LoadStepList(const YamlEntry& entry, bool cleans_up, const CaseContext& context,
                  Case& loaded) {
  if (entry.value.kind != YamlNode::Kind::kSequence || entry.value.items.empty()) {
    context.Complain(BlameSpan(entry),
                     fmt::format("'{}' must be a list with at least one step", entry.key));
  }
  for (const YamlNode& node : entry.value.items) LoadStep(node, cleans_up, context, loaded);
}

void LoadOneStep(MapReader& reader, const CaseContext& context, Case& loaded, const Span& blame) {
  Step step;
  step.name = "request";
  step.span = blame;
  LoadStepBody(reader, context, step);
  loaded.steps.push_back(std::move(step));
}

}  // namespace

void LoadSteps(MapReader& reader, const CaseContext& context, Case& loaded, const Span& blame) {
  const YamlEntry* steps = reader.Find("steps");
  const YamlEntry* finally = reader.Find("finally");
  if (const YamlEntry* capture = reader.Find("capture"); capture != nullptr && steps == nullptr) {
    YamlNode whole;
    whole.entries.push_back(*capture);
    NoteCaptures(whole, "request", context);
  }
  NoteCapturesOf(steps, context);
  NoteCapturesOf(finally, context);
  if (steps == nullptr) {
    LoadOneStep(reader, context, loaded, blame);
  } else {
    LoadStepList(*steps, false, context, loaded);
    for (const std::string_view key : kStepKeys) {
      if (const YamlEntry* entry = reader.Find(key)) {
        context.Complain(entry->key_span, fmt::format("'{}' stands beside 'steps'", key),
                         "put it into a step of its own");
      }
    }
  }
  if (finally != nullptr) LoadStepList(*finally, true, context, loaded);
}

}  // namespace conform
