#include "page/inline_reader.h"

#include <algorithm>
#include <memory>

#include "base/json_text.h"
#include "page/html_text.h"
#include "page/plain_text.h"

namespace conform {
namespace {

struct IteratorDeleter {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

/// Whose text a stretch is.
enum class Voice { kPage, kTranslation, kLookup, kEnglish };

struct Frame {
  Voice voice = Voice::kPage;
  std::string id;
};

struct Stretch {
  Frame frame;
  std::string text;
};

Frame FrameOf(const HtmlTag& tag, const Frame& outer) {
  const auto value = [&tag](const char* name) {
    const auto found = tag.attributes.find(name);
    return found == tag.attributes.end() ? std::string() : found->second;
  };
  if (const std::string id = value("data-stu-id"); !id.empty()) return {Voice::kEnglish, id};
  if (const std::string id = value("data-ttu-id"); !id.empty()) return {Voice::kTranslation, id};
  if (value("class") == "sxs-lookup") return {Voice::kLookup, ""};
  return outer;
}

class InlineReader {
 public:
  void Enter(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_TEXT:
        AddText(Literal(node));
        break;
      case CMARK_NODE_CODE:
        Add("`" + std::string(Literal(node)) + "`");
        break;
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK:
        Add(" ");
        break;
      case CMARK_NODE_HTML_INLINE:
        AddHtml(Literal(node));
        break;
      default:
        AddMark(node, /*enters=*/true);
    }
  }

  void Leave(cmark_node* node) { AddMark(node, /*enters=*/false); }

  InlineText Take() {
    const auto spoken = [this](Voice voice) {
      return std::any_of(stretches_.begin(), stretches_.end(),
                         [voice](const Stretch& each) { return each.frame.voice == voice; });
    };
    const Voice wanted = spoken(Voice::kEnglish)       ? Voice::kEnglish
                         : spoken(Voice::kTranslation) ? Voice::kTranslation
                                                       : Voice::kPage;
    for (const Stretch& stretch : stretches_) {
      const Voice voice = stretch.frame.voice;
      if (voice != wanted && voice != Voice::kPage) continue;
      // Outside of the spans stand only gaps and the marks of links, or what nobody translated.
      if (voice != wanted && WithoutMarks(stretch.text).empty()) continue;
      const std::string text = CollapseSpace(stretch.text);
      if (!text.empty()) result_.sentences.push_back({stretch.frame.id, text});
    }
    return std::move(result_);
  }

 private:
  static std::string_view Literal(cmark_node* node) {
    const char* text = cmark_node_get_literal(node);
    return text == nullptr ? std::string_view{} : std::string_view(text);
  }

  void Add(std::string_view text) {
    const Frame frame = frames_.empty() ? Frame{} : frames_.back();
    const bool same = !stretches_.empty() && stretches_.back().frame.voice == frame.voice &&
                      stretches_.back().frame.id == frame.id;
    if (!same) stretches_.push_back({frame, ""});
    stretches_.back().text += text;
  }

  void AddText(std::string_view text) {
    if (text.starts_with(":::")) return;  // A zone's or row's fence.
    const std::string lower = ToLower(text);
    include_begins_ = lower.find("[!include") != std::string::npos;
    Add(text);
  }

  void AddHtml(std::string_view html) {
    if (html.starts_with("<!--")) {
      nlohmann::json comment = ReadComment(html);
      if (!comment.is_null()) result_.comments.push_back(std::move(comment));
      return;
    }
    const HtmlTag tag = ReadTag(html);
    if (tag.name.empty()) return Add(html);
    if (tag.name == "br") return Add(" ");
    if (tag.name == "a" && tag.attributes.count("name") > 0 && result_.anchor.empty()) {
      result_.anchor = tag.attributes.at("name");
    }
    if (tag.name != "span") return;
    if (!tag.closing) {
      frames_.push_back(FrameOf(tag, frames_.empty() ? Frame{} : frames_.back()));
    } else if (!frames_.empty()) {
      frames_.pop_back();
    }
  }

  void AddMark(cmark_node* node, bool enters) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_EMPH) return Add("*");
    if (type == CMARK_NODE_STRONG) return Add("**");
    if (type != CMARK_NODE_LINK) return;
    const char* address = cmark_node_get_url(node);
    const std::string url = address == nullptr ? "" : address;
    if (result_.link.empty()) result_.link = url;
    if (enters) {
      if (include_begins_) AddInclude(node, url);
      Add("[");
    } else {
      Add("](" + url + ")");
    }
  }

  void AddInclude(cmark_node* node, const std::string& path) {
    include_begins_ = false;
    for (const Sentence& known : result_.includes) {
      if (known.text == path) return;
    }
    cmark_node* name = cmark_node_first_child(node);
    result_.includes.push_back({name == nullptr ? "" : std::string(Literal(name)), path});
  }

  InlineText result_;
  std::vector<Frame> frames_;
  std::vector<Stretch> stretches_;
  bool include_begins_ = false;
};

}  // namespace

nlohmann::json ReadComment(std::string_view html) {
  const std::size_t begin = html.find('{');
  const std::size_t end = html.rfind('}');
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) {
    return nullptr;
  }
  const std::string_view text = html.substr(begin, end - begin + 1);
  nlohmann::json value = nlohmann::json::parse(JsonText(text), nullptr, /*allow_exceptions=*/false,
                                               /*ignore_comments=*/true);
  return value.is_object() ? value : nlohmann::json(nullptr);
}

InlineText ReadInline(cmark_node* node) {
  InlineReader reader;
  const std::unique_ptr<cmark_iter, IteratorDeleter> iterator(cmark_iter_new(node));
  for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    cmark_node* at = cmark_iter_get_node(iterator.get());
    if (at == node) continue;
    if (event == CMARK_EVENT_ENTER) {
      reader.Enter(at);
    } else {
      reader.Leave(at);
    }
  }
  return reader.Take();
}

}  // namespace conform
