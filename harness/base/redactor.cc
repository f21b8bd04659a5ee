#include "base/redactor.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <tuple>

#include "base/cut_mark.h"
#include "base/in_order.h"
#include "base/line_stretches.h"
#include "base/readings.h"
#include "base/secret_form.h"
#include "base/token_shape.h"

namespace conform {
namespace {

constexpr std::size_t kMinSecret = 4;

/// Whoever answers could spoil the record by calling one of them a password.
bool IsWordOfJson(std::string_view text) {
  return text == "true" || text == "false" || text == "null";
}

}  // namespace

/// A stretch of text that is to be masked.
struct Redactor::Match {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool unknown = false;
  bool personal = false;
  std::string_view mask;  ///< empty where unknown: made when it is needed.
};

Redactor::Redactor(std::string key) : key_(std::move(key)) {}

std::string Redactor::Mask(std::string_view secret, std::string_view kind) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), hash.data(), nullptr);
  return fmt::format("[{}, {} bytes, {:02x}{:02x}{:02x}]", kind, secret.size(), hash[0], hash[1],
                     hash[2]);
}

void Redactor::AddSecret(std::string_view secret, std::string_view kind) { Add(secret, kind, {}); }

void Redactor::AddNewSecret(std::string_view secret, std::string_view kind) {
  Add(secret, kind, {.is_new = true});
}

void Redactor::AddPrivate(std::string_view value, std::string_view kind) {
  Add(value, kind, {.is_personal = true});
}

void Redactor::Add(std::string_view secret, std::string_view kind, Nature nature) {
  if (secret.size() < kMinSecret || IsWordOfJson(secret)) return;
  {
    // One token serves many tests: most of what is added is known.
    const std::shared_lock lock(mutex_);
    if (known_.count(std::string(secret)) > 0) return;
  }
  std::string mask = Mask(secret, kind);
  const std::unique_lock lock(mutex_);
  if (!known_.emplace(secret).second) return;
  if (!nature.is_new) ++known_before_;
  const std::size_t number = secrets_.size();
  secrets_.push_back({std::string(secret), std::move(mask), nature.is_personal});
  std::vector<std::string> spellings;
  const bool plain = NeedsNoEscape(secret);
  for (const SecretForm form : kSecretForms) {
    if (plain && form != SecretForm::kPlain && !SpellsAny(form)) continue;
    std::string spelling = SpellSecret(secret, form);
    if (spelling.size() < kMinSecret) continue;
    if (std::find(spellings.begin(), spellings.end(), spelling) != spellings.end()) continue;
    index_.Add(spelling, number, form);
    starts_.Add(spelling, number, form);
    for (const char c : spelling) spelt_[static_cast<unsigned char>(c)] = true;
    spellings.push_back(std::move(spelling));
  }
}

void Redactor::AddPublic(std::string_view value) {
  const std::unique_lock lock(mutex_);
  public_.emplace(value);
}

void Redactor::FindSecrets(const Readings& readings, std::vector<Match>& matches) const {
  // Most texts hold one secret, if any.
  const Spelling* spelt = nullptr;
  std::string expected;
  for (std::size_t reading = 0; reading < readings.size(); ++reading) {
    const std::string_view text = readings[reading];
    for (const auto& [begin, spelling] : index_.FindIn(text)) {
      const Secret& secret = secrets_[spelling->secret];
      if (spelling != spelt) expected = SpellSecret(secret.value, spelling->form);
      spelt = spelling;
      if (text.compare(begin, expected.size(), expected) != 0) continue;
      matches.push_back({readings.BeginOf(reading, begin),
                         readings.EndOf(reading, begin + expected.size()), false, secret.personal,
                         secret.mask});
    }
  }
}

void Redactor::FindTokenShapes(const Readings& readings, std::vector<Match>& matches) const {
  const std::string_view text = readings.text();
  for (const auto& [begin, length] : conform::FindTokenShapes(text)) {
    if (!public_.empty() && public_.count(std::string(text.substr(begin, length))) > 0) continue;
    matches.push_back({begin, begin + length, true, false, ""});
  }
  // Of an address the slashes are often escaped.
  for (std::size_t reading = 1; reading < readings.size(); ++reading) {
    for (const auto& [begin, length] : FindSignIns(readings[reading])) {
      matches.push_back({readings.BeginOf(reading, begin), readings.EndOf(reading, begin + length),
                         true, false, ""});
    }
  }
}

std::size_t Redactor::FindStart(std::string_view text) const {
  const std::size_t looked_at = std::min(text.size(), starts_.longest() * kLongestEscape);
  const std::size_t from = text.size() - looked_at;
  const Readings readings = Readings::OfBegin(text.substr(from), spelt_);
  const auto spell = [this](const SpellingStart& start) {
    return SpellSecret(secrets_[start.secret].value, start.form);
  };
  std::size_t first = looked_at;
  for (std::size_t reading = 0; reading < readings.size(); ++reading) {
    const std::size_t begin = starts_.FindIn(readings.WholeOf(reading), spell);
    // Also where an escape begins: a secret may with it.
    if (begin < readings[reading].size()) {
      first = std::min(first, readings.BeginOf(reading, begin));
    }
  }
  return from + first;
}

std::size_t Redactor::FindCut(std::string_view text) const {
  return std::min(FindStart(text), FindCutJwt(text));
}

void Redactor::FindCutShort(std::string_view text, std::vector<Match>& matches) const {
  // No further back than to the mark before: thousands of them would have all looked at each time.
  std::size_t from = 0;
  for (std::size_t at = text.find(kCutMark); at != std::string_view::npos;
       at = text.find(kCutMark, from)) {
    const std::size_t begin = from + FindCut(text.substr(from, at - from));
    if (at - begin >= kMinSecret) matches.push_back({begin, at, true, false, ""});
    from = at + kCutMark.size();
  }
}

