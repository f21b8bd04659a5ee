// A contract while it is being made.
#pragma once

#include "contract/contract.h"
#include "page/clause_list.h"
#include "page/example_reader.h"
#include "page/operation_name.h"
#include "page/page_context.h"

namespace conform {

struct ContractDraft {
  const PageContext& context;
  const DocumentedRequest& request;
  const Examples& examples;
  const OperationName& name;
  Contract& contract;
  ClauseList& clauses;
  Place server_place = {};  ///< where the API version was read.
};

}  // namespace conform
