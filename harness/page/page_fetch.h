// Reads a page's bytes, from a file or over HTTPS.
#pragma once

#include <string>

#include "base/error.h"
#include "base/proxy.h"
#include "page/page_loader.h"

namespace conform {

/// A URL, as opposed to a path.
bool IsUrl(const std::string& place);

/// What a server says of the version of a page: for asking only whether there is another.
struct PageTags {
  std::string etag;
  std::string last_modified;
};

struct FetchedPage {
  std::string bytes;
  std::string address;     ///< where it was read in the end.
  PageTags tags = {};      ///< of the page as it is now.
  bool unchanged = false;  ///< it is the version asked of: no bytes came (RFC 9110 §15.4.5).
};

/// Why the address `from` may not send its reader to `to`; empty: it may. A page of the web is no
/// way into the machine, and what was asked for in secret is not asked for in the open.
std::string DescribeRedirection(const std::string& from, const std::string& to);

/// Of at most kMaxSourceBytes, whole within a minute. A page of github.com's viewer is read where
/// its raw text lies. Plain http reaches loopback alone, redirections are followed five times, each
/// to https or loopback, never from https to http, nor from elsewhere to loopback. With `known`
/// tags the page comes only where it is another. `variables` may name a proxy. Errors: no answer,
/// another status than 200, HTML, too large.
Expected<FetchedPage> FetchPage(const std::string& url, const VariableLookup& variables,
                                const PageTags& known = {});

/// Errors: absent, no file, unreadable, too large.
Expected<FetchedPage> ReadPageFile(const std::string& path);

/// INCLUDE files of the page that was read at `address`: Markdown of at most 1 MiB, of a path
/// beside it or above, of a URL at relative addresses of the same origin; an answer that redirects
/// is none.
OpenInclude IncludesOf(const std::string& address, const VariableLookup& variables);

}  // namespace conform
