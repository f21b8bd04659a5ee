#include "report/html_page.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "report/html_style.h"
#include "report/html_writer.h"

namespace conform {
namespace {

/// Only this style sheet, told by its digest, and nothing else at all.
std::string Policy() {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
      Base64(Sha256(kHtmlStyle)));
}

}  // namespace

std::string RenderPage(std::string_view title, std::string_view body) {
  HtmlWriter out;
  out.Markup("<!DOCTYPE html>\n");
  {
    const auto html = out.Open("html", {{"lang", "en"}});
    {
      const auto head = out.Open("head");
      out.Void("meta", {{"charset", "utf-8"}});
      out.Void("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", Policy()}});
      out.Void("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
      out.Void("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
      out.Leaf("title", title);
      const auto style = out.Open("style");
      out.Markup(kHtmlStyle);
    }
    const auto whole = out.Open("body");
    out.Markup(body);
  }
  return out.html();
}

}  // namespace conform
