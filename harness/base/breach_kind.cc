#include "base/breach_kind.h"

#include <algorithm>

namespace conform {

std::string BreachKind(std::string_view subject) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::size_t named = std::min(subject.find('/'), subject.size());
  std::string kind(subject.substr(0, named));
  subject.remove_prefix(named);
  while (!subject.empty()) {
    subject.remove_prefix(1);
    const std::string_view part = subject.substr(0, subject.find('/'));
    const bool place = !part.empty() && std::all_of(part.begin(), part.end(), is_digit);
    kind.append("/").append(place ? "*" : part);
    subject.remove_prefix(part.size());
  }
  return kind;
}

bool NamesBreach(std::string_view named, std::string_view subject) {
  return named == subject || named == BreachKind(subject);
}

}  // namespace conform
