// What a first case sends as text or as a form, in YAML.
#pragma once

#include <string>
#include <string_view>

#include "contract/contract.h"

namespace conform {

inline constexpr std::string_view kMultipartType = "multipart/form-data";
/// Of a file, and where no document shows a text.
inline constexpr std::string_view kMadeUpText = "A test's content.";

/// A `${` of a document's own is none of a case's placeholders.
std::string WithoutPlaceholders(std::string text);

/// `{text: a,b}`
std::string RenderTextBody(const std::string& text);

/// `{text: a=1}` or `{multipart: [{name: a, text: "1"}]}`: the documented members, else those that
/// the form requires, else the first. Where it names none one is made up, which a remark tells.
std::string RenderFormBody(const MediaContent& content);

}  // namespace conform
