// The facts that a contract file states: each must have a clause, and says whom that clause binds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.h"
#include "contract/clause.h"

namespace conform {

/// A fact by the name that `about:` uses: `method`, `headers.Accept`, `responses.204`, `notes.1`.
struct Fact {
  std::string name;
  Span span;
};

class FactList {
 public:
  void Add(std::string name, const Span& span) { facts_.push_back({std::move(name), span}); }

  const std::vector<Fact>& facts() const { return facts_; }
  bool Has(std::string_view name) const;
  /// Of the fact of that name; line 0 where there is none.
  Span SpanOf(std::string_view name) const;
  std::vector<std::string_view> Names() const;

 private:
  std::vector<Fact> facts_;
};

/// Whom clauses about a fact may bind. Method, path, server, parameters, Authorization, permissions
/// and responses bind the service; other header fields and the request body the client; the
/// licence the tenant; maturity, clouds and notes nobody. An effect binds the service, or nobody
/// where the page only hints at it.
std::vector<Binds> AllowedBinds(std::string_view fact);

}  // namespace conform
