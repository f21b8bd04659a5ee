// Writes the first cases of a contract.
#pragma once

#include <string>
#include <vector>

#include "contract/contract.h"

namespace conform {

struct CaseFile {
  std::string name;  ///< `documented_request.yaml`
  std::string text;
};

/// The documented request, one without a token, one with a malformed one, one of each account that
/// the operation does not support, and one without each parameter that it requires. Of a contract
/// taken from an API description only the refusals that it promises: without token or key, without
/// a required parameter, and where it names 415 and 412 with content of another media type and with
/// another entity tag. `example` is the path and query of a request that the page shows; empty
/// where it shows none. Cases of a page that say who may call, or what is answered, are tied to the
/// edition.
std::vector<CaseFile> ScaffoldCases(const Contract& contract, const std::string& example);

}  // namespace conform
