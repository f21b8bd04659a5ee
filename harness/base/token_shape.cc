#include "base/token_shape.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/ascii.h"

namespace conform {
namespace {

constexpr std::string_view kJwtStart = "eyJ";
constexpr std::size_t kMinJwtHeader = 8;
constexpr std::string_view kBearer = "bearer";
constexpr std::string_view kAuthorityStart = "://";
constexpr std::size_t kLongestAuthority = 512;

/// Words that follow "Bearer" in sentences about it.
constexpr std::array<std::string_view, 44> kSentenceWords = {"token",
                                                             "tokens",
                                                             "authentication",
                                                             "authorization",
                                                             "auth",
                                                             "scheme",
                                                             "schemes",
                                                             "header",
                                                             "realm",
                                                             "credential",
                                                             "credentials",
                                                             "challenge",
                                                             "is",
                                                             "are",
                                                             "and",
                                                             "or",
                                                             "in",
                                                             "with",
                                                             "for",
                                                             "as",
                                                             "to",
                                                             "was",
                                                             "alone",
                                                             "by",
                                                             "but",
                                                             "can",
                                                             "cannot",
                                                             "from",
                                                             "has",
                                                             "if",
                                                             "it",
                                                             "may",
                                                             "must",
                                                             "no",
                                                             "not",
                                                             "of",
                                                             "on",
                                                             "only",
                                                             "that",
                                                             "this",
                                                             "when",
                                                             "which",
                                                             "without",
                                                             "word"};

constexpr auto kIsBase64Url = [](char c) {
  static constexpr auto kIn = AlphanumericAnd("-_");
  return kIn[static_cast<unsigned char>(c)];
};

/// `token68` of RFC 9110 §11.2 without its padding.
constexpr auto kIsToken68 = [](char c) {
  static constexpr auto kIn = AlphanumericAnd("-._~+/");
  return kIn[static_cast<unsigned char>(c)];
};

/// A token has hundreds of bytes: four are looked at together.
template <typename Predicate>
std::size_t SkipWhile(std::string_view text, std::size_t at, Predicate predicate) {
  const auto fits = [&](std::size_t place) { return unsigned{predicate(text[place])}; };
  // Without a branch for each.
  while (at + 4 <= text.size() && (fits(at) & fits(at + 1) & fits(at + 2) & fits(at + 3)) != 0) {
    at += 4;
  }
  while (at < text.size() && predicate(text[at])) ++at;
  return at;
}

/// The end of the token whose header ends at `header_end`; 0 where it has fewer than three parts.
std::size_t FindJwtEnd(std::string_view text, std::size_t header_end) {
  std::size_t end = header_end;
  std::size_t parts = 1;
  while (parts < 5 && end < text.size() && text[end] == '.') {  // RFC 7516 has five
    end = SkipWhile(text, end + 1, kIsBase64Url);
    ++parts;
  }
  return parts >= 3 ? end : 0;
}

void FindJwts(std::string_view text, std::vector<TokenShape>& shapes) {
  std::size_t at = 0;
  // The J is the rarest of the three letters in ordinary text.
  for (std::size_t j = text.find('J'); j != std::string_view::npos; j = text.find('J', at)) {
    at = j + 1;
    if (j < 2 || text.substr(j - 2, kJwtStart.size()) != kJwtStart) continue;
    const std::size_t begin = j - 2;
    const std::size_t header_end = SkipWhile(text, begin, kIsBase64Url);
    at = header_end;  // another start within this run would end the same way
    if (header_end - begin < kMinJwtHeader) continue;
    const std::size_t end = FindJwtEnd(text, header_end);
    if (end == 0) continue;
    shapes.push_back({begin, end - begin});
    at = end;
  }
}

/// Where the credentials begin behind the scheme's name; `at` where nothing parts the two.
std::size_t SkipSeparator(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with('+')) return at + 1;
  if (text.substr(at).starts_with("%20")) return at + 3;
  return SkipWhile(text, at, [](char c) { return c == ' ' || c == '\t'; });
}

/// True for a challenge's `realm=` and for words of sentences.
bool IsOrdinary(std::string_view credentials, std::string_view after) {
  const bool is_word = std::any_of(
      kSentenceWords.begin(), kSentenceWords.end(), [credentials](std::string_view word) {
        return word.size() == credentials.size() && StartsWithIgnoringCase(credentials, word);
      });
  if (is_word) return true;
  const bool is_name = std::all_of(credentials.begin(), credentials.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  if (!is_name || after.size() < 2 || after[0] != '=') return false;
  // Padding is followed by nothing of a value; a quote behind it ends a string.
  if (after[1] != '"') return IsAlphanumeric(after[1]);
  return after.size() > 2 &&
         std::string_view(",}]: \r\n\t").find(after[2]) == std::string_view::npos;
}

/// Where the JSON Web Token ends that begins at `at`, of those found first; `at` where none does.
std::size_t SkipJwt(std::size_t at, std::span<const TokenShape> jwts) {
  const auto found =
      std::lower_bound(jwts.begin(), jwts.end(), at,
                       [](const TokenShape& jwt, std::size_t place) { return jwt.begin < place; });
  return found != jwts.end() && found->begin == at ? at + found->length : at;
}

/// Adds the credentials behind the word that begins at `at`; where to go on. The first `jwts` of
/// `shapes` are in order.
std::size_t TakeBearer(std::string_view text, std::size_t at, std::size_t jwts,
                       std::vector<TokenShape>& shapes) {
  const std::size_t scheme_end = at + kBearer.size();
  if (at > 0 && IsAlphanumeric(text[at - 1])) return scheme_end;
  const std::size_t begin = SkipSeparator(text, scheme_end);
  if (begin == scheme_end) return scheme_end;
  std::size_t end = SkipWhile(text, SkipJwt(begin, {shapes.data(), jwts}), kIsToken68);
  const std::string_view after = text.substr(end);
  while (end > begin && text[end - 1] == '.') --end;  // ends a sentence
  if (end == begin) return scheme_end;
  if (IsOrdinary(text.substr(begin, end - begin), after)) return scheme_end;
  if (text[end - 1] != '.' && after.starts_with('=')) {
    end = SkipWhile(text, end, [](char c) { return c == '='; });
  }
  shapes.push_back({begin, end - begin});
  return end;
}

void FindBearers(std::string_view text, std::vector<TokenShape>& shapes) {
  const std::size_t jwts = shapes.size();
  std::size_t lower = text.find('b');
  std::size_t upper = text.find('B');
  for (std::size_t at = std::min(lower, upper); at < text.size(); at = std::min(lower, upper)) {
    // Most of what begins so ends here already.
    const bool may_be = at + 1 < text.size() && ToLower(text[at + 1]) == kBearer[1];
    const bool is_bearer = may_be && StartsWithIgnoringCase(text.substr(at), kBearer);
    const std::size_t next = is_bearer ? TakeBearer(text, at, jwts, shapes) : at + 1;
    if (lower < next) lower = text.find('b', next);
    if (upper < next) upper = text.find('B', next);
  }
}

/// The authority that begins at `begin`, as far as it may hold a sign-in.
std::string_view AuthorityAt(std::string_view text, std::size_t begin) {
  constexpr std::string_view kNoneOfIt = "/?#\\\"'`<>{}|^ \t\r\n";
  const std::string_view rest = text.substr(begin, kLongestAuthority);
  return rest.substr(0, rest.find_first_of(kNoneOfIt));
}

/// Where at the end of `text` an authority may have begun; its size where none may.
std::size_t FindAuthorityStart(std::string_view text) {
  const std::size_t from = text.size() - std::min(text.size(), kLongestAuthority);
  const std::size_t start = text.substr(from).rfind(kAuthorityStart);
  if (start != std::string_view::npos) {
    const std::size_t begin = from + start + kAuthorityStart.size();
    if (begin + AuthorityAt(text, begin).size() == text.size()) return from + start;
  }
  for (std::size_t begun = kAuthorityStart.size(); begun > 0; --begun) {
    if (text.ends_with(kAuthorityStart.substr(0, begun))) return text.size() - begun;
  }
  return text.size();
}

/// Where at the end of `text` a JSON Web Token may have begun, or what follows Bearer.
std::size_t FindJwtOrBearerStart(std::string_view text) {
  std::size_t run = text.size();
  while (run > 0 && (kIsToken68(text[run - 1]) || text[run - 1] == '=')) --run;
  // `Bear`, or the word with nothing behind it yet.
  const std::string_view word = text.substr(run);
  if (!word.empty() && word.size() <= kBearer.size() &&
      StartsWithIgnoringCase(word, kBearer.substr(0, word.size()))) {
    return run;
  }
  std::size_t before = run;
  while (before > 0 && (text[before - 1] == ' ' || text[before - 1] == '\t')) --before;
  const bool parted = before < run;
  if (parted && before >= kBearer.size() &&
      StartsWithIgnoringCase(text.substr(before - kBearer.size()), kBearer)) {
    return before - kBearer.size();
  }
  for (std::size_t i = 0; i < word.size(); ++i) {
    // Also where only the first letters of `eyJ` are there.
    const std::string_view rest = word.substr(i);
    if (kJwtStart.starts_with(rest.substr(0, kJwtStart.size()))) return run + i;
  }
  return text.size();
}

}  // namespace

std::vector<TokenShape> FindSignIns(std::string_view text) {
  std::vector<TokenShape> shapes;
  // Most texts have none.
  if (text.find('@') == std::string_view::npos) return shapes;
  for (std::size_t at = text.find(kAuthorityStart); at != std::string_view::npos;
       at = text.find(kAuthorityStart, at + 1)) {
    const std::size_t begin = at + kAuthorityStart.size();
    const std::string_view authority = AuthorityAt(text, begin);
    const std::size_t end = authority.rfind('@');
    // A name alone is no secret.
    if (end != std::string_view::npos && authority.substr(0, end).find(':') != authority.npos) {
      shapes.push_back({begin, end});
    }
  }
  return shapes;
}

std::vector<TokenShape> FindTokenShapes(std::string_view text) {
  std::vector<TokenShape> shapes;
  FindJwts(text, shapes);
  FindBearers(text, shapes);
  const std::vector<TokenShape> sign_ins = FindSignIns(text);
  shapes.insert(shapes.end(), sign_ins.begin(), sign_ins.end());
  return shapes;
}

std::size_t FindTokenStart(std::string_view text) {
  return std::min(FindJwtOrBearerStart(text), FindAuthorityStart(text));
}

std::size_t FindCutJwt(std::string_view text) {
  std::size_t run = text.size();
  while (run > 0 && (kIsBase64Url(text[run - 1]) || text[run - 1] == '.')) --run;
  const std::size_t begin = std::min(text.find(kJwtStart, run), text.size());
  return text.size() - begin < kMinJwtHeader ? text.size() : begin;
}

}  // namespace conform
