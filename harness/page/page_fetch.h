// Reads a page's bytes, from a file or over HTTPS.
#pragma once

#include <string>

#include "base/error.h"

namespace conform {

/// A URL, as opposed to a path.
bool IsUrl(const std::string& place);

struct FetchedPage {
  std::string bytes;
  std::string address;  ///< where it was read in the end.
};

/// Of at most kMaxSourceBytes. A page of github.com's viewer is read where its raw text lies.
/// Plain http reaches loopback alone, redirections are followed five times, each to https or
/// loopback. Errors: no answer, another status than 200, HTML, too large.
Expected<FetchedPage> FetchPage(const std::string& url);

/// Errors: absent, no file, unreadable, too large.
Expected<FetchedPage> ReadPageFile(const std::string& path);

}  // namespace conform
