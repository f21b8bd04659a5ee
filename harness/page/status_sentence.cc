#include "page/status_sentence.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/http_text.h"
#include "base/utf8.h"
#include "page/page_words.h"
#include "page/plain_text.h"

namespace conform {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kNear = 40;        // bytes around a number in which a word explains it
constexpr std::size_t kMostWords = 160;  // characters of a condition

struct Reason {
  int status;
  std::string_view phrase;  ///< in lower case, its beginning.
};

constexpr std::array kReasons = {
    Reason{200, "ok"},         Reason{201, "created"},      Reason{202, "accepted"},
    Reason{203, "non"},        Reason{204, "no content"},   Reason{206, "partial"},
    Reason{204, "no-content"}, Reason{207, "multi"},        Reason{301, "moved"},
    Reason{302, "found"},      Reason{303, "see other"},    Reason{304, "not modified"},
    Reason{307, "temporary"},  Reason{308, "permanent"},    Reason{400, "bad"},
    Reason{401, "unauth"},     Reason{402, "payment"},      Reason{403, "forbidden"},
    Reason{404, "not found"},  Reason{405, "method"},       Reason{406, "not acc"},
    Reason{408, "request"},    Reason{409, "conflict"},     Reason{410, "gone"},
    Reason{411, "length"},     Reason{412, "precondition"}, Reason{413, "request entity"},
    Reason{413, "payload"},    Reason{413, "content"},      Reason{415, "unsupported"},
    Reason{416, "range"},      Reason{416, "requested"},    Reason{422, "unprocess"},
    Reason{423, "locked"},     Reason{424, "failed"},       Reason{429, "too many"},
    Reason{500, "internal"},   Reason{501, "not impl"},     Reason{502, "bad gateway"},
    Reason{503, "service"},    Reason{504, "gateway"},      Reason{507, "insuff"},
    Reason{509, "bandwidth"}};

/// Registered with IANA, beside those of kReasons.
constexpr std::array kMoreStatuses = {205, 208, 226, 300, 305, 407, 414, 417, 421, 425,
                                      426, 428, 431, 451, 505, 506, 508, 510, 511};

bool IsRegistered(int status) {
  return std::any_of(kReasons.begin(), kReasons.end(),
                     [status](const Reason& reason) { return reason.status == status; }) ||
         std::find(kMoreStatuses.begin(), kMoreStatuses.end(), status) != kMoreStatuses.end();
}

bool HasReason(int status, std::string_view after) {
  const std::size_t begin = after.find_first_not_of(" :,-`*'\"(");
  if (begin > 4) return false;  // also where there is none
  const std::string lower = ToLower(after.substr(begin, 24));
  return std::any_of(kReasons.begin(), kReasons.end(), [&](const Reason& reason) {
    return reason.status == status && lower.starts_with(reason.phrase);
  });
}

bool IsDigitAt(std::string_view text, std::size_t at) {
  return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

/// Three digits from 200 to 599 that are no part of a longer number or name.
int StatusAt(std::string_view text, std::size_t at) {
  for (std::size_t i = 0; i < 3; ++i) {
    if (!IsDigitAt(text, at + i)) return 0;
  }
  const auto joins = [](char c) {
    return c == '.' || c == '-' || c == ',' || c == '/' || c == '_';
  };
  if (at > 0 && (IsDigitAt(text, at - 1) || joins(text[at - 1]) || text[at - 1] == '#')) return 0;
  if (at > 0 && ((text[at - 1] | 0x20) >= 'a' && (text[at - 1] | 0x20) <= 'z')) return 0;
  if (IsDigitAt(text, at + 3) ||
      (at + 3 < text.size() && joins(text[at + 3]) && IsDigitAt(text, at + 4))) {
    return 0;
  }
  const int status = (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
  return status >= 200 && status <= 599 ? status : 0;
}

bool IsExplained(std::string_view text, std::size_t at, int status) {
  if (HasReason(status, text.substr(at + 3))) return true;
  const bool quoted = at > 0 && text[at - 1] == '`';
  const std::size_t begin = at > kNear ? at - kNear : 0;
  // Microsoft 365 is no answer.
  return (quoted || IsRegistered(status)) &&
         HasWord(text.substr(begin, at - begin + 3 + kNear), Word::kCode) &&
         // A count of something is no code.
         (quoted ||
          !RE2::PartialMatch(
              re2::StringPiece(text.data() + at, text.size() - at),
              R"(^\d{3} (?:items|objects|users|results|members|requests|characters|MB|KB|ms|seconds|minutes|days))"));
}

struct NumberWord {
  std::string_view word;
  int value;
};
constexpr std::array kNumbers = {
    NumberWord{"one", 1},     NumberWord{"two", 2},     NumberWord{"three", 3},
    NumberWord{"four", 4},    NumberWord{"five", 5},    NumberWord{"six", 6},
    NumberWord{"seven", 7},   NumberWord{"eight", 8},   NumberWord{"nine", 9},
    NumberWord{"ten", 10},    NumberWord{"twelve", 12}, NumberWord{"fifteen", 15},
    NumberWord{"twenty", 20}, NumberWord{"thirty", 30}, NumberWord{"sixty", 60}};

struct Unit {
  const char* pattern;  ///< behind the number.
  milliseconds length;
};
const std::array kUnits = {
    Unit{
        R"((?i)(\d{1,4}|[a-z]+)[ -]*(?:seconds?\b|sekunde|seconde|segundo|second[oi]|секунд|秒|초|sekund))",
        milliseconds(1000)},
    Unit{R"((?i)(\d{1,4}|[a-z]+)[ -]*(?:minut|минут|分|분))", milliseconds(60'000)},
    Unit{
        R"((?i)(\d{1,4}|[a-z]+)[ -]*(?:hours?\b|stunde|heure|hora|ore\b|ora\b|час|時間|小时|小時|个小时|시간|uur|godzin))",
        milliseconds(3'600'000)},
    Unit{
        R"((?i)(\d{1,4}|[a-z]+)[ -]*(?:days?\b|tage?n?\b|jours?\b|día|dias?\b|giorn|дней|дня|день|日|天|일|dagen|dni\b))",
        milliseconds(86'400'000)}};

/// A stretch of time, and where it is told.
struct Length {
  milliseconds time;
  std::size_t begin;
};

std::optional<milliseconds> TimeOf(const std::string& number, milliseconds unit) {
  int value = 0;
  std::from_chars(number.data(), number.data() + number.size(), value);
  for (const NumberWord& named : kNumbers) {
    if (ToLower(number) == named.word) value = named.value;
  }
  const milliseconds time = value * unit;
  return value > 0 && time <= std::chrono::hours(1000) ? std::optional(time) : std::nullopt;
}

/// Whether digits and a separator stand before it: `10,500` ends in 500 and does not mean it.
bool IsPartOfNumber(std::string_view text, std::size_t at) {
  if (!IsDigitAt(text, at) || at == 0) return false;
  if (IsDigitAt(text, at - 1)) return true;
  return at >= 2 && IsDigitAt(text, at - 2) &&
         (text[at - 1] == ',' || text[at - 1] == '.' || text[at - 1] == '\'');
}

std::vector<Length> LengthsIn(std::string_view text) {
  std::vector<Length> lengths;
  for (const Unit& unit : kUnits) {
    re2::StringPiece rest(text.data(), text.size());
    re2::StringPiece number;
    while (RE2::FindAndConsume(&rest, unit.pattern, &number)) {
      const auto begin = static_cast<std::size_t>(number.data() - text.data());
      const auto time = TimeOf(std::string(number.data(), number.size()), unit.length);
      if (!time || IsPartOfNumber(text, begin)) continue;
      lengths.push_back({*time, begin});
    }
  }
  return lengths;
}

/// "Within 10 minutes of the previous call; wait 30 seconds": what "within" is said of. In Chinese,
/// Japanese and Korean the word follows it, elsewhere it stands before.
std::optional<milliseconds> WindowIn(std::string_view text) {
  const std::size_t word = FindWord(text, Word::kWithin);
  if (word == std::string_view::npos) return std::nullopt;
  const bool follows = static_cast<unsigned char>(text[word]) >= 0xE0;
  std::optional<Length> before;
  std::optional<Length> behind;
  for (const Length& length : LengthsIn(text)) {
    if (length.begin < word && (!before || length.begin > before->begin)) before = length;
    if (length.begin > word && (!behind || length.begin < behind->begin)) behind = length;
  }
  const std::optional<Length>& meant =
      follows ? (before ? before : behind) : (behind ? behind : before);
  return meant ? std::optional(meant->time) : std::nullopt;
}

/// Whether what stands before and behind a status says that it is not answered. The condition of an
/// answer may be that something is not: between the denied verb and the status stand articles,
/// marks and other statuses alone.
bool IsDenied(std::string_view before, std::string_view behind) {
  static const RE2 kNoAnswer(
      R"((?i)(?:\b(?:no longer|never|not|cannot|without|\w+n['’]t)\s+(?:\w+\s+)?(?:return|respond|answer|give|send|fail|result|produc|rais|yield|report)\w*\b)"
      R"((?:[\s`"'*(\[]|\b(?:an?|the|any|http|status|codes?|responses?|errors?|in|with|or|and|nor|\d{3})\b|(?-i:\b[A-Z][\w-]*))*)"
      R"(|不(?:会|會|再)*(?:返回|返還|响应|回應|给出|出现)[\s`"'*(（“\w-]*)$)");
  static const RE2 kNotThis(R"((?i)\bnot\s+(?:an?\s+|the\s+)?[`"'*(]*$)");
  static const RE2 kNoAnswerBehind(R"(^[^,;、。]*(?:返しません|返されません|返さない|返されない))");
  const re2::StringPiece text(before.data(), before.size());
  return RE2::PartialMatch(text, kNoAnswer) || RE2::PartialMatch(text, kNotThis) ||
         RE2::PartialMatch(re2::StringPiece(behind.data(), behind.size()), kNoAnswerBehind);
}

std::string Cut(const std::string& text) {
  std::string cut = ShowLine(text, kMostWords);
  while (!cut.empty() && (cut.back() == '.' || cut.back() == ' ' || cut.back() == ','))
    cut.pop_back();
  return cut;
}

}  // namespace

std::vector<std::string> SplitSentences(std::string_view text) {
  std::vector<std::string> sentences(1);
  bool code = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '`') code = !code;
    const bool wide = text.substr(i, 3) == "。";
    if (wide) {
      sentences.back() += "。";
      i += 2;
    } else {
      sentences.back() += text[i];
    }
    const bool stop = (text[i] == '.' || text[i] == '!' || text[i] == '?') &&
                      (i + 1 == text.size() || text[i + 1] == ' ');
    if (!code && (stop || wide)) sentences.emplace_back();
  }
  std::vector<std::string> result;
  for (const std::string& sentence : sentences) {
    const std::string_view trimmed = TrimWhiteSpace(sentence);
    if (!trimmed.empty()) result.emplace_back(trimmed);
  }
  return result;
}

std::vector<StatusMention> FindStatuses(std::string_view sentence) {
  std::vector<std::pair<std::size_t, int>> found;
  for (std::size_t at = 0; at + 3 <= sentence.size(); ++at) {
    const int status = StatusAt(sentence, at);
    if (status == 0 || !IsExplained(sentence, at, status)) continue;
    found.emplace_back(at, status);
    at += 2;
  }
  std::vector<StatusMention> mentions;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t begin = i == 0 ? 0 : found[i].first;
    const std::size_t end = i + 1 < found.size() ? found[i + 1].first : sentence.size();
    // Of a mere list of codes the whole sentence says what it is about.
    constexpr std::size_t kFewBytes = 28;
    const bool bare = end - begin < kFewBytes;
    mentions.push_back(
        {found[i].second, std::string(bare ? sentence : sentence.substr(begin, end - begin)),
         IsDenied(sentence.substr(0, found[i].first), sentence.substr(found[i].first))});
  }
  return mentions;
}

Condition ReadCondition(std::string_view about) {
  const std::string plain = WithoutMarks(about);
  Condition condition;
  const auto window = WindowIn(plain);
  if (window && HasWord(plain, Word::kPrevious)) {
    condition.kind = Condition::Kind::kWithin;
    condition.window = *window;
    return condition;
  }
  if (HasWord(plain, Word::kInProgress)) {
    condition.kind = Condition::Kind::kWhile;
    condition.state = "in_progress";
    return condition;
  }
  condition.kind = Condition::Kind::kStated;
  std::string words;
  static const RE2 kClause(
      R"((?i)\b(?:if|when|where|unless|in case|because|otherwise)\b,? ?([^,;。]*))");
  if (RE2::PartialMatch(plain, kClause, &words) && words.size() > 3) {
    static const RE2 kAnswer(
        R"((?i),? *\b(?:this|the) (?:method|action|function|api|request|call)?\b.*\b(?:returns?|responds?)\b.*)");
    RE2::Replace(&words, kAnswer, "");
  }
  condition.state = Cut(words.size() > 3 ? words : plain);
  if (condition.state.empty()) condition.state = "the page does not say when";
  return condition;
}

}  // namespace conform
