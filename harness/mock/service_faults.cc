#include "mock/fault_tables.h"

namespace conform {
namespace {

std::vector<Fault> TokenFaults() {
  return {
      {"authorization_ignored",
       "A request without a bearer token is served.",
       {"about:headers.Authorization"},
       Lapse::kAuthorizationIgnored},
      {"expiry_ignored",
       "An expired token is accepted.",
       {"about:headers.Authorization"},
       Lapse::kExpiryIgnored},
      {"audience_ignored",
       "A token for another service is accepted.",
       {"about:headers.Authorization"},
       Lapse::kAudienceIgnored},
      {"signature_ignored",
       "A token with a forged signature is accepted.",
       {"about:headers.Authorization"},
       Lapse::kSignatureIgnored},
      {"malformed_token_accepted",
       "Text that is no token is accepted as one.",
       {"about:headers.Authorization"},
       Lapse::kMalformedTokenAccepted},
  };
}

std::vector<Fault> PermissionFaults() {
  return {
      {"permission_ignored",
       "A token without the permission is served.",
       {"about:permissions.delegated_work", "about:permissions.application"},
       Lapse::kPermissionIgnored},
      {"personal_accepted",
       "A personal account is served where the contract supports none.",
       {"about:permissions.delegated_personal"},
       Lapse::kPersonalAccepted},
      {"application_accepted",
       "An application is served where the contract supports none.",
       {"about:permissions.application"},
       Lapse::kApplicationAccepted},
      {"application_refused",
       "An application is refused where the contract supports it.",
       {"about:permissions.application"},
       Lapse::kApplicationRefused},
      {"second_permission_refused",
       "Only the least privileged permission is accepted, none of the higher ones.",
       {"about:permissions.delegated_work", "about:permissions.application"},
       Lapse::kSecondPermissionRefused},
  };
}

std::vector<Fault> RequestFaults() {
  return {
      {"method_ignored",
       "Any method is served as the documented one.",
       {"about:method"},
       Lapse::kMethodIgnored},
      {"version_ignored",
       "Any API version is served as the documented one.",
       {"about:server"},
       Lapse::kVersionIgnored},
      {"path_ignored",
       "Any path of the API version is served as the documented one.",
       {"about:path"},
       Lapse::kPathIgnored},
  };
}

std::vector<Fault> RefusalFaults() {
  return {
      {"conflict_never_sent",
       "A call is served although a state forbids it.",
       {"about:responses.409"},
       Lapse::kWhileIgnored},
      {"throttle_never_sent",
       "A call is served although it comes too soon after the last.",
       {"about:responses.429"},
       Lapse::kWithinIgnored},
      {"throttle_too_long",
       "After one success every further call comes too soon, however late.",
       {"about:responses.success"},
       Lapse::kWithinNeverEnds},
      {"refusals_are_400",
       "Every refusal has status 400.",
       {"graph.refusal.no_token", "graph.refusal.bad_token", "graph.refusal.no_permission",
        "graph.refusal.unsupported_account", "graph.refusal.method", "graph.refusal.path",
        "graph.refusal.precondition"},
       Lapse::kRefusalsAre400},
      {"server_error",
       "A proper request is answered 500.",
       {"about:responses.success"},
       Lapse::kServerError},
  };
}

std::vector<Fault> EffectFaults() {
  return {
      {"created_not_kept",
       "What a create answers is not kept.",
       {"about:deviceManagement.deviceCategories.create:effect",
        "about:deviceManagement.deviceCategories.get:responses.success",
        "about:deviceManagement.deviceCategories.list:responses.success",
        "about:deviceManagement.deviceCategories.update:responses.success",
        "about:deviceManagement.deviceCategories.delete:responses.success"},
       Lapse::kCreatedNotKept},
      {"update_not_kept",
       "What an update answers is not kept.",
       {"about:deviceManagement.deviceCategories.update:effect"},
       Lapse::kUpdateNotKept},
      {"delete_keeps",
       "What was deleted is still there.",
       {"about:deviceManagement.deviceCategories.delete:effect"},
       Lapse::kDeleteKeeps},
      {"etag_ignored",
       "A change is made whatever tag If-Match names.",
       {"graph.refusal.precondition"},
       Lapse::kEtagIgnored},
      {"sync_never_starts",
       "The settings never show that a sync was started.",
       {"about:deviceManagement.windowsAutopilotSettings.sync:effect"},
       Lapse::kStateNeverBegins},
      {"sync_status_stuck",
       "The settings show a sync in progress for ever.",
       {"about:deviceManagement.windowsAutopilotSettings.sync:effect"},
       Lapse::kStateNeverEnds},
  };
}

}  // namespace

std::vector<Fault> ServiceFaults() {
  return Joined(
      {TokenFaults(), PermissionFaults(), RequestFaults(), RefusalFaults(), EffectFaults()});
}

}  // namespace conform
