// Writes HTML: elements are closed by scope, and all that a record says is escaped.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace conform {

/// `text` as the content of an element or of an attribute in double quotes: ShowText, and then
/// `&`, `<`, `>`, `"`, `'` as references.
std::string EscapeHtml(std::string_view text);

/// Names are of our own making; values are escaped. Without a value it is told by its name alone,
/// without a name not at all.
struct HtmlAttribute {
  std::string_view name;
  std::string_view value;
};
using HtmlAttributes = std::initializer_list<HtmlAttribute>;

/// Tags are of our own making. After the end of a block stands a line feed.
class HtmlWriter {
 public:
  /// Ends its element when it goes out of scope; the writer outlives it.
  class [[nodiscard]] Element {
   public:
    Element(HtmlWriter& writer, std::string_view tag) : writer_(writer), tag_(tag) {}
    ~Element() { writer_.Close(tag_); }
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;

   private:
    HtmlWriter& writer_;
    std::string_view tag_;
  };

  /// `tag` outlives the element.
  Element Open(std::string_view tag, HtmlAttributes attributes = {});
  void Text(std::string_view text);
  /// An element that holds nothing but text.
  void Leaf(std::string_view tag, std::string_view text, HtmlAttributes attributes = {});
  /// An element that never has an end tag: `meta`.
  void Void(std::string_view tag, HtmlAttributes attributes);
  /// What another writer wrote, or markup of our own: not escaped.
  void Markup(std::string_view html) { html_ += html; }

  const std::string& html() const { return html_; }
  /// Leaves none here.
  std::string TakeHtml() { return std::move(html_); }
  /// Room for so many more bytes: of a large page each growth is a copy.
  void Reserve(std::size_t bytes) { html_.reserve(html_.size() + bytes); }

 private:
  void AppendEscaped(std::string_view text);
  void Begin(std::string_view tag, HtmlAttributes attributes);
  void Close(std::string_view tag);

  std::string html_;
};

}  // namespace conform
