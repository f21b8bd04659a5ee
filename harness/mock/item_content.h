// The item that a request's content describes.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>

#include "contract/contract.h"
#include "mock/mock_request.h"

namespace conform {

/// The content's members, those of the wrong type (of the schema's `properties`) told as an error.
tl::expected<nlohmann::json, std::string> ReadItem(const Contract& contract,
                                                   const MockRequest& request);
/// Gives every property of the schema that `item` lacks its empty value: null, or a list.
void FillItem(const Contract& contract, nlohmann::json& item);

}  // namespace conform
