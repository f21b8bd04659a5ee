#include "notify/webhook.h"

#include <fmt/format.h>
#include <httplib.h>

#include <exception>

#include "base/http_text.h"

namespace conform {

Expected<void> PostWebhook(const ReceiverAddress& address, const std::string& body,
                           std::chrono::seconds patience) {
  try {
    httplib::Client client(address.origin);
    if (!client.is_valid()) return Fail(fmt::format("{}: no address", address.origin));
    client.set_connection_timeout(patience);
    client.set_read_timeout(patience);
    client.set_write_timeout(patience);
    const httplib::Result result =
        client.Post(address.target, {{"User-Agent", "conform"}}, body, "application/json");
    if (!result) {
      return Fail(fmt::format("{}: no answer: {}", address.origin,
                              DescribeHttpTrouble(httplib::to_string(result.error()))));
    }
    if (result->status < 200 || result->status > 299) {
      return Fail(fmt::format("{}: answered {}", address.origin, result->status));
    }
    return {};
  } catch (const std::exception&) {  // cpp-httplib's; what they say may quote the address
    return Fail(fmt::format("{}: cannot be posted to", address.origin));
  }
}

}  // namespace conform
