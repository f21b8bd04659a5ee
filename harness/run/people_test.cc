#include "run/people.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "run/run_secrets.h"
#include "token/jwt.h"
#include "token/test_key.h"

namespace conform {
namespace {

struct PeopleRow {
  const char* name;
  const char* body;
  std::vector<const char*> masked;
  std::vector<const char*> shown;
};

void PrintTo(const PeopleRow& row, std::ostream* out) { *out << row.name; }

class LearnPeopleTest : public testing::TestWithParam<PeopleRow> {};

TEST_P(LearnPeopleTest, OfAnAnswer) {
  Attempt attempt;
  attempt.response = Response{};
  attempt.response->decoded_body = GetParam().body;
  Redactor redactor("key");
  LearnPeople(attempt, redactor);
  for (const std::string each : GetParam().masked) EXPECT_NE(redactor.Redact(each), each);
  for (const std::string each : GetParam().shown) EXPECT_EQ(redactor.Redact(each), each);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, LearnPeopleTest,
    testing::Values(
        PeopleRow{"Recipient",
                  R"({"value": [{"from": {"emailAddress": {"name": "Robert Jonesson",
                      "address": "robert.jonesson@contoso.test"}}}]})",
                  {"Robert Jonesson", "robert.jonesson@contoso.test"},
                  {"value", "contoso.test"}},
        PeopleRow{
            "AddressOfNoMailShape",
            R"({"emailAddresses": [{"name": "The Jonessons", "address": "/o=contoso/cn=rj"}]})",
            {"The Jonessons", "/o=contoso/cn=rj"},
            {}},
        PeopleRow{"Phones",
                  R"({"phoneNumber": "+4915112345678", "phones": [{"type": "business",
                      "number": "+49 30 1234"}], "homePhones": ["+49 40 5678"]})",
                  {"+4915112345678", "+49 30 1234", "+49 40 5678"},
                  {"business"}},
        PeopleRow{"Street",
                  R"({"streetAddress": "Hauptstrasse 17", "city": "Berlin",
                      "homeAddress": {"street": "Gasse 3"}})",
                  {"Hauptstrasse 17", "Gasse 3"},
                  {"Berlin"}},
        PeopleRow{"FewLetters",
                  R"({"displayName": "Anna", "street": "Weg", "faxNumber": "1234"})",
                  {},
                  {"Anna", "1234"}},
        PeopleRow{"ErrorText",
                  R"({"error": {"message": "User 'dora.person@contoso.test' does not exist"}})",
                  {"User 'dora.person@contoso.test' does not exist"},
                  {"does not exist"}},
        PeopleRow{"NoJson", "<to>dora@contoso.test</to>", {"dora@contoso.test"}, {"<to>"}},
        PeopleRow{"OtherNames",
                  R"({"name": "report.docx", "number": 4711, "address": "10 Downing"})",
                  {},
                  {"report.docx", "4711", "10 Downing"}}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(LearnPeople, OfARequest) {
  Attempt attempt;
  attempt.request.target = "/v1.0/users/dora%40contoso.test/messages";
  attempt.request.fields = {{"X-For", "<eve@contoso.test>"}};
  Redactor redactor("key");
  LearnPeople(attempt, redactor);
  EXPECT_EQ(redactor.Redact(attempt.request.target),
            "/v1.0/users/" + redactor.Mask("dora@contoso.test", "e-mail") + "/messages");
  EXPECT_EQ(redactor.Redact("eve@contoso.test"), redactor.Mask("eve@contoso.test", "e-mail"));
}

TEST(LearnClaims, OfWhoSignedIn) {
  const nlohmann::json claims = {{"verified_primary_email", {"ann@contoso.test"}},
                                 {"phone_number", "+4915112345678"},
                                 {"login_hint", "O.hint-of-ann"},
                                 {"sub", "bob@contoso.test"},
                                 {"tid", "6f1c0000-0000-4000-8000-000000000001"}};
  Redactor redactor("key");
  LearnClaims(SignJwt(nlohmann::json::object(), claims, TestKey()).value(), redactor);
  for (const std::string each :
       {"ann@contoso.test", "+4915112345678", "O.hint-of-ann", "bob@contoso.test"}) {
    EXPECT_NE(redactor.Redact(each), each);
  }
  EXPECT_EQ(redactor.Redact("6f1c0000-0000-4000-8000-000000000001"),
            "6f1c0000-0000-4000-8000-000000000001");
}

TEST(LearnAttempt, ASecretThatLooksLikeAMailAddressIsASecret) {
  Attempt attempt;
  attempt.response.emplace();
  attempt.response->decoded_body =
      R"({"password":"hunter22@corp.example","mail":"pat@corp.example"})";
  Redactor redactor("key");
  LearnAttempt(attempt, /*tenant=*/true, redactor);
  EXPECT_TRUE(redactor.Holds("hunter22@corp.example"));
  EXPECT_FALSE(redactor.Holds("pat@corp.example"));
}

}  // namespace
}  // namespace conform
