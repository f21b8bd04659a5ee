// APIs described by OpenAPI documents of testdata/, imported into a folder of their own, for peers
// that read our export.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "testing/peers/peer.h"

namespace conform {

/// Each test has an empty folder, in which the program runs.
class DescribedApi : public PeerTest {
 protected:
  DescribedApi();
  ~DescribedApi() override;

  ProgramResult Conform(std::vector<std::string> arguments) const;
  /// Contracts and first cases of a document of testdata/openapi.
  void Import(const std::string& document) const;
  /// Those contracts as OpenAPI, paths below the server's as their own: Prism and Dredd go by the
  /// paths alone.
  nlohmann::json Exported() const;
  std::string Write(const std::string& name, const nlohmann::json& json) const;
  /// Outcomes by test of what a run left in that folder, and the clauses that were broken.
  std::map<std::string, std::string> OutcomesIn(const std::string& reports) const;

  std::filesystem::path folder_;
};

}  // namespace conform
