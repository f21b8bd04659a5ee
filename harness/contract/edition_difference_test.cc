#include "contract/edition_difference.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

namespace conform {
namespace {

Clause MakeClause(const std::string& id, const std::string& about, Binds binds) {
  Clause clause;
  clause.id = id;
  clause.about = about;
  clause.binds = binds;
  clause.strength = binds == Binds::kNobody ? Strength::kObserve : Strength::kMust;
  clause.says = id + " holds.";
  clause.source.heading = "Request";
  clause.source.lines = {7};
  clause.source.fingerprint = "0123456789abcdef";
  return clause;
}

Contract MakeEdition() {
  Contract contract;
  contract.operation = "loans.renew";
  contract.edition = "2019-01";
  contract.page.title = "Renew a loan";
  contract.page.sha256 = std::string(64, 'a');
  contract.maturity = "preview";
  contract.license = "Reader";
  contract.clouds = {"global"};
  contract.notes = {"What the renewal is for stands nowhere on the page."};
  contract.server = "https://api.example.test/v1";
  contract.method = "POST";
  contract.paths = {"/loans/{id}/renew"};
  contract.parameters = {{"id", Parameter::In::kPath, true, nullptr},
                         {"days", Parameter::In::kQuery, false, {{"type", "integer"}}}};
  contract.headers = {{"Authorization", true, "Bearer", ""}, {"Accept", false, "", "text/plain"}};
  contract.permissions[IdentityKind::kDelegatedWork] = {true, {"Loans.Write"}};
  contract.permissions[IdentityKind::kApplication] = {false, {}};
  contract.effect = "renews";
  ResponseRule busy;
  busy.status = 429;
  busy.when = {Condition::Kind::kWithin, "", std::chrono::minutes(10)};
  ResponseRule done;
  done.status = 200;
  done.content = {{"application/json", {{"type", "object"}}, nullptr}};
  contract.responses = {busy, done};
  contract.clauses = {MakeClause("renew.method", "method", Binds::kService),
                      MakeClause("renew.effect", "effect", Binds::kNobody),
                      MakeClause("renew.note.1", "notes.1", Binds::kNobody)};
  return contract;
}

std::string Told(const std::vector<EditionChange>& changes) {
  std::string text;
  for (const EditionChange& each : changes) {
    text += fmt::format("{} {}: {} [{}] [{}]\n", NameOf(each.kind), each.about, each.says,
                        each.before, each.now);
  }
  return text;
}

struct EditionRow {
  const char* name;
  std::function<void(Contract& now)> change;
  const char* told;
};

class CompareEditionsTest : public testing::TestWithParam<EditionRow> {};

TEST_P(CompareEditionsTest, TellsTheChange) {
  const Contract before = MakeEdition();
  Contract now = MakeEdition();
  GetParam().change(now);
  EXPECT_EQ(Told(CompareEditions(before, now)), GetParam().told);
}

const EditionRow kRows[] = {
    {"NothingOfTheSamePage", [](Contract& now) { now.edition = "2024-08"; }, ""},
    {"OtherBytes", [](Contract& now) { now.page.sha256 = "b"; },
     "unclassified source.sha256: the page's bytes differ, and no fact or clause taken from them "
     "does [aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa] [b]\n"},
    {"OtherOperation", [](Contract& now) { now.operation = "loans.extend"; },
     "unclassified operation: these are editions of two operations [loans.renew] "
     "[loans.extend]\n"},
    {"Ready", [](Contract& now) { now.maturity = "general availability"; },
     "widening maturity: the operation is general availability now [preview] [general "
     "availability]\n"},
    {"NoLicence", [](Contract& now) { now.license.clear(); },
     "widening license: no licence is asked for any longer [Reader] []\n"},
    {"CloudsMove", [](Contract& now) { now.clouds = {"china"}; },
     "breaking clouds: no longer available in global [global] [china]\n"
     "widening clouds: also available in china [global] [china]\n"},
    {"Method", [](Contract& now) { now.method = "PUT"; },
     "breaking method: the operation is called with PUT [POST] [PUT]\n"},
    {"PathBesides", [](Contract& now) { now.paths.push_back("/renewals/{id}"); },
     "widening path: the operation has another path besides [/loans/{id}/renew] "
     "[/loans/{id}/renew, /renewals/{id}]\n"},
    {"PathsNameAlone",
     [](Contract& now) {
       now.paths = {"/loans/{loan-id}/renew"};
       now.parameters[0].name = "loan-id";
     },
     "editorial path: the paths are written otherwise [/loans/{id}/renew] "
     "[/loans/{loan-id}/renew]\n"
     "editorial parameters.id: is documented no longer [required] []\n"
     "editorial parameters.loan-id: is new [] [required]\n"},
    {"ParameterRequired", [](Contract& now) { now.parameters[1].required = true; },
     "breaking parameters.days: is required now [may be left out] [required]\n"},
    {"ParameterGone", [](Contract& now) { now.parameters.pop_back(); },
     "breaking parameters.days: is documented no longer [may be left out] []\n"},
    {"ParameterIsAKey", [](Contract& now) { now.parameters[1].key = true; },
     "breaking parameters.days: is a key now, which is handed out to callers [] []\n"},
    {"MediaTypeInOtherCase",
     [](Contract& now) { now.responses[1].content[0].media_type = "Application/JSON"; }, ""},
    {"ParameterType", [](Contract& now) { now.parameters[1].schema["type"] = "number"; },
     "widening parameters.days: its value: `type` allows more [\"integer\"] [\"number\"]\n"},
    {"HeaderValue", [](Contract& now) { now.headers[1].value = "text/html"; },
     "breaking headers.Accept: another value is asked for [text/plain] [text/html]\n"},
    {"HeaderNew",
     [](Contract& now) {
       now.headers.push_back({"If-Match", true, "", ""});
     },
     "breaking headers.If-Match: is new [] [required]\n"},
    {"BodyMaySent",
     [](Contract& now) {
       now.request_body = {false, false, {}};
     },
     "widening requestBody: a body may be sent now [none] [may be left out]\n"},
    {"Supported",
     [](Contract& now) {
       now.permissions[IdentityKind::kApplication] = {true, {"Loans.All"}};
     },
     "widening permissions.application: applications on their own may call now [unsupported] "
     "[Loans.All]\n"},
    {"PermissionReplaced",
     [](Contract& now) {
       now.permissions[IdentityKind::kDelegatedWork].permissions = {"Loans.All"};
     },
     "breaking permissions.delegated_work: for work or school accounts Loans.Write suffices no "
     "longer [Loans.Write] [Loans.All]\n"
     "widening permissions.delegated_work: for work or school accounts Loans.All suffices too "
     "[Loans.Write] [Loans.All]\n"},
    {"PermissionNoLongerAlone",
     [](Contract& now) {
       now.permissions[IdentityKind::kDelegatedWork].permissions = {"Shelves.Read Loans.Write"};
     },
     "breaking permissions.delegated_work: for work or school accounts Loans.Write suffices no "
     "longer [Loans.Write] [Shelves.Read and Loans.Write]\n"},
    {"AnotherTogetherBesideTheOne",
     [](Contract& now) {
       now.permissions[IdentityKind::kDelegatedWork].permissions = {"Loans.Write",
                                                                    "Shelves.Read Loans.Read"};
     },
     "widening permissions.delegated_work: for work or school accounts Shelves.Read and Loans.Read "
     "suffices too [Loans.Write] [Loans.Write, Shelves.Read and Loans.Read]\n"},
    {"Effect", [](Contract& now) { now.effect = "extends"; },
     "unclassified effect: a call has another effect [renews] [extends]\n"},
    {"ShorterWindow", [](Contract& now) { now.responses[0].when.window = std::chrono::minutes(5); },
     "widening responses.429: 429 has another condition [within 10m of a success] [within 5m of a "
     "success]\n"},
    {"AnswerGone", [](Contract& now) { now.responses.erase(now.responses.begin()); },
     "widening responses.429: 429 is documented no longer [within 10m of a success] []\n"},
    {"AnswerNew",
     [](Contract& now) {
       ResponseRule rule;
       rule.status = 404;
       rule.when = {Condition::Kind::kStated, "there is none", {}};
       now.responses.insert(now.responses.begin(), rule);
     },
     "answer to handle responses.404: a call may be answered 404 [] [if there is none]\n"},
    {"SuccessStatus", [](Contract& now) { now.responses[1].status = 202; },
     "breaking responses.202: a successful call is answered 202 now [200] [202]\n"},
    {"AnswersMember",
     [](Contract& now) {
       now.responses[1].content[0].schema["properties"] = {{"id", true}};
     },
     "widening responses.200: application/json /id is new [] [true]\n"},
    {"ClauseReworded",
     [](Contract& now) { now.clauses[0].source.fingerprint = "fedcba9876543210"; },
     "editorial method: the page says renew.method in other words [renew.method holds.] "
     "[renew.method holds.]\n"},
    {"ClauseNowBinds",
     [](Contract& now) {
       now.clauses[1].binds = Binds::kService;
       now.clauses[1].strength = Strength::kMust;
     },
     "widening effect: renew.effect was observe, binding nobody, and is must, binding the service, "
     "now [renew.effect holds.] [renew.effect holds.]\n"},
    {"EffectInOtherWords",
     [](Contract& now) {
       now.clauses[1].binds = Binds::kNobody;
       now.clauses.push_back(MakeClause("renew.effect.more", "effect", Binds::kService));
     },
     "widening effect: renew.effect.more is new [] [renew.effect.more holds.]\n"},
    {"ClauseMoved", [](Contract& now) { now.clauses[0].source.lines = {8}; },
     "editorial clauses: 1 clause says the same and stands elsewhere on the page [] "
     "[renew.method]\n"},
    {"NoteReworded",
     [](Contract& now) { now.notes = {"What a renewal is for stands nowhere on this page."}; },
     "editorial notes.1: a note is reworded [What the renewal is for stands nowhere on the page.] "
     "[What a renewal is for stands nowhere on this page.]\n"},
    {"NoteGone",
     [](Contract& now) {
       now.notes.clear();
       now.clauses.pop_back();
     },
     "editorial notes.1: a note is gone [What the renewal is for stands nowhere on the page.] "
     "[]\n"},
    {"MockAlone", [](Contract& now) { now.mock_lasts["busy"] = std::chrono::minutes(1); }, ""},
};

INSTANTIATE_TEST_SUITE_P(Rows, CompareEditionsTest, testing::ValuesIn(kRows),
                         [](const auto& row) { return row.param.name; });

TEST(CompareEditions, AWordingNoRuleKnowsIsUnclassified) {
  Contract before = MakeEdition();
  before.clauses[1] = MakeClause("renew.effect", "effect", Binds::kService);
  Contract now = before;
  now.clauses[1].source.fingerprint = "fedcba9876543210";
  now.clauses[1].says = "The loan is made longer.";
  EXPECT_EQ(Told(CompareEditions(before, now)),
            "unclassified effect: the page says renew.effect in other words [renew.effect holds.] "
            "[The loan is made longer.]\n");
}

TEST(CompareEditions, ADescriptionOfAnotherNameIsTheSame) {
  Contract before = MakeEdition();
  before.clauses[0].source = {"", {}, {}, "0123456789abcdef", "api-v1.json", "", "1", "/paths/~1a"};
  Contract now = before;
  now.clauses[0].source.document = "api-v2.json";
  EXPECT_EQ(Told(CompareEditions(before, now)), "");
  now.clauses[0].source.pointer = "/paths/~1b";
  EXPECT_EQ(Told(CompareEditions(before, now)),
            "editorial clauses: 1 clause says the same and stands elsewhere on the page [] "
            "[renew.method]\n");
}

TEST(CompareEditions, CitesTheClausesOfBothSides) {
  Contract now = MakeEdition();
  now.edition = "2024-08";
  now.method = "PUT";
  const auto changes = CompareEditions(MakeEdition(), now);
  ASSERT_EQ(changes.size(), 1U);
  ASSERT_EQ(changes[0].before_clauses.size(), 1U);
  EXPECT_EQ(changes[0].before_clauses[0].source, "edition 2019-01, Request, line 7");
  ASSERT_EQ(changes[0].now_clauses.size(), 1U);
  EXPECT_EQ(changes[0].now_clauses[0].source, "edition 2024-08, Request, line 7");
}

}  // namespace
}  // namespace conform
