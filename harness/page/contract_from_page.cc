#include "page/contract_from_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "base/utf8.h"
#include "page/body_reader.h"
#include "page/clause_list.h"
#include "page/example_reader.h"
#include "page/header_reader.h"
#include "page/operation_name.h"
#include "page/page_words.h"
#include "page/parameter_reader.h"
#include "page/permission_reader.h"
#include "page/plain_text.h"
#include "page/request_clauses.h"
#include "page/response_clauses.h"
#include "page/response_reader.h"
#include "page/sections.h"
#include "page/surroundings_reader.h"

namespace conform {
namespace {

std::string KindOfPage(const Page& page) {
  const std::string type = ToLower(page.front_matter.Get("doc_type"));
  if (type.find("resource") != std::string::npos) return "a resource type";
  if (type.find("concept") != std::string::npos) return "a concept";
  if (type.find("enum") != std::string::npos) return "an enumeration";
  for (const Block& block : page.blocks) {
    if (block.kind != Block::Kind::kHeading) continue;
    const std::string title = ToLower(block.passage.Text());
    if (title.find("resource type") != std::string::npos) return "a resource type";
    if (title.find("enum") != std::string::npos) return "an enumeration";
    if (block.anchor == "methods" || title == "methods" || title == "json representation") {
      return "a resource type";
    }
  }
  return "a concept, or something else that is called by no request";
}

/// `sync action` alone does not tell whose; the path does.
std::string TitleOf(const Page& page, const DocumentedRequest& request) {
  std::string title = ShowLine(WithoutMarks(page.Title()));
  if (title.empty()) title = request.method + " " + request.lines.front().line.path;
  const std::string lower = ToLower(title);
  const bool bare = (lower.ends_with(" action") || lower.ends_with(" function")) &&
                    std::count(title.begin(), title.end(), ' ') == 1;
  const std::string& path = request.lines.front().line.path;
  const std::size_t last = path.rfind('/');
  if (!bare || last == 0 || last == std::string::npos) return title;
  const std::size_t before = path.rfind('/', last - 1);
  const std::string owner = path.substr(before + 1, last - before - 1);
  return owner.find('{') != std::string::npos ? title : owner + " " + title;
}

PageSource SourceOf(const PageContext& context, const ImportOptions& options) {
  const Page& page = context.page;
  PageSource source;
  source.locale = ShowLine(page.Locale());
  source.repository = options.repository;
  if (source.repository.empty()) {
    source.repository = source.locale == "en-US"
                            ? "microsoftgraph/microsoft-graph-docs-contrib"
                            : "microsoftgraph/microsoft-graph-docs." + source.locale;
  }
  source.revision = options.revision.empty() ? ShowLine(page.front_matter.Get("ms.sourcegitcommit"))
                                             : options.revision;
  source.sha256 = page.sha256;
  const auto told = ReadDay(page);
  source.date = options.day ? *options.day : told.value_or(options.today);
  if (!options.day && !told) {
    context.Warn(1, fmt::format("the page bears no date; {} is taken", FormatDate(source.date)),
                 "say --date YYYY-MM-DD");
  }
  return source;
}

bool IsCollection(const Page& page, const Examples& examples) {
  if (examples.response && examples.response->collection) return true;
  const std::string title = ToLower(page.Title());
  if (title.starts_with("list ")) return true;
  if (title.starts_with("get ") && title.find("list") == std::string::npos) return false;
  for (const Block* block : BlocksOf(page, Section::kResponse)) {
    if (block->kind == Block::Kind::kParagraph) {
      return HasWord(block->passage.Text(), Word::kCollection);
    }
  }
  return false;
}

std::string EditionOf(std::chrono::sys_days day) { return FormatDate(day).substr(0, 7); }

}  // namespace

Expected<Contract> ContractFromPage(const Page& page, const ImportOptions& options,
                                    Diagnostics& diagnostics) {
  const PageContext context{page, diagnostics};
  const auto request = ReadDocumentedRequest(context);
  if (!request) {
    return Fail(fmt::format("{}: the page describes no operation: it is {}", page.address,
                            KindOfPage(page)));
  }
  const Examples examples = ReadExamples(context, *request);
  const OperationName name = NameOperation(*request, page.Title(), IsCollection(page, examples));
  Contract contract;
  contract.operation = name.operation;
  contract.page = SourceOf(context, options);
  contract.page.title = TitleOf(page, *request);
  contract.edition = EditionOf(contract.page.date);
  ClauseList clauses(page, name.clauses);
  ContractDraft draft{context, *request, examples, name, contract, clauses};
  AddRequestFacts(draft);
  AddResponseFacts(draft);
  AddSurroundings(draft);
  contract.clauses = clauses.Take();
  return contract;
}

}  // namespace conform
