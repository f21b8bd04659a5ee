// Whether an archive has the one form that WriteZip gives its files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bundle/zip_reader.h"

namespace conform {

/// What of `archive`, of which `contents` were read, is not as WriteZip writes the same files
/// sorted by name: one sentence each; none where every byte is. A file that is not intact is told
/// by ZipMember alone, and so is what it does to its header.
std::vector<std::string> DescribeForm(std::string_view archive, const ZipContents& contents);

}  // namespace conform
