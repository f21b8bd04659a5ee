#include "contract/page_source_loader.h"

#include <fmt/format.h>

#include "base/date.h"
#include "contract/spelling.h"

namespace conform {
namespace {

constexpr SpellingRule kDaySpelling = {IsDay, "a day", "write it as YYYY-MM-DD, e.g. 2019-01-12"};
constexpr SpellingRule kSha256Spelling = {IsSha256, "a SHA-256",
                                          "write the 64 lower-case digits that sha256sum prints"};

}  // namespace

PageSource LoadPageSource(const YamlContext& context, const YamlEntry& entry,
                          std::string_view edition) {
  MapReader reader(context, entry.value, "source", BlameSpan(entry));
  PageSource page;
  page.title = RequireSpelled(context, reader, "title", kLineSpelling);
  if (reader.Find("document") != nullptr) {
    page.document = RequireSpelled(context, reader, "document", kLineSpelling);
    page.version = RequireSpelled(context, reader, "version", kLineSpelling);
  } else {
    page.repository = RequireSpelled(context, reader, "repository", kLineSpelling);
    page.locale = RequireSpelled(context, reader, "locale", kLineSpelling);
  }
  if (reader.Find("revision") != nullptr) {
    page.revision = RequireSpelled(context, reader, "revision", kLineSpelling);
  }
  const std::string date = RequireSpelled(context, reader, "date", kDaySpelling);
  if (!date.empty()) {
    page.date = *ParseDate(date);
    if (!edition.empty() && date.substr(0, edition.size()) != edition) {
      context.Complain(reader.Find("date")->value.span,
                       fmt::format("the page is of {}, the edition of {}", date, edition),
                       "an edition is named after the month that its page is dated in");
    }
  }
  page.sha256 = RequireSpelled(context, reader, "sha256", kSha256Spelling);
  reader.Finish();
  return page;
}

}  // namespace conform
