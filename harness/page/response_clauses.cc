#include "page/response_clauses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/duration.h"
#include "page/response_reader.h"
#include "page/sections.h"
#include "page/surroundings_reader.h"

namespace conform {
namespace {

struct StatusName {
  int status;
  std::string_view name;
};
constexpr std::array kStatusNames = {StatusName{200, "OK"},
                                     StatusName{201, "Created"},
                                     StatusName{202, "Accepted"},
                                     StatusName{204, "No Content"},
                                     StatusName{302, "Found"},
                                     StatusName{304, "Not Modified"},
                                     StatusName{400, "Bad Request"},
                                     StatusName{401, "Unauthorized"},
                                     StatusName{403, "Forbidden"},
                                     StatusName{404, "Not Found"},
                                     StatusName{409, "Conflict"},
                                     StatusName{410, "Gone"},
                                     StatusName{412, "Precondition Failed"},
                                     StatusName{416, "Range Not Satisfiable"},
                                     StatusName{429, "Too Many Requests"},
                                     StatusName{500, "Internal Server Error"},
                                     StatusName{503, "Service Unavailable"}};

std::string Named(int status) {
  for (const StatusName& each : kStatusNames) {
    if (each.status == status) return fmt::format("{} {}", status, each.name);
  }
  return fmt::format("{}", status);
}

std::string SaysOf(const ResponseRule& rule) {
  switch (rule.when.kind) {
    case Condition::Kind::kSuccess:
      return fmt::format("A successful call is answered {}.", Named(rule.status));
    case Condition::Kind::kWhile:
      return fmt::format("A call while the operation is in progress is answered {}.",
                         Named(rule.status));
    case Condition::Kind::kWithin:
      return fmt::format("A call within {} of the previous one is answered {}.",
                         FormatDuration(rule.when.window), Named(rule.status));
    case Condition::Kind::kStated:
      break;
  }
  return fmt::format("A call is answered {} where the page's words say so: {}.", Named(rule.status),
                     rule.when.state);
}

void AddEffect(ContractDraft& draft) {
  draft.contract.effect = draft.name.effect;
  if (draft.name.effect.empty()) return;
  const PurposeFact purpose = ReadPurpose(draft.context);
  const std::string& effect = draft.name.effect;
  const std::string verb = effect.substr(0, effect.find('-'));
  const std::string thing = effect.substr(effect.find('-') + 1);
  const bool vowel = std::string_view("aeiouAEIOU").find(thing.front()) != std::string_view::npos;
  const std::string article = verb == "triggers" ? "" : vowel ? "an " : "a ";
  const std::string says = fmt::format("A call {} {}{}.", verb, article, thing);
  if (!purpose.said) {
    draft.clauses.Add(
        {"effect", "effect", Binds::kNobody, "What a call does is known from its name alone.", ""},
        {PlaceOfTitle(draft.context.page)});
    return;
  }
  draft.clauses.Add({"effect", "effect", Binds::kService, says,
                     "No case yet asks another operation what became of it."},
                    {purpose.place});
}

struct Note {
  std::string text;
  std::string says;
  Place place;
};

/// What can be seen to be missing, whatever the page is about.
std::vector<Note> NotesOf(const ContractDraft& draft, bool clouds) {
  std::vector<Note> notes;
  const PurposeFact purpose = ReadPurpose(draft.context);
  if (!purpose.said) {
    notes.push_back({"What the operation is for stands nowhere.",
                     "The purpose is yet to be written down.", purpose.place});
  }
  if (draft.examples.request && draft.examples.request->Field("Authorization").empty() &&
      draft.contract.FindHeader("Authorization") != nullptr) {
    notes.push_back({"The example request shows no Authorization, which a call needs.",
                     "The example request leaves the token out.", draft.examples.request->place});
  }
  if (draft.contract.responses.size() == 1) {
    const std::vector<const Block*> blocks = BlocksOf(draft.context.page, Section::kResponse);
    notes.push_back({"No answer but success is described, neither refusals nor throttling.",
                     "The page describes the answer to a successful call and no other.",
                     blocks.empty() ? PlaceOfTitle(draft.context.page) : PlaceOf(*blocks.front())});
  }
  if (!clouds) {
    notes.push_back({"National clouds are not mentioned.",
                     "In which national clouds the operation exists is open.",
                     PlaceOfTitle(draft.context.page)});
  }
  return notes;
}

}  // namespace

void AddResponseFacts(ContractDraft& draft) {
  for (ResponseFact& fact : ReadResponses(draft.context, draft.request, draft.examples)) {
    const std::string status = fmt::format("{}", fact.rule.status);
    const Condition& when = fact.rule.when;
    if (when.kind == Condition::Kind::kWhile) {
      draft.contract.mock_lasts[when.state] = std::chrono::minutes(2);
    }
    draft.clauses.Add(
        {"response." + status, "responses." + status, Binds::kService, SaysOf(fact.rule),
         when.kind == Condition::Kind::kStated ? "No test brings its condition about." : ""},
        fact.places);
    if (fact.example_place) {
      draft.clauses.Add({"response." + status + ".example", "responses." + status, Binds::kNobody,
                         fact.rule.content.empty() ? "The example answer is shown without content."
                                                   : "The example answer is shown with content.",
                         ""},
                        {*fact.example_place});
    }
    draft.contract.responses.push_back(std::move(fact.rule));
  }
}

void AddSurroundings(ContractDraft& draft) {
  AddEffect(draft);
  if (const auto license = ReadLicense(draft.context)) {
    draft.contract.license = license->service;
    draft.clauses.Add({"license", "license", Binds::kTenant,
                       fmt::format("The tenant holds a licence of {}.", license->service), ""},
                      {license->place});
  }
  const bool beta = draft.contract.server.ends_with("/beta");
  const MaturityFact maturity = ReadMaturity(draft.context, beta, draft.server_place);
  draft.contract.maturity = maturity.maturity;
  for (const Place& place : maturity.places) {
    draft.clauses.Add(
        {"maturity", "maturity", Binds::kNobody,
         beta ? "The beta version may change." : "Nothing says that the version may change.", ""},
        {place});
  }
  for (const Place& place : maturity.production) {
    draft.clauses.Add({"maturity.production", "maturity", Binds::kNobody,
                       "Use in production has no support.", ""},
                      {place});
  }
  const auto clouds = ReadClouds(draft.context);
  if (clouds && !clouds->clouds.empty()) {
    draft.contract.clouds = clouds->clouds;
    draft.clauses.Add(
        {"clouds", "clouds", Binds::kNobody,
         clouds->clouds.size() == 4 ? "The operation exists in all national clouds."
                                    : "The operation exists in some of the national clouds.",
         ""},
        {clouds->place});
  }
  for (Note& note : NotesOf(draft, clouds.has_value())) {
    draft.contract.notes.push_back(note.text);
    const std::size_t number = draft.contract.notes.size();
    draft.clauses.Add({fmt::format("note.{}", number), fmt::format("notes.{}", number),
                       Binds::kNobody, note.says, ""},
                      {note.place});
  }
}

}  // namespace conform
