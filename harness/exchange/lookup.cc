#include "exchange/lookup.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <condition_variable>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

namespace conform {
namespace {

struct Found {
  int told = EAI_FAIL;
  std::vector<Address> addresses;
};

Found Resolve(const std::string& host, std::uint16_t port, int flags) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = flags | AI_NUMERICSERV;
  addrinfo* list = nullptr;
  Found found;
  found.told = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
  if (found.told != 0) return found;
  for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
    Address address;
    address.size = one->ai_addrlen;
    std::memcpy(&address.bytes, one->ai_addr, one->ai_addrlen);
    found.addresses.push_back(address);
  }
  freeaddrinfo(list);
  return found;
}

/// Shared with the thread that resolves, which may outlive the wait for it.
struct Job {
  std::mutex mutex;
  std::condition_variable done;
  std::optional<Found> found;
};

std::optional<Found> ResolveWithin(const std::string& host, std::uint16_t port, Instant until) {
  const auto job = std::make_shared<Job>();
  try {
    std::thread([job, host, port] {
      Found found = Resolve(host, port, 0);
      const std::lock_guard lock(job->mutex);
      job->found = std::move(found);
      job->done.notify_all();
    }).detach();
  } catch (const std::system_error&) {
    // No thread to be had: better a look-up without a bound than none.
    return Resolve(host, port, 0);
  }
  std::unique_lock lock(job->mutex);
  job->done.wait_until(lock, until, [&job] { return job->found.has_value(); });
  return job->found;
}

}  // namespace

tl::expected<std::vector<Address>, Trouble> LookUp(const std::string& host, std::uint16_t port,
                                                   Instant until) {
  if (Found numeric = Resolve(host, port, AI_NUMERICHOST); numeric.told == 0) {
    return std::move(numeric.addresses);
  }
  std::optional<Found> found = ResolveWithin(host, port, until);
  if (!found) {
    return tl::unexpected(Trouble{
        TroubleKind::kTimeout, fmt::format("looking up the host name '{}' took too long", host),
        "check the machine's name servers, or raise the profile's bound 'connect'"});
  }
  if (found->told != 0 || found->addresses.empty()) {
    return tl::unexpected(Trouble{
        TroubleKind::kLookup,
        fmt::format("the host name '{}' is not known ({})", host, gai_strerror(found->told)),
        "check the spelling of the host, and the network"});
  }
  return std::move(found->addresses);
}

std::string FormatAddress(const Address& address) {
  char host[NI_MAXHOST] = "";
  char service[NI_MAXSERV] = "";
  getnameinfo(reinterpret_cast<const sockaddr*>(&address.bytes), address.size, host, sizeof host,
              service, sizeof service, NI_NUMERICHOST | NI_NUMERICSERV);
  const bool v6 = address.bytes.ss_family == AF_INET6;
  return fmt::format("{}{}{}:{}", v6 ? "[" : "", host, v6 ? "]" : "", service);
}

}  // namespace conform
