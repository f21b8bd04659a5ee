#include "page/request_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "contract/spelling.h"
#include "page/plain_text.h"
#include "page/sections.h"

namespace conform {
namespace {

constexpr std::string_view kHost = "https://graph.microsoft.com";

std::vector<PlacedRequest> RequestsIn(const Block& block) {
  std::vector<PlacedRequest> requests;
  int number = block.passage.first_line;
  for (const std::string& text : LinesOf(block.code)) {
    if (auto line = ReadDocumentedLine(text)) {
      requests.push_back({*std::move(line),
                          PlaceOfLine(block, block.included ? block.passage.first_line : number)});
    }
    ++number;
  }
  return requests;
}

/// Those in code blocks; where there is none, those in back-ticks of the text.
std::vector<PlacedRequest> RequestsIn(const std::vector<const Block*>& blocks) {
  std::vector<PlacedRequest> requests;
  for (const Block* block : blocks) {
    if (block->kind != Block::Kind::kCode) continue;
    for (PlacedRequest& request : RequestsIn(*block)) requests.push_back(std::move(request));
  }
  if (!requests.empty()) return requests;
  for (const Block* block : blocks) {
    const std::string text = block->passage.Text();
    for (std::size_t open = text.find('`'); open != std::string::npos;) {
      const std::size_t close = text.find('`', open + 1);
      if (close == std::string::npos) break;
      if (auto line = ReadDocumentedLine(text.substr(open + 1, close - open - 1))) {
        requests.push_back({*std::move(line), PlaceOf(*block)});
      }
      open = text.find('`', close + 1);
    }
  }
  return requests;
}

std::string TypeOf(const Page& page) { return ToLower(page.front_matter.Get("doc_type")); }

/// Requests shown as examples, where a page that calls itself an operation's has no other.
std::vector<PlacedRequest> ExampleRequests(const PageContext& context) {
  std::vector<PlacedRequest> requests;
  if (TypeOf(context.page).find("apipage") == std::string::npos) return requests;
  for (const Block& block : context.page.blocks) {
    if (block.kind != Block::Kind::kCode || !requests.empty()) continue;
    requests = RequestsIn(block);
  }
  if (!requests.empty()) {
    context.Warn(requests.front().place.first_line,
                 "no section on the HTTP request; the first example's is taken");
  }
  return requests;
}

bool IsOtherKind(const Page& page) {
  const std::string type = TypeOf(page);
  return !type.empty() && type.find("apipage") == std::string::npos &&
         (type.find("resource") != std::string::npos || type.find("concept") != std::string::npos ||
          type.find("enum") != std::string::npos);
}

}  // namespace

std::optional<DocumentedRequest> ReadDocumentedRequest(const PageContext& context) {
  if (IsOtherKind(context.page)) return std::nullopt;
  std::vector<PlacedRequest> found = RequestsIn(BlocksOf(context.page, Section::kHttpRequest));
  if (found.empty()) found = ExampleRequests(context);
  DocumentedRequest request;
  std::set<std::string> seen;
  std::set<std::string> others;
  for (PlacedRequest& each : found) {
    if (each.line.path.empty()) {
      context.Warn(each.place.first_line, "the path of this request is not understood");
      continue;
    }
    if (request.method.empty()) request.method = each.line.method;
    if (each.line.method != request.method) {
      if (others.insert(each.line.method).second) {
        context.Warn(each.place.first_line,
                     fmt::format("{} is another operation than {}, and is left out",
                                 each.line.method, request.method),
                     "a contract is of one method");
      }
      continue;
    }
    if (seen.insert(each.line.path).second) request.lines.push_back(std::move(each));
  }
  if (request.lines.empty()) return std::nullopt;
  return request;
}

ServerFact ReadServer(const PageContext& context, const DocumentedRequest& request) {
  const Page& page = context.page;
  std::vector<PlacedRequest> shown;
  for (const Block& block : page.blocks) {
    if (block.kind != Block::Kind::kCode) continue;
    for (PlacedRequest& each : RequestsIn(block)) shown.push_back(std::move(each));
  }
  for (const PlacedRequest& each : shown) {
    if (each.line.version.empty() || each.line.method != request.method) continue;
    if (!each.line.host.empty() && !each.line.host.starts_with("graph.")) continue;
    const std::string host =
        each.line.host.empty() ? std::string(kHost) : "https://" + each.line.host;
    const std::string address = fmt::format("{}/{}", host, each.line.version);
    if (IsServerAddress(address)) return {address, each.place};
  }
  const Place at_request = request.lines.front().place;
  for (const std::string version : {"beta", "v1.0"}) {
    if (page.address.find("/" + version + "/") != std::string::npos) {
      return {fmt::format("{}/{}", kHost, version), at_request};
    }
  }
  for (const Block& block : page.blocks) {
    const bool said =
        block.include_path.find("beta-disclaimer") != std::string::npos ||
        (block.section == Section::kIntroduction && block.kind == Block::Kind::kParagraph &&
         block.passage.Text().find("/beta") != std::string::npos);
    if (said) return {fmt::format("{}/beta", kHost), PlaceOf(block)};
  }
  context.Warn(at_request.first_line, "no API version is named; v1.0 is taken");
  return {fmt::format("{}/v1.0", kHost), at_request};
}

}  // namespace conform
