#include "auth/token_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "auth/sign_in_error.h"
#include "base/ascii.h"
#include "base/json_member.h"
#include "base/line_end.h"

namespace conform {
namespace {

using std::chrono::seconds;

/// A number, or one written as a text, as managed identities do it. Nothing where it is neither, or
/// more than 190 years, with which a clock's time would overflow.
std::optional<seconds> SecondsOf(const nlohmann::json& body, const char* name) {
  constexpr double kMost = 6'000'000'000;
  const auto member = body.find(name);
  if (member == body.end()) return std::nullopt;
  double count = -1;
  if (member->is_number()) count = member->get<double>();
  if (member->is_string()) {
    const auto& text = member->get_ref<const std::string&>();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  }
  if (!(count >= 0 && count <= kMost)) return std::nullopt;
  return seconds(static_cast<std::int64_t>(count));
}

}  // namespace

void KeepSecret(const SignInTools& tools, std::string_view secret, std::string_view kind) {
  if (!secret.empty()) tools.redactor.AddSecret(secret, kind);
}

Expected<std::string> CheckToken(std::string text, std::string_view where) {
  text.resize(WithoutLineEnd(text).size());
  if (text.empty()) return Fail(fmt::format("{} holds nothing where a token should be", where));
  const auto is_odd = [](unsigned char c) {
    return c <= ' ' || c >= 0x7F || c == '"' || c == '\'';
  };
  if (std::any_of(text.begin(), text.end(), is_odd)) {
    return Fail(fmt::format(
        "{} holds white space, a quotation mark or what is no printable ASCII, which no "
        "token has: it is to hold the token alone, without 'Bearer' and without "
        "quotation marks",
        where));
  }
  return text;
}

Expected<Grant> ReadGrant(const SignInAnswer& answer, const SignInTools& tools) {
  const nlohmann::json& body = answer.body;
  Grant grant;
  IssuedToken& read = grant.access;
  if (body.is_object()) {
    read.token = TextMember(body, "access_token");
    grant.refresh_token = TextMember(body, "refresh_token");
    KeepSecret(tools, read.token, "token");
    KeepSecret(tools, grant.refresh_token, "refresh token");
    KeepSecret(tools, TextMember(body, "id_token"), "token");
  }
  if (answer.status != 200) return Fail("no token: " + DescribeRefusal(answer, tools.redactor));
  const std::string type = TextMember(body, "token_type");
  if (read.token.empty() || (!type.empty() && ToLower(type) != "bearer")) {
    return Fail(fmt::format(
        "no token: {} answered 200 {}", answer.from,
        read.token.empty() ? "without an access_token" : "with a token that is no bearer token"));
  }
  const Expected<std::string> checked =
      CheckToken(read.token, fmt::format("the answer of {}", answer.from));
  if (!checked) return tl::unexpected(checked.error());
  if (const auto at = SecondsOf(body, "expires_on")) {
    read.expires = std::chrono::system_clock::time_point(*at);
  }
  if (const auto life = SecondsOf(body, "expires_in")) {
    read.expires = tools.clock.Now() + *life;
  }
  return grant;
}

Expected<IssuedToken> ReadTokenAnswer(const SignInAnswer& answer, const SignInTools& tools) {
  auto grant = ReadGrant(answer, tools);
  if (!grant) return tl::unexpected(grant.error());
  return std::move(grant->access);
}

}  // namespace conform
