#include "page/permission_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "page/page_words.h"
#include "page/permission_list.h"
#include "page/plain_text.h"
#include "page/sections.h"

namespace conform {
namespace {

using Rows = std::map<IdentityKind, PermissionFact>;

/// Which account a row's or column's head names.
std::optional<IdentityKind> AccountIn(std::string_view text) {
  const std::string plain = WithoutMarks(text);
  if (HasWord(plain, Word::kPersonal)) return IdentityKind::kDelegatedPersonal;
  if (HasWord(plain, Word::kWork)) return IdentityKind::kDelegatedWork;
  if (HasWord(plain, Word::kDelegated)) return IdentityKind::kDelegatedWork;
  if (HasWord(plain, Word::kApplication)) return IdentityKind::kApplication;
  return std::nullopt;
}

bool NamesPermission(const std::vector<Passage>& row) {
  return std::any_of(row.begin(), row.end(), [](const Passage& cell) {
    return !ReadPermissionList(cell.Text()).permissions.empty();
  });
}

class PermissionReader {
 public:
  explicit PermissionReader(const PageContext& context) : context_(context) {}

  Rows Read() {
    for (const Block* block : BlocksOf(context_.page, Section::kPermissions)) {
      if (block->kind == Block::Kind::kParagraph && !asks_ && !block->quoted)
        asks_ = PlaceOf(*block);
      if (block->kind == Block::Kind::kTable) ReadTable(*block);
    }
    if (rows_.empty()) ReadText();
    if (rows_.empty()) WarnOfNone();
    return std::move(rows_);
  }

 private:
  void ReadTable(const Block& block) {
    const PageTable& table = block.table;
    if (table.header.size() < 2 || table.rows.empty()) return;
    std::size_t accounts = 0;
    for (std::size_t i = 1; i < table.header.size(); ++i) {
      if (AccountIn(table.header[i].Text()) && !AccountIn(table.rows.front().front().Text()))
        ++accounts;
    }
    if (accounts >= 2) {
      ReadColumns(block);
    } else {
      ReadRows(block);
    }
  }

  /// The usual form: a row an account.
  void ReadRows(const Block& block) {
    std::optional<IdentityKind> last;
    std::size_t index = 0;
    for (const std::vector<Passage>& row : block.table.rows) {
      if (row.empty()) continue;
      const std::string head = row.front().Text();
      std::optional<IdentityKind> kind = AccountIn(head);
      const bool indented = !kind && last && row.size() > 1;
      if (!kind && !last && block.table.rows.size() == 3) kind = ByPosition(index, row);
      ++index;
      if (!kind && !indented) {
        context_.Warn(row.front().first_line,
                      fmt::format("whose permissions '{}' names is not understood", head));
        continue;
      }
      if (kind && last == kind && !NamesPermission(row)) continue;
      if (indented && !NamesPermission({row.begin() + 1, row.end()})) continue;
      last = kind ? kind : last;
      AddRow(block, row, *last);
    }
  }

  std::optional<IdentityKind> ByPosition(std::size_t index, const std::vector<Passage>& row) {
    constexpr std::array kUsual = {IdentityKind::kDelegatedWork, IdentityKind::kDelegatedPersonal,
                                   IdentityKind::kApplication};
    context_.Warn(row.front().first_line,
                  fmt::format("'{}' is taken for {} by its place in the table", row.front().Text(),
                              NameOf(kUsual[index])));
    return kUsual[index];
  }

  static std::string RowText(const std::vector<Passage>& row) {
    std::string text;
    for (std::size_t i = 1; i < row.size(); ++i) text += row[i].Text() + " ; ";
    return text;
  }

  /// True where the column's head says that the most privileged comes first.
  static bool MostFirst(const PageTable& table) {
    if (table.header.size() != 2) return false;
    const std::string head = table.header[1].Text();
    const std::size_t least = FindWord(head, Word::kLeast);
    const std::size_t most = FindWord(head, Word::kMost);
    return least != std::string::npos && most != std::string::npos && most < least;
  }

