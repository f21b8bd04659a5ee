#include <nlohmann/json.hpp>

#include "base/json_member.h"
#include "base/json_text.h"
#include "mock/collections.h"
#include "mock/fault_tables.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kNextLink = "@odata.nextLink";

// Changes the JSON of a success; false from `change` leaves the answer as it is.
void SpoilContent(Answer& answer, bool (*change)(Json& body)) {
  if (answer.status < 200 || answer.status > 299 || answer.body.empty()) return;
  Json body = Json::parse(answer.body, nullptr, /*allow_exceptions=*/false);
  if (body.is_object() && change(body)) answer.body = WriteJsonText(body);
}

// Changes every item of a list, or the one item that the content is.
bool ChangeItems(Json& body, bool (*change)(Json& item)) {
  const auto items = body.find("value");
  if (items == body.end() || !items->is_array()) return change(body);
  bool changed = false;
  for (Json& item : *items) changed = (item.is_object() && change(item)) || changed;
  return changed;
}

std::vector<Fault> PageFaults() {
  return {
      {"next_link_missing",
       "A page that is not the last has no link to the next.",
       {"about:deviceManagement.deviceCategories.list:responses.success"},
       +[](Answer& answer, const MockRequest&) {
         SpoilContent(
             answer, +[](Json& body) { return body.erase(kNextLink) > 0; });
       }},
      {"next_link_elsewhere",
       "The link to the next page leads to another server.",
       {"about:deviceManagement.deviceCategories.list:responses.success"},
       +[](Answer& answer, const MockRequest&) {
         SpoilContent(
             answer, +[](Json& body) {
               if (!body.contains(kNextLink)) return false;
               body[kNextLink] = "https://elsewhere.example/next";
               return true;
             });
       }},
  };
}

std::vector<Fault> MemberFaults() {
  return {
      {"wrong_member_type",
       "The description of a category is a number.",
       {"about:deviceManagement.deviceCategories.list:responses.success",
        "about:deviceManagement.deviceCategories.create:responses.success",
        "about:deviceManagement.deviceCategories.get:responses.success",
        "about:deviceManagement.deviceCategories.update:responses.success"},
       +[](Answer& answer, const MockRequest&) {
         SpoilContent(
             answer, +[](Json& body) {
               return ChangeItems(
                   body, +[](Json& item) {
                     if (!item.contains("description")) return false;
                     item["description"] = 7;
                     return true;
                   });
             });
       }},
      {"member_missing",
       "The settings and the categories lack a documented member.",
       {"about:deviceManagement.deviceCategories.list:responses.success",
        "about:deviceManagement.deviceCategories.create:responses.success",
        "about:deviceManagement.deviceCategories.get:responses.success",
        "about:deviceManagement.deviceCategories.update:responses.success",
        "about:deviceManagement.windowsAutopilotSettings.get:responses.success"},
       +[](Answer& answer, const MockRequest&) {
         SpoilContent(
             answer, +[](Json& body) {
               return ChangeItems(
                   body, +[](Json& item) {
                     return item.erase("roleScopeTagIds") + item.erase("lastSyncDateTime") > 0;
                   });
             });
       }},
      {"unknown_sync_status",
       "syncStatus has a value that is not documented.",
       {"about:deviceManagement.windowsAutopilotSettings.get:responses.success"},
       +[](Answer& answer, const MockRequest&) {
         SpoilContent(
             answer, +[](Json& body) {
               if (TextMember(body, "syncStatus") != "unknown") return false;
               body["syncStatus"] = "maybe";
               return true;
             });
       }},
  };
}

}  // namespace

std::vector<Fault> ResourceFaults() {
  const std::vector<Fault> created = {
      {"no_location",
       "A 201 has no Location.",
       {"odata.created.location"},
       +[](Answer& answer, const MockRequest&) { RemoveField(answer.fields, "Location"); }},
  };
  return Joined({PageFaults(), MemberFaults(), created});
}

}  // namespace conform
