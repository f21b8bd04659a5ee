// Finds what looks like a token in text, known or not.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace conform {

/// A stretch of bytes.
struct TokenShape {
  std::size_t begin = 0;
  std::size_t length = 0;
};

/// JSON Web Tokens (`eyJ….….…`, RFC 7519 and 7516) and what follows the word Bearer as RFC 6750
/// §2.1 writes it, in the order of each kind. Not what follows Bearer in a challenge
/// (`Bearer realm=""`) or in a sentence (`a Bearer token`). Also the `user:password` of an address
/// (RFC 3986 §3.2.1).
std::vector<TokenShape> FindTokenShapes(std::string_view text);

/// The last kind alone.
std::vector<TokenShape> FindSignIns(std::string_view text);

/// Where at the end of `text` a token may have begun that more bytes would show or lengthen; its
/// size where none may.
std::size_t FindTokenStart(std::string_view text);

/// Where at the end of `text` a JSON Web Token begins, which the end cuts; its size where none
/// does.
std::size_t FindCutJwt(std::string_view text);

}  // namespace conform
