// References to what lies elsewhere, as answers give them (RFC 3986 §4).
#pragma once

#include <string>
#include <string_view>

namespace conform {

/// Whether it names a server, by a scheme or by `//` (RFC 3986 §4.2).
bool NamesServer(std::string_view reference);

/// The request-target that a reference without a server stands for in the answer to `asked`, a
/// request-target (RFC 3986 §5.2). One that begins at the root is taken as it stands.
std::string TargetOfReference(std::string_view reference, std::string_view asked);

}  // namespace conform
