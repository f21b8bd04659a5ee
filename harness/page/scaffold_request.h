// The request of a first case, as YAML.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "contract/contract.h"
#include "page/request_line.h"

namespace conform {

/// How a request departs from the documented one.
struct RequestChange {
  bool token = true;       ///< false: none is sent.
  std::string left_out;    ///< a parameter; empty: none.
  std::string media_type;  ///< in place of the documented; empty: that.
  std::string if_match;    ///< in place of the documented tag; empty: that.
};

/// Writes requests of one contract. The contract outlives it.
class ScaffoldRequest {
 public:
  /// `example` is the path and query of a request that the page shows; empty where it shows none.
  /// Of an API description the parameters' schemas hold the examples.
  ScaffoldRequest(const Contract& contract, const std::string& example);

  /// `request:` and what stands below it, each line ended.
  std::string Render(const RequestChange& change) const;

 private:
  bool IsDescribed() const { return !contract_.page.document.empty(); }
  std::string PagePath() const;
  std::string DescribedPath() const;
  std::string PathRemark() const;
  std::string QueryValue(const Parameter& parameter) const;
  std::string FieldValue(const Parameter& parameter, const RequestChange& change) const;
  bool IsSent(const Parameter& parameter, const RequestChange& change) const;
  void AppendQuery(const RequestChange& change, std::string& text) const;
  void AppendHeaders(const RequestChange& change, std::string& text) const;
  std::string MediaType(const RequestChange& change) const;
  bool SendsContent() const;
  std::string Body(const RequestChange& change) const;

  const Contract& contract_;
  std::optional<DocumentedLine> example_;
};

}  // namespace conform
