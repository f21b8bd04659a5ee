// How a struct's members are told by the names they have in JSON: one table, read in both
// directions.
#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace conform {

/// Whether a member is written where it is empty or zero; one that is not may be absent.
enum class Presence { kAlways, kUnlessEmpty };

/// One member.
template <typename Record, typename Member>
struct MemberField {
  std::string_view name;
  Member Record::*member;
  Presence presence;
  /// Its texts, however deep in it, come from the wire or quote what did: secrets in them are
  /// masked. Other texts are names, by which something is found again.
  bool masked = false;
};

template <typename Record, typename Member>
constexpr auto Always(std::string_view name, Member Record::*member) {
  return MemberField<Record, Member>{name, member, Presence::kAlways};
}

template <typename Record, typename Member>
constexpr auto UnlessEmpty(std::string_view name, Member Record::*member) {
  return MemberField<Record, Member>{name, member, Presence::kUnlessEmpty};
}

/// Not for a list that others share, whose texts are not changed.
template <typename Record, typename Member>
constexpr auto Masked(MemberField<Record, Member> field) {
  field.masked = true;
  return field;
}

template <typename T>
inline constexpr auto kFields = nullptr;

/// Types whose members are told here.
template <typename T>
concept HasFields = !std::is_same_v<decltype(kFields<T>), const std::nullptr_t>;

/// Calls `visit` with each field of T in turn until it answers false, and returns its last answer.
template <HasFields T, typename Visit>
constexpr bool VisitFields(Visit visit) {
  return std::apply([&](const auto&... field) { return (visit(field) && ...); }, kFields<T>);
}

}  // namespace conform
