// What the mock of Entra tells about itself, and the page where a person enters a device code.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "mock/entra_request.h"

namespace conform {

/// OpenID Connect Discovery 1.0 §3, of the tenant asked.
nlohmann::ordered_json RenderConfiguration(const EntraRequest& request);
/// RFC 7517 §5: the test key's public half.
nlohmann::ordered_json RenderKeySet();
/// What clients ask before they trust an authority's host: this host stands for itself.
nlohmann::ordered_json RenderInstance(const EntraRequest& request);

/// A form that is posted to the page itself: `user_code`, `as` (a user name of kEntraPeople), `do`
/// (`approve` or `decline`). What is no user code is left out.
std::string RenderDevicePage(std::string_view user_code);
std::string RenderDeviceOutcome(bool decided, bool approved);

}  // namespace conform
