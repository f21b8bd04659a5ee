#include "report/html_page.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "report/html_style.h"
#include "report/html_writer.h"

namespace conform {
namespace {

std::string StyleSource(std::string_view style) {
  return fmt::format("'sha256-{}'", Base64(Sha256(style)));
}

/// Only these style sheets, told by their digests, and nothing else at all.
std::string Policy(std::string_view more_style) {
  std::string sources = StyleSource(kHtmlStyle);
  if (!more_style.empty()) sources += " " + StyleSource(more_style);
  return fmt::format("default-src 'none'; style-src {}; base-uri 'none'; form-action 'none'",
                     sources);
}

constexpr std::size_t kRoomForHead = 1'024;

}  // namespace

std::string RenderPage(std::string_view title, std::string_view body, std::string_view more_style) {
  HtmlWriter out;
  out.Reserve(body.size() + more_style.size() + kHtmlStyle.size() + kRoomForHead);
  out.Markup("<!DOCTYPE html>\n");
  {
    const auto html = out.Open("html", {{"lang", "en"}});
    {
      const auto head = out.Open("head");
      out.Void("meta", {{"charset", "utf-8"}});
      out.Void("meta",
               {{"http-equiv", "Content-Security-Policy"}, {"content", Policy(more_style)}});
      out.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
      out.Void("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
      out.Leaf("title", title);
      {
        const auto style = out.Open("style");
        out.Markup(kHtmlStyle);
      }
      if (!more_style.empty()) {
        const auto style = out.Open("style");
        out.Markup(more_style);
      }
    }
    const auto whole = out.Open("body");
    out.Markup(body);
  }
  return out.TakeHtml();
}

}  // namespace conform
