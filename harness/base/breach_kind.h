// The place of what is broken, without what differs from answer to answer.
#pragma once

#include <string>
#include <string_view>

namespace conform {

/// A finding's subject, or a JSON pointer, with `*` for the place in a list: `body/value/*/id` of
/// `body/value/3/id`. By it the same breach is known again in an answer whose items stand in
/// another order.
std::string BreachKind(std::string_view subject);
/// Whether `named`, a subject or a kind of subjects, is that of `subject`.
bool NamesBreach(std::string_view named, std::string_view subject);

}  // namespace conform
