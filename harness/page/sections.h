// Says which part of a page each block belongs to.
#pragma once

#include <vector>

#include "page/page.h"

namespace conform {

/// By the headings, in whatever language they are.
void AssignSections(std::vector<Block>& blocks);

/// Those of one section, in page order, headings left out.
std::vector<const Block*> BlocksOf(const Page& page, Section section);

}  // namespace conform
