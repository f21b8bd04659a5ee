// Names an operation after its path, and what a call of it does.
#pragma once

#include <string>

#include "page/request_reader.h"

namespace conform {

struct OperationName {
  std::string operation;  ///< `deviceManagement.deviceCategories.create`
  std::string clauses;    ///< what its clauses' ids begin with: `device_category_create`.
  std::string effect;     ///< `creates-deviceCategory`; empty where the method is safe.
  std::string noun;       ///< `action`, `function` or `operation`: how sentences call it.
};

/// `lists` tells whether a GET answers with a collection.
OperationName NameOperation(const DocumentedRequest& request, const std::string& title, bool lists);

}  // namespace conform
