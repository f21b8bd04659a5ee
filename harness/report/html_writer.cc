#include "report/html_writer.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "base/xml_escape.h"

namespace conform {
namespace {

/// Where a line feed after the end changes nothing that is seen.
constexpr std::array<std::string_view, 37> kBlocks = {
    "article", "body",       "caption", "dd",      "desc",  "details", "div",  "dl",
    "dt",      "figcaption", "figure",  "footer",  "g",     "h1",      "h2",   "h3",
    "h4",      "head",       "header",  "html",    "li",    "main",    "meta", "nav",
    "ol",      "p",          "pre",     "section", "style", "summary", "svg",  "table",
    "tbody",   "thead",      "title",   "tr",      "ul"};

bool IsBlock(std::string_view tag) {
  return std::find(kBlocks.begin(), kBlocks.end(), tag) != kBlocks.end();
}

}  // namespace

std::string EscapeHtml(std::string_view text) { return EscapeXml(ShowText(text), true, "&#39;"); }

void HtmlWriter::AppendEscaped(std::string_view text) {
  static constexpr auto kPlain = [] {
    std::array<bool, 256> plain{};
    for (unsigned char c = ' '; c <= '~'; ++c) plain[c] = true;
    for (const char c : std::string_view("&<>\"'#")) plain[static_cast<unsigned char>(c)] = false;
    return plain;
  }();
  // Most texts are: a page has thousands of them.
  const bool is_plain = std::all_of(text.begin(), text.end(),
                                    [](char c) { return kPlain[static_cast<unsigned char>(c)]; });
  if (is_plain) {
    html_ += text;
  } else {
    html_ += EscapeHtml(text);
  }
}

void HtmlWriter::Begin(std::string_view tag, HtmlAttributes attributes) {
  html_ += '<';
  html_ += tag;
  for (const HtmlAttribute& attribute : attributes) {
    if (attribute.name.empty()) continue;
    html_ += ' ';
    html_ += attribute.name;
    if (attribute.value.empty()) continue;
    html_ += "=\"";
    AppendEscaped(attribute.value);
    html_ += '"';
  }
  html_ += '>';
}

void HtmlWriter::Close(std::string_view tag) {
  html_ += "</";
  html_ += tag;
  html_ += IsBlock(tag) ? ">\n" : ">";
}

HtmlWriter::Element HtmlWriter::Open(std::string_view tag, HtmlAttributes attributes) {
  Begin(tag, attributes);
  return {*this, tag};
}

void HtmlWriter::Text(std::string_view text) { AppendEscaped(text); }

void HtmlWriter::Leaf(std::string_view tag, std::string_view text, HtmlAttributes attributes) {
  const Element element = Open(tag, attributes);
  Text(text);
}

void HtmlWriter::Void(std::string_view tag, HtmlAttributes attributes) {
  Begin(tag, attributes);
  html_ += '\n';
}

}  // namespace conform
