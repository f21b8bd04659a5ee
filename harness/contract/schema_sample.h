// A value that fits a JSON Schema, for what is documented without an example.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "contract/contract.h"

namespace conform {

/// By constant, example, default, first choice that fits, or type, within what bounds it; members
/// that are required. An example is taken as it is, where it can be of the type. No `if`,
/// `contains` or `propertyNames` is kept, and not every `pattern`, `not` or `oneOf`. `{}` where
/// `schema` is no object, and in place of what would be more than 1,000 values.
nlohmann::json SampleOf(const nlohmann::json& schema);

/// What a call sends for a parameter, before it is percent-encoded. Of a list in path or field all
/// items, joined by commas; in query or cookie the first, since each has the name before it there.
/// `text` where its schema tells nothing.
std::string SampleText(const Parameter& parameter);

/// What a schema, and all parts of its `allOf`, say of an object's members: schemas by name.
nlohmann::json MembersOf(const nlohmann::json& schema);

/// What a form sends: the documented members, else those that it requires, else the first; `{}`
/// where it names none. A list has an item: of none nothing would be sent.
nlohmann::json FormSampleOf(const MediaContent& content);

inline constexpr std::string_view kFormType = "application/x-www-form-urlencoded";

/// The documented example as it is sent, else one by the schema; `{}` where there is neither. A
/// text that is not JSON stands as it is; of a form each member has its name before it, and each
/// item of a list.
std::string ExampleText(const MediaContent& content);

/// Whether the content has a schema of JSON. What may come in any media type is JSON where its
/// example is a list or an object, and JSON is asked for.
bool PromisesJson(const MediaContent& content);

}  // namespace conform