  void AddRow(const Block& block, const std::vector<Passage>& row, IdentityKind kind) {
    PermissionList list = ReadPermissionList(RowText(row));
    if (MostFirst(block.table)) std::reverse(list.permissions.begin(), list.permissions.end());
    Add(kind, list, PlaceOfRow(block, row), RowText(row));
    PermissionFact& fact = rows_[kind];
    fact.order_places = {PlaceOfRow(block, {block.table.header[1]}),
                         PlaceOfRow(block, {row.begin() + 1, row.end()})};
    if (asks_ && fact.rule.supported && fact.places.size() == 1) {
      fact.places.insert(fact.places.begin(), *asks_);
    }
  }

  void Add(IdentityKind kind, const PermissionList& list, const Place& place,
           const std::string& text) {
    const std::vector<std::string>& permissions = list.permissions;
    if (list.unsure) {
      context_.Warn(place.first_line,
                    "whether the permissions listed here are needed together is not told; they "
                    "are taken so",
                    "where each suffices alone, take out the brackets around them");
    }
    const bool known = rows_.count(kind) > 0;
    PermissionFact& fact = rows_[kind];
    if (permissions.empty() && !HasWord(text, Word::kNotSupported)) {
      context_.Warn(
          place.first_line,
          fmt::format("no permission is seen here; taken as not supported for {}", NameOf(kind)));
    }
    if (known && !permissions.empty()) {
      context_.Warn(place.first_line,
                    fmt::format("more permissions of {}; which of them a call needs depends on "
                                "what it asks for, and all are taken",
                                NameOf(kind)));
    }
    for (const std::string& each : permissions) {
      auto& all = fact.rule.permissions;
      if (std::find(all.begin(), all.end(), each) == all.end()) all.push_back(each);
    }
    fact.rule.supported = !fact.rule.permissions.empty();
    if (!known || !permissions.empty()) fact.places.push_back(place);
  }

  /// Accounts side by side, a row a resource.
  void ReadColumns(const Block& block) {
    const PageTable& table = block.table;
    for (std::size_t i = 0; i < table.header.size(); ++i) {
      const auto kind = AccountIn(table.header[i].Text());
      if (!kind || (i == 0 && table.header.size() > 3)) continue;
      for (const std::vector<Passage>& row : table.rows) {
        if (i >= row.size()) continue;
        const PermissionList list = ReadPermissionList(row[i].Text());
        if (list.permissions.empty() && rows_.count(*kind) > 0) continue;
        Add(*kind, list, PlaceOfRow(block, row), row[i].Text());
      }
      if (rows_.count(*kind) == 0) continue;
      rows_[*kind].order_places = {PlaceOfRow(block, table.header), rows_[*kind].places.back()};
    }
  }

  /// The form of 2016: "One of the following **scopes** is required: *Mail.Read*, *Mail.Send*".
  void ReadText() {
    std::string text;
    std::optional<Place> first;
    for (const Block* block : BlocksOf(context_.page, Section::kPermissions)) {
      const bool read = block->kind == Block::Kind::kParagraph && !block->quoted;
      if (!read || ReadPermissionList(block->passage.Text()).permissions.empty()) continue;
      if (!first) first = PlaceOf(*block);
      text += block->passage.Text() + " ; ";
    }
    if (!first) return;
    Add(IdentityKind::kDelegatedWork, ReadPermissionList(text), *first, text);
    context_.Warn(first->first_line,
                  "permissions are told in running text, not whose; taken for a work or school "
                  "account's, and nothing is said of others");
  }

  void WarnOfNone() {
    const std::vector<const Block*> blocks = BlocksOf(context_.page, Section::kPermissions);
    for (const Block* block : blocks) {
      if (block->kind == Block::Kind::kInclude) return;  // That it is missing was told already.
    }
    const int line = blocks.empty() ? 1 : blocks.front()->passage.first_line;
    context_.Warn(line, blocks.empty() ? "the page has no permissions"
                                       : "no table of permissions is seen in this section");
  }

  const PageContext& context_;
  std::optional<Place> asks_;
  Rows rows_;
};

}  // namespace

std::map<IdentityKind, PermissionFact> ReadPermissions(const PageContext& context) {
  return PermissionReader(context).Read();
}

}  // namespace conform
