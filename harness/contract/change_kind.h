// What a change between two editions means for a client.
#pragma once

#include <array>
#include <string_view>

namespace conform {

/// The weightiest first.
enum class ChangeKind {
  kBreaking,        ///< a client that kept to the earlier edition may fail.
  kUnclassified,    ///< it differs, and no rule says what that means.
  kAnswerToHandle,  ///< a call may be answered in a way that was not promised.
  kWidening,        ///< a client may do, or count on, more.
  kEditorial,       ///< told otherwise; nothing else to a client.
};

inline constexpr std::array kChangeKinds = {ChangeKind::kBreaking, ChangeKind::kUnclassified,
                                            ChangeKind::kAnswerToHandle, ChangeKind::kWidening,
                                            ChangeKind::kEditorial};

/// `breaking`, `unclassified`, `answer to handle`, `widening`, `editorial`.
constexpr std::string_view NameOf(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::kBreaking:
      return "breaking";
    case ChangeKind::kUnclassified:
      return "unclassified";
    case ChangeKind::kAnswerToHandle:
      return "answer to handle";
    case ChangeKind::kWidening:
      return "widening";
    case ChangeKind::kEditorial:
      return "editorial";
  }
  return "";
}

}  // namespace conform
