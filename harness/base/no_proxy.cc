#include "base/no_proxy.h"

#include <arpa/inet.h>

#include <array>
#include <charconv>
#include <optional>
#include <string>

#include "base/ascii.h"

namespace conform {
namespace {

/// An IP address; the bytes of IPv4 are the first four.
struct IpAddress {
  std::array<unsigned char, 16> bytes{};
  std::size_t size = 0;
};

std::optional<IpAddress> ReadAddress(std::string_view text) {
  if (text.size() > 1 && text.front() == '[' && text.back() == ']') {
    text = text.substr(1, text.size() - 2);
  }
  const std::string address(text);
  IpAddress read;
  if (inet_pton(AF_INET, address.c_str(), read.bytes.data()) == 1) {
    read.size = 4;
  } else if (inet_pton(AF_INET6, address.c_str(), read.bytes.data()) == 1) {
    read.size = 16;
  } else {
    return std::nullopt;
  }
  return read;
}

std::optional<unsigned> ReadNumber(std::string_view text, unsigned most) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number > most) {
    return std::nullopt;
  }
  return number;
}

bool SameBits(const IpAddress& one, const IpAddress& other, std::size_t bits) {
  if (one.size != other.size || bits > one.size * 8) return false;
  for (std::size_t bit = 0; bit < bits; ++bit) {
    const unsigned mask = 0x80U >> (bit % 8);
    if (((one.bytes[bit / 8] ^ other.bytes[bit / 8]) & mask) != 0) return false;
  }
  return true;
}

/// Takes `:port` off the entry. False: it is for another port.
bool TakePort(std::string_view& entry, std::uint16_t port) {
  const std::size_t colon = entry.rfind(':');
  if (colon == std::string_view::npos) return true;
  const bool is_v6 = entry.find(':') != colon && entry[colon - 1] != ']';
  if (is_v6 || entry.ends_with(']')) return true;
  if (ReadNumber(entry.substr(colon + 1), 65'535) != port) return false;
  entry = entry.substr(0, colon);
  return true;
}

bool Matches(const Origin& origin, std::string_view entry) {
  if (entry == "*") return true;
  const std::optional<IpAddress> address = ReadAddress(origin.host);
  if (const std::size_t slash = entry.find('/'); slash != std::string_view::npos) {
    const auto block = ReadAddress(entry.substr(0, slash));
    const auto bits = ReadNumber(entry.substr(slash + 1), 128);
    return address && block && bits && SameBits(*address, *block, *bits);
  }
  if (!TakePort(entry, origin.port)) return false;
  if (address) {
    const auto other = ReadAddress(entry);
    return other && SameBits(*address, *other, address->size * 8);
  }
  if (entry.starts_with('.')) entry.remove_prefix(1);
  const std::string domain = ToLower(WithoutLastDot(entry));
  const std::string_view host = WithoutLastDot(origin.host);
  if (domain.empty() || !host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

}  // namespace

bool GoesDirect(const Origin& origin, std::string_view list) {
  constexpr std::string_view kBetween = ", \t";
  while (!list.empty()) {
    const std::size_t end = std::min(list.find_first_of(kBetween), list.size());
    const std::string_view entry = list.substr(0, end);
    if (!entry.empty() && Matches(origin, entry)) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

}  // namespace conform
