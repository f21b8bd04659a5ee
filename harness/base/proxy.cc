#include "base/proxy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/challenge.h"
#include "base/digest.h"
#include "base/http_text.h"
#include "base/line_end.h"
#include "base/no_proxy.h"

namespace conform {
namespace {

struct NamedAddress {
  std::string named_by;
  std::string text;  ///< as it was written; may hold a password.
};

std::string ValueOf(const VariableLookup& variables, std::string_view name) {
  return variables ? variables(name).value_or("") : "";
}

/// What is no escape stays as it stands, as curl leaves it.
std::string DecodePercent(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? HexValue(text[i + 1]) : -1;
    const int low = high < 0 ? -1 : HexValue(text[i + 2]);
    if (low < 0) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return decoded;
}

/// The sign-in that stands before the `@`, taken off the address (RFC 7617).
std::string TakeAuthorization(std::string& address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string::npos) return "";
  const std::string_view pair = std::string_view(address).substr(0, at);
  const std::size_t colon = std::min(pair.find(':'), pair.size());
  const std::string user = DecodePercent(pair.substr(0, colon));
  const std::string password = colon == pair.size() ? "" : DecodePercent(pair.substr(colon + 1));
  address.erase(0, at + 1);
  return "Basic " + Base64(user + ":" + password);
}

/// Takes `http://` off, if it is there. Nothing where that was done, else the error.
std::optional<Error> TakeScheme(NamedAddress& named) {
  constexpr std::string_view kSchemeCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const std::size_t end = named.text.find("://");
  if (end == std::string::npos) return std::nullopt;
  const std::string scheme = ToLower(named.text.substr(0, end));
  // What is no scheme may be a password, and is left for the address to be refused.
  if (scheme.find_first_not_of(kSchemeCharacters) != std::string::npos) return std::nullopt;
  named.text.erase(0, end + 3);
  if (scheme == "http") return std::nullopt;
  return Error{fmt::format(
      "{} asks for a {} proxy; proxies are reached by http:// alone: write http://host:port",
      named.named_by, scheme)};
}

Expected<Proxy> ReadProxy(NamedAddress named) {
  if (auto error = TakeScheme(named)) return tl::unexpected(*std::move(error));
  std::string& text = named.text;
  Proxy proxy;
  proxy.authorization = TakeAuthorization(text);
  if (text.ends_with('/')) text.pop_back();
  const std::size_t host_end = text.starts_with('[') ? text.find(']') : 0;
  // curl's choice where no port is written.
  const std::string_view port = text.find(':', host_end) == std::string::npos ? ":1080" : "";
  const Expected<Origin> address = ParseOrigin(fmt::format("http://{}{}", text, port));
  if (!address) {
    return Fail(
        fmt::format("{} holds no address of a proxy: write http://host:port", named.named_by));
  }
  proxy.address = *address;
  proxy.named_by = std::move(named.named_by);
  return proxy;
}

NamedAddress FromEnvironment(const Origin& origin, const VariableLookup& variables) {
  const bool secure = origin.scheme == "https";
  for (const std::string_view name : {secure ? "https_proxy" : "http_proxy",
                                      secure ? "HTTPS_PROXY" : "", "all_proxy", "ALL_PROXY"}) {
    if (std::string value = ValueOf(variables, name); !value.empty()) {
      return {std::string(name), std::move(value)};
    }
  }
  return {};
}

std::string NoProxyOf(const ProxySettings& settings, const VariableLookup& variables) {
  if (settings.address) {
    std::string list;
    for (const std::string& host : settings.no_proxy) list += host + ",";
    return list;
  }
  std::string list = ValueOf(variables, "no_proxy");
  return list.empty() ? ValueOf(variables, "NO_PROXY") : list;
}

/// host:port, the port always written.
std::string AuthorityOf(const Origin& origin) {
  const bool v6 = origin.host.find(':') != std::string::npos;
  return fmt::format("{}{}{}:{}", v6 ? "[" : "", origin.host, v6 ? "]" : "", origin.port);
}

struct KnownRefusal {
  int status;
  std::string_view text;  ///< `{0}` is the proxy, `{1}` the origin's authority.
  std::string_view advice;
};

constexpr std::string_view kCheckSignIn = "check the user name and password of the proxy";
constexpr std::string_view kCheckHost =
    "check the host and port of the target, and the proxy's log";

/// What a proxy may ask for in place of Basic (IANA's registry of authentication schemes, and
/// NTLM).
constexpr std::array<std::string_view, 6> kOtherSchemes = {"NTLM",   "Negotiate", "Kerberos",
                                                           "Digest", "Bearer",    "SCRAM-SHA-256"};

/// The ways to sign in that the answer offers, where Basic is none of them; empty: it is, or none
/// is told.
std::string NamesWithoutBasic(const Fields& answer) {
  std::string names;
  for (const std::string_view field : {"Proxy-Authenticate", "WWW-Authenticate"}) {
    for (const std::string& scheme : ChallengeSchemes(answer, field)) {
      if (SameFieldName(scheme, "Basic")) return "";
      const auto* const known =
          std::find_if(kOtherSchemes.begin(), kOtherSchemes.end(),
                       [&](std::string_view each) { return SameFieldName(scheme, each); });
      if (known == kOtherSchemes.end() || names.find(*known) != std::string::npos) continue;
      names += fmt::format("{}{}", names.empty() ? "" : ", ", *known);
    }
  }
  return names;
}

/// Who names a proxy that no variable does.
constexpr std::string_view kTheProfile = "the profile";

/// Squid refuses a wrong sign-in with 407, tinyproxy with 401.
constexpr std::array<KnownRefusal, 6> kWithSignIn = {{
    {401, "{0} did not accept the sign-in", kCheckSignIn},
    {407, "{0} did not accept the sign-in", kCheckSignIn},
    {403, "{0} does not allow connections to {1}", "ask who runs the proxy to allow it"},
    {502, "{0} could not reach {1}", kCheckHost},
    {503, "{0} could not reach {1}", kCheckHost},
    {504, "{0} could not reach {1} in time", kCheckHost},
}};

Expected<std::optional<Proxy>> Choose(const Origin& origin, const ProxySettings& settings,
                                      const VariableLookup& variables) {
  const std::optional<Proxy> none;
  NamedAddress named = settings.address ? NamedAddress{std::string(kTheProfile), *settings.address}
                                        : FromEnvironment(origin, variables);
  if (named.text.empty() || GoesDirect(origin, NoProxyOf(settings, variables))) return none;
  Expected<Proxy> proxy = ReadProxy(std::move(named));
  if (!proxy) return tl::unexpected(proxy.error());
  if (settings.address && !settings.credentials_variable.empty()) {
    const std::string value = ValueOf(variables, settings.credentials_variable);
    const std::string_view pair = WithoutLineEnd(value);
    if (pair.empty()) {
      return Fail(fmt::format("the profile's proxy is signed in to with {}, which is not set",
                              settings.credentials_variable));
    }
    proxy->authorization = "Basic " + Base64(pair);
  }
  return std::optional<Proxy>(*std::move(proxy));
}

}  // namespace