std::vector<Redactor::Match> Redactor::FindAll(const Readings& readings) const {
  const std::string_view text = readings.text();
  std::vector<Match> matches;
  FindSecrets(readings, matches);
  FindTokenShapes(readings, matches);
  FindCutShort(text, matches);
  // Known before unknown, then the longest: of those that overlap, the first names the mask.
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return std::tie(a.begin, a.unknown, b.end) < std::tie(b.begin, b.unknown, a.end);
  });
  return matches;
}

std::vector<Redactor::Match> Redactor::FindIn(std::string_view text) const {
  constexpr std::size_t kLarge = std::size_t{256} * 1024;
  if (text.size() < kLarge || spelt_['\n']) return FindAll(Readings(text, spelt_));
  const std::vector<std::string_view> stretches = LineStretches(text, kLarge / 4);
  std::vector<Match> all;
  MakeInOrder(
      stretches.size(), 1,
      [&](std::size_t begin, std::size_t /*end*/) {
        const std::string_view stretch = stretches[begin];
        std::vector<Match> matches = FindAll(Readings(stretch, spelt_));
        const auto before = static_cast<std::size_t>(stretch.data() - text.data());
        for (Match& match : matches) {
          match.begin += before;
          match.end += before;
        }
        return matches;
      },
      [&](const std::vector<Match>& matches) {
        all.insert(all.end(), matches.begin(), matches.end());
        return true;
      });
  return all;
}

std::string Redactor::MaskMatches(std::string_view text, const std::vector<Match>& matches,
                                  std::size_t size) const {
  std::string redacted;
  std::size_t done = 0;
  for (std::size_t i = 0; i < matches.size() && matches[i].begin < size;) {
    const Match& first = matches[i];
    std::size_t end = first.end;
    // What overlaps is masked as one: between two masks a part of a secret would be left.
    for (++i; i < matches.size() && matches[i].begin < end; ++i) {
      end = std::max(end, matches[i].end);
    }
    redacted += text.substr(done, first.begin - done);
    redacted += first.unknown ? Mask(text.substr(first.begin, end - first.begin), "token")
                              : std::string(first.mask);
    done = end;
  }
  if (done < size) redacted += text.substr(done, size - done);
  return redacted;
}

std::string Redactor::Redact(std::string_view text) const {
  const std::shared_lock lock(mutex_);
  return MaskMatches(text, FindIn(text), text.size());
}

void Redactor::RedactInPlace(std::string& text) const {
  if (text.empty()) return;
  const std::shared_lock lock(mutex_);
  const std::vector<Match> matches = FindAll(Readings(text, spelt_));
  if (!matches.empty()) text = MaskMatches(text, matches, text.size());
}

std::optional<std::size_t> Redactor::RedactEach(std::span<std::string* const> texts,
                                                std::span<const std::string* const> names) const {
  std::string joined;
  std::size_t size = 0;
  for (const std::string* text : texts) size += text->size() + 1;
  for (const std::string* name : names) size += name->size() + 1;
  joined.reserve(size);
  const auto join = [&joined](const std::string& text) {
    joined += text;
    joined += '\n';  // ends whatever looks like a token
  };
  for (const std::string* text : texts) join(*text);
  const std::size_t names_begin = joined.size();
  for (const std::string* name : names) join(*name);
  const std::shared_lock lock(mutex_);
  const std::vector<Match> found = FindAll(Readings(joined, spelt_));
  std::size_t begin = 0;
  auto next = found.begin();
  std::vector<Match> inside;
  for (std::string* text : texts) {
    const std::size_t end = begin + text->size();
    inside.clear();
    for (; next != found.end() && next->begin <= end; ++next) {
      Match match = *next;
      // One that goes on in the next text is none of this one.
      if (match.begin < begin || match.end > end) continue;
      match.begin -= begin;
      match.end -= begin;
      inside.push_back(match);
    }
    begin = end + 1;
    if (!inside.empty()) *text = MaskMatches(*text, inside, text->size());
  }
  const bool names_clean = std::all_of(
      found.begin(), found.end(), [&](const Match& match) { return match.end <= names_begin; });
  if (!names_clean) return std::nullopt;
  return known_before_;
}

std::size_t Redactor::CountKnown() const {
  const std::shared_lock lock(mutex_);
  return known_before_;
}

Redactor::Part Redactor::RedactPart(std::string_view text) const {
  constexpr std::size_t kLongestHeld = std::size_t{256} * 1024;
  const std::shared_lock lock(mutex_);
  const std::vector<Match> matches = FindIn(text);
  std::size_t size = std::min(FindTokenStart(text), FindStart(text));
  for (std::size_t begun = 1; begun < kCutMark.size(); ++begun) {
    if (!text.ends_with(kCutMark.substr(0, begun))) continue;
    size = std::min(size, FindCut(text.substr(0, text.size() - begun)));
  }
  if (text.size() - size > kLongestHeld) size = text.size();
  // From the last on: what overlaps is masked as one.
  std::for_each(matches.rbegin(), matches.rend(), [&size](const Match& match) {
    if (match.begin < size && match.end > size) size = match.begin;
  });
  if (size < text.size() && text.size() - size > kLongestHeld) size = text.size();
  if (matches.empty() || matches.front().begin >= size) return {size, std::nullopt};
  return {size, MaskMatches(text, matches, size)};
}

bool Redactor::Holds(std::string_view bytes) const {
  const std::shared_lock lock(mutex_);
  std::vector<Match> matches;
  FindSecrets(Readings(bytes, spelt_), matches);
  return std::any_of(matches.begin(), matches.end(),
                     [](const Match& match) { return !match.personal; });
}

}  // namespace conform
