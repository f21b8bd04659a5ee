#include "testing/secret_spellings.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/json_text.h"
#include "base/percent.h"
#include "base/xml_escape.h"

namespace conform {
namespace {

/// Each byte by `format`, which is given its value.
std::string EachByte(std::string_view text, const char* format) {
  std::string spelt;
  for (const char c : text) {
    spelt += fmt::format(fmt::runtime(format), static_cast<unsigned char>(c));
  }
  return spelt;
}

std::string Replace(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string Json(std::string_view text, bool ascii = false) {
  const std::string quoted = WriteJsonText(nlohmann::json(text), ascii);
  return quoted.substr(1, quoted.size() - 2);
}

/// What other libraries write beside what JSON asks for.
std::string JsonForWebPages(std::string_view text) {
  std::string spelt = Json(text, true);
  for (const char c : std::string_view("<>&'+/`")) {
    spelt =
        Replace(spelt, std::string(1, c), fmt::format("\\u{:04X}", static_cast<unsigned char>(c)));
  }
  return spelt;
}

bool IsAscii(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

std::string Lower(std::string text) {
  for (std::size_t at = 0; (at = text.find('%', at)) != std::string::npos; ++at) {
    for (std::size_t i = at + 1; i < at + 3 && i < text.size(); ++i) {
      if (text[i] >= 'A' && text[i] <= 'F') text[i] = static_cast<char>(text[i] - 'A' + 'a');
    }
  }
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> SpellingsOf(std::string_view secret) {
  const std::string plain(secret);
  const std::string percent = EncodePercent(plain, kUnreservedMarks);
  const std::string pointer = Replace(Replace(plain, "~", "~0"), "/", "~1");
  std::vector<std::pair<std::string, std::string>> all = {
      {"plain", plain},
      {"percent", percent},
      {"percent in lower case", Lower(percent)},
      {"percent of each byte", EachByte(plain, "%{:02x}")},
      {"percent twice", EncodePercent(percent, kUnreservedMarks)},
      {"percent of ~", Replace(percent, "~", "%7e")},
      {"form", Replace(percent, "%20", "+")},
      {"JSON", Json(plain)},
      {"JSON with slashes escaped", Replace(Json(plain), "/", "\\/")},
      {"JSON in ASCII", Json(plain, true)},
      {"JSON for web pages", JsonForWebPages(plain)},
      {"JSON in JSON", Json(Json(plain))},
      {"JSON for web pages in JSON", Json(JsonForWebPages(plain))},
      {"percent in JSON with slashes escaped", Replace(Json(percent), "/", "\\/")},
      {"JSON in percent", EncodePercent(Json(plain), kUnreservedMarks)},
      {"XML", EscapeXml(plain)},
      {"XML in quotes", EscapeXml(plain, true)},
      {"XML in apostrophes", EscapeXml(plain, true, "&apos;")},
      {"HTML", EscapeXml(plain, true, "&#39;")},
      {"JSON in HTML", EscapeXml(Json(plain), true, "&#39;")},
      {"a shell's word", Replace(plain, "'", "'\\''")},
      {"JSON in a shell's word", Replace(Json(plain), "'", "'\\''")},
      {"a JSON pointer", pointer},
      {"a JSON pointer in a URI", EncodePercent(pointer, "/-._~")},
      {"base64", Base64(plain)},
      {"base64url", Base64Url(plain)},
      {"base64 in percent", EncodePercent(Base64(plain), kUnreservedMarks)},
      {"base64 in JSON for web pages", JsonForWebPages(Base64(plain))},
  };
  if (IsAscii(plain)) {
    all.emplace_back("JSON of each character", EachByte(plain, "\\u{:04x}"));
    all.emplace_back("HTML of each character", EachByte(plain, "&#{};"));
    all.emplace_back("HTML of each character in hexadecimal", EachByte(plain, "&#x{:X};"));
  }
  std::vector<std::pair<std::string, std::string>> kept;
  for (auto& each : all) {
    const bool known = std::any_of(kept.begin(), kept.end(), [&](const auto& earlier) {
      return earlier.second == each.second;
    });
    if (!known) kept.push_back(std::move(each));
  }
  return kept;
}

std::string Spell(std::string_view secret, std::string_view name) {
  for (auto& [each, spelt] : SpellingsOf(secret)) {
    if (each == name) return std::move(spelt);
  }
  return std::string(secret);  // the same as an earlier one
}

}  // namespace conform