Expected<std::optional<Proxy>> ChooseProxy(const Origin& origin, const ProxySettings& settings,
                                           const VariableLookup& variables) {
  if (origin.scheme != "https") return std::optional<Proxy>();
  return Choose(origin, settings, variables);
}

Expected<std::optional<Proxy>> ChooseWebProxy(const Origin& origin,
                                              const VariableLookup& variables) {
  if (origin.scheme != "https" && IsLoopback(origin)) return std::optional<Proxy>();
  return Choose(origin, {}, variables);
}

std::string Describe(const Proxy& proxy) {
  return fmt::format("the proxy {} ({})", FormatOrigin(proxy.address), proxy.named_by);
}

std::string WriteConnect(const Proxy& proxy, const Origin& origin) {
  const std::string authority = AuthorityOf(origin);
  std::string request = fmt::format("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n", authority);
  if (!proxy.authorization.empty()) {
    request += fmt::format("Proxy-Authorization: {}\r\n", proxy.authorization);
  }
  return request + "\r\n";
}

ProxyRefusal DescribeRefusal(int status, const Fields& answer, const Proxy& proxy,
                             const Origin& origin) {
  const std::string whom = Describe(proxy);
  const bool asks = status == 401 || status == 407;
  if (const std::string names = asks ? NamesWithoutBasic(answer) : ""; !names.empty()) {
    return {fmt::format("{} asks for {} ({})", whom, names, status),
            "only Basic is spoken: name a proxy of this machine that signs in to it, or one that "
            "takes Basic"};
  }
  if (asks && proxy.authorization.empty()) {
    return {fmt::format("{} asks for a sign-in ({})", whom, status),
            proxy.named_by == kTheProfile
                ? "put user:password into a variable and name it as sign_in_variable of the proxy"
                : "put user:password@ before the proxy's host"};
  }
  const auto* const known =
      std::find_if(kWithSignIn.begin(), kWithSignIn.end(),
                   [status](const KnownRefusal& one) { return one.status == status; });
  if (known == kWithSignIn.end()) {
    return {fmt::format("{} answered {} to CONNECT", whom, status),
            "check that the address is that of a proxy, and its log"};
  }
  return {fmt::format(fmt::runtime(known->text), whom, AuthorityOf(origin)) +
              fmt::format(" ({})", status),
          std::string(known->advice)};
}

}  // namespace conform
