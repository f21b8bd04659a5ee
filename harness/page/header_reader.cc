#include "page/header_reader.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "base/http_text.h"
#include "page/page_words.h"
#include "page/plain_text.h"
#include "page/sections.h"

namespace conform {
namespace {

/// `Bearer {token}`, also where its words were translated: `{token} de portador`.
bool IsBearer(std::string_view text) {
  static const RE2 kBearer(
      R"((?i)bearer\b|[{<][^}>]*(?:token|code|токен|トークン|令牌|토큰|jeton)[^}>]*[}>])");
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), kBearer);
}

/// `Prefer: outlook.timezone` is the field Prefer.
std::string NameIn(const std::string& cell) {
  const std::string name = WithoutMarks(cell);
  return name.substr(0, name.find_first_of(" :="));
}

struct TranslatedName {
  std::string_view word;  ///< a part of the cell, in lower case.
  std::string_view name;
};
/// Field names that a translator did not leave alone; read so where the value is a media type.
constexpr TranslatedName kTranslated[] = {{"annehmen", "Accept"},
                                          {"accepter", "Accept"},
                                          {"aceptar", "Accept"},
                                          {"aceitar", "Accept"},
                                          {"accetta", "Accept"},
                                          {"ринят", "Accept"},
                                          {"接受", "Accept"},
                                          {"受け入れ", "Accept"},
                                          {"承諾", "Accept"},
                                          {"수락", "Accept"},
                                          {"inhaltstyp", "Content-Type"},
                                          {"type de contenu", "Content-Type"},
                                          {"tipo de contenido", "Content-Type"},
                                          {"tipo de conteúdo", "Content-Type"},
                                          {"tipo di contenuto", "Content-Type"},
                                          {"ип контента", "Content-Type"},
                                          {"ип содержимого", "Content-Type"},
                                          {"内容类型", "Content-Type"},
                                          {"コンテンツの種類", "Content-Type"},
                                          {"コンテンツ タイプ", "Content-Type"},
                                          {"콘텐츠 형식", "Content-Type"}};

std::string NameBehindTranslation(const std::string& cell) {
  const std::string lower = ToLower(cell);
  for (const TranslatedName& each : kTranslated) {
    if (lower.find(each.word) != std::string::npos) return std::string(each.name);
  }
  return "";
}

std::string CanonicalName(const std::string& name) {
  const std::string lower = ToLower(name);
  for (const std::string_view known : {"Authorization", "Accept", "Content-Type", "If-Match"}) {
    if (lower == ToLower(known)) return std::string(known);
  }
  return name;
}

/// The media type of Accept and Content-Type, or a first sentence that is one word, such as
/// `eventual`.
std::string ValueIn(const std::string& name, const std::vector<Passage>& cells) {
  static const RE2 kMediaType(R"(([A-Za-z]+/[A-Za-z0-9.+*-]*[A-Za-z0-9*]))");
  static const RE2 kWord(R"(([A-Za-z][\w=.-]*[\w])\.?(?:\s.*)?)");
  static const RE2 kOneWord(R"(([A-Za-z][\w=-]*)\.(?:\s.*)?)");
  std::string value;
  for (std::size_t i = cells.size(); i > 1; --i) {
    const std::string text = WithoutMarks(cells[i - 1].Text());
    if (name == "Accept" || name == "Content-Type") {
      if (RE2::PartialMatch(text, kMediaType, &value)) return value;
      continue;
    }
    // A word alone in the last column, or before a full stop.
    const bool alone = i == cells.size() && text.find(' ') == std::string::npos;
    if (!RE2::FullMatch(text, alone ? kWord : kOneWord, &value)) continue;
    const std::string lower = ToLower(value);
    if (lower == "string" || HasWord(value, Word::kRequired) || HasWord(value, Word::kOptional))
      continue;
    return lower == value ? value : "";
  }
  return "";
}

class HeaderReader {
 public:
  explicit HeaderReader(const PageContext& context) : context_(context) {}

  std::vector<HeaderFact> Read() {
    for (const Block* block : BlocksOf(context_.page, Section::kHeaders)) {
      if (block->kind != Block::Kind::kTable) continue;
      ReadRow(*block, block->table.header, /*head=*/true);
      for (const std::vector<Passage>& row : block->table.rows) ReadRow(*block, row, false);
    }
    return std::move(facts_);
  }

 private:
  void ReadRow(const Block& block, const std::vector<Passage>& row, bool head) {
    if (row.size() < 2) return;
    std::string text;
    for (std::size_t i = 1; i < row.size(); ++i) text += row[i].Text() + ". ";
    std::string name = CanonicalName(NameIn(row.front().Text()));
    const bool bearer = IsBearer(text);
    if (head && !bearer) return;  // Some tables have no head and begin with the first field.
    if (bearer && name != "Authorization") name = "Authorization";
    const std::string behind = NameBehindTranslation(row.front().Text());
    if (!behind.empty() && text.find('/') != std::string::npos) name = behind;
    if (name.empty()) return;
    if (!IsToken(name)) {
      context_.Warn(row.front().first_line, fmt::format("'{}' is no field name", name),
                    "a translated name? The row is left out");
      return;
    }
    HeaderFact fact;
    fact.place = PlaceOfRow(block, row);
    fact.rule.name = name;
    fact.rule.required = SaysRequired(text);
    if (name == "Authorization") {
      fact.rule.scheme = "Bearer";
    } else {
      fact.rule.value = ValueIn(name, row);
    }
    Keep(std::move(fact));
  }

  void Keep(HeaderFact fact) {
    const auto known = std::find_if(facts_.begin(), facts_.end(), [&](const HeaderFact& each) {
      return ToLower(each.rule.name) == ToLower(fact.rule.name);
    });
    if (known == facts_.end()) {
      facts_.push_back(std::move(fact));
      return;
    }
    // Two rows of one field are two values that it may have.
    known->rule.required = known->rule.required && fact.rule.required;
    known->rule.value = known->rule.value == fact.rule.value ? known->rule.value : "";
    context_.Warn(
        fact.place.first_line,
        fmt::format("{} has more rows than one; none of their values is taken", fact.rule.name));
  }

  const PageContext& context_;
  std::vector<HeaderFact> facts_;
};

}  // namespace

std::vector<HeaderFact> ReadHeaders(const PageContext& context) {
  return HeaderReader(context).Read();
}

}  // namespace conform
