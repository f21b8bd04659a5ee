// Our cases against a mock that others wrote, Prism, serving our export: it answers as ours does,
// but for differences that are listed here one by one.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "testing/golden.h"
#include "testing/peers/described_api.h"
#include "testing/peers/peer_server.h"

namespace conform {
namespace {

using Json = nlohmann::json;

struct Difference {
  const char* test;
  const char* ours;
  const char* theirs;
  const char* reason;
};

struct ServedApi {
  const char* name;
  const char* document;
  std::vector<Difference> differences;
};

class Prism : public DescribedApi, public testing::WithParamInterface<ServedApi> {
 protected:
  /// Outcomes of the cases on Prism.
  std::map<std::string, std::string> OnPrism(const Json& document) {
    const std::uint16_t port = FreePort();
    const PeerServer prism(
        {NodeProgram(), (PeerFolder() / "@stoplight/prism-cli/dist/index.js").string(), "mock",
         "-h", "127.0.0.1", "-p", std::to_string(port), Write("export.json", document)},
        port);
    Conform({"run", "--base-url", fmt::format("http://127.0.0.1:{}", port), "--out", "theirs"});
    return OutcomesIn("theirs");
  }

  std::map<std::string, std::string> OnOurMock() {
    Conform({"run", "--out", "ours"});
    return OutcomesIn("ours");
  }
};

TEST_P(Prism, AnswersAsOurMockButForWhatIsListed) {
  Import(GetParam().document);
  const auto ours = OnOurMock();
  auto theirs = OnPrism(Exported());
  ASSERT_FALSE(ours.empty());
  ASSERT_EQ(theirs.size(), ours.size());
  for (const Difference& each : GetParam().differences) {
    EXPECT_EQ(ours.count(each.test), 1U) << each.test;
    EXPECT_EQ(theirs[each.test], each.theirs) << each.test << ": " << each.reason;
    EXPECT_NE(theirs[each.test], each.ours) << each.test << " differs no longer";
    theirs[each.test] = each.ours;
  }
  EXPECT_EQ(theirs, ours);
}

constexpr const char* kChallenge = "fail http.401.www_authenticate";
constexpr const char* kNoChallenge =
    "Prism answers 401 as the document does, without the challenge that RFC 9110 §15.5.2 demands";

const ServedApi kServed[] = {
    {"KeysAndPages",
     "parking.yaml",
     {{"city_parking_bookPlace/2026_01.without_x_parking_key", "pass", kChallenge, kNoChallenge},
      {"city_parking_getGarage/2026_01.without_key", "pass", kChallenge, kNoChallenge},
      {"city_parking_listGarages/2026_01.without_x_parking_key", "pass", kChallenge, kNoChallenge},
      {"city_parking_bookPlace/2026_01.without_visit", "pass", "fail book_place.parameter.visit",
       "Prism does not look for cookies that are parameters"}}},
    {"Multipart",
     "photos.yaml",
     {{"photo_archive_photos_add/2026_01.without_photo_session", "pass", kChallenge, kNoChallenge},
      {"photo_archive_photos_get/2026_01.without_photo_session", "pass", kChallenge, kNoChallenge},
      {"photo_archive_photos_remove/2026_01.without_photo_session", "pass", kChallenge,
       kNoChallenge}}},
    {"PatchWithEtags",
     "notes.json",
     {{"shared_notes_notes_change/2026_01.without_authorization", "pass", kChallenge, kNoChallenge},
      {"shared_notes_notes_read/2026_01.without_authorization", "pass", kChallenge, kNoChallenge},
      {"shared_notes_notes_change/2026_01.false_precondition", "pass",
       "fail notes_change.response.412", "Prism keeps nothing whose tag it could compare"}}},
};

INSTANTIATE_TEST_SUITE_P(Rows, Prism, testing::ValuesIn(kServed),
                         [](const auto& row) { return row.param.name; });

using PrismServesASpoiltExport = Prism;

TEST_F(PrismServesASpoiltExport, AndOurCasesFindIt) {
  Import("notes.json");
  Json document = Exported();
  Json& responses = document["paths"]["/v1/notes/{id}"]["get"]["responses"];
  responses["202"] = responses["200"];
  responses.erase("200");
  const auto theirs = OnPrism(document);
  EXPECT_EQ(theirs.at("shared_notes_notes_read/2026_01.documented_request"),
            "fail notes_read.response.200");
}

}  // namespace
}  // namespace conform
