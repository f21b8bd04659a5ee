#include <fmt/format.h>

#include "mock/fault_tables.h"

namespace conform {
namespace {

void AddLine(WireAnswer& answer, std::string_view line) {
  answer.field_lines.insert(answer.field_lines.begin(), std::string(line));
}

std::string StatusLine(const WireAnswer& answer, std::string_view version, std::string_view code) {
  return fmt::format("{} {} {}\r\n", version, code, ReasonPhrase(answer.status));
}

std::vector<Fault> VersionFaults() {
  return {
      {"wire_version_malformed",
       "The version is written http/1.1.",
       {"http.wire.version_malformed"},
       +[](WireAnswer& answer) {
         answer.status_line = StatusLine(answer, "http/1.1", std::to_string(answer.status));
         CloseAfter(answer);
       }},
      {"wire_unknown_major_version",
       "The version is HTTP/2.0 in the form of HTTP/1.",
       {"http.wire.unknown_major_version"},
       +[](WireAnswer& answer) {
         answer.status_line = StatusLine(answer, "HTTP/2.0", std::to_string(answer.status));
         CloseAfter(answer);
       }},
      {"wire_unknown_minor_version",
       "The version is HTTP/1.2.",
       {"http.wire.unknown_minor_version"},
       +[](WireAnswer& answer) {
         answer.status_line = StatusLine(answer, "HTTP/1.2", std::to_string(answer.status));
       }},
      {"wire_status_line_malformed",
       "The answer begins with ICY instead of a version.",
       {"http.wire.status_line_malformed"},
       +[](WireAnswer& answer) {
         answer.status_line = StatusLine(answer, "ICY", std::to_string(answer.status));
         CloseAfter(answer);
       }},
  };
}

std::vector<Fault> StatusFaults() {
  return {
      {"wire_status_line_white_space",
       "Two spaces stand before the status code.",
       {"http.wire.status_line_white_space"},
       +[](WireAnswer& answer) {
         answer.status_line = StatusLine(answer, "HTTP/1.1 ", std::to_string(answer.status));
       }},
      {"wire_status_not_three_digits",
       "The status code has the letter O for a digit.",
       {"http.wire.status_not_three_digits"},
       +[](WireAnswer& answer) {
         answer.status_line = StatusLine(answer, "HTTP/1.1", "2O4");
         CloseAfter(answer);
       }},
      {"wire_status_out_of_range",
       "The status code is 999, but for the front end's 411.",
       {"http.wire.status_out_of_range", "about:responses"},
       +[](WireAnswer& answer) {
         if (answer.status == 411) return;
         answer.status_line = StatusLine(answer, "HTTP/1.1", "999");
         CloseAfter(answer);
       }},
      {"wire_unasked_101",
       "Every answer switches protocols, but for the front end's 411.",
       {"http.wire.unasked_101", "about:responses"},
       +[](WireAnswer& answer) {
         if (answer.status == 411) return;
         answer.status_line = "HTTP/1.1 101 Switching Protocols\r\n";
         RemoveLength(answer);
         CloseAfter(answer);
       }},
      {"wire_missing_reason_space",
       "The status line ends with the status code.",
       {"http.wire.missing_reason_space"},
       +[](WireAnswer& answer) {
         answer.status_line = fmt::format("HTTP/1.1 {}\r\n", answer.status);
       }},
      {"wire_control_in_reason",
       "The reason phrase has a bell character.",
       {"http.wire.control_in_reason"},
       +[](WireAnswer& answer) {
         answer.status_line = fmt::format("HTTP/1.1 {} No\aContent\r\n", answer.status);
       }},
  };
}

std::vector<Fault> FieldLineFaults() {
  return {
      {"wire_bare_lf",
       "A field line ends with LF alone.",
       {"http.wire.bare_lf"},
       +[](WireAnswer& answer) { AddLine(answer, "X-Mock: bare\n"); }},
      {"wire_bare_cr",
       "A CR without LF stands in a field's value.",
       {"http.wire.bare_cr"},
       +[](WireAnswer& answer) { AddLine(answer, "X-Mock: bare\rreturn\r\n"); }},
      {"wire_obs_fold",
       "A field's value goes on in the next line.",
       {"http.wire.obs_fold"},
       +[](WireAnswer& answer) { AddLine(answer, "X-Mock: folded\r\n over two lines\r\n"); }},
      {"wire_space_before_colon",
       "A space stands between a field's name and its colon.",
       {"http.wire.space_before_colon"},
       +[](WireAnswer& answer) { AddLine(answer, "X-Mock : spaced\r\n"); }},
      {"wire_leading_white_space_line",
       "A line that begins with a space follows the status line.",
       {"http.wire.leading_white_space_line"},
       +[](WireAnswer& answer) { AddLine(answer, " X-Mock: indented\r\n"); }},
      {"wire_field_without_colon",
       "A field line has no colon.",
       {"http.wire.field_without_colon"},
       +[](WireAnswer& answer) { AddLine(answer, "X-Mock\r\n"); }},
      {"wire_empty_field_name",
       "A field has no name.",
       {"http.wire.empty_field_name"},
       +[](WireAnswer& answer) { AddLine(answer, ": nameless\r\n"); }},
      {"wire_malformed_field_name",
       "A field's name has parentheses.",
       {"http.wire.malformed_field_name"},
       +[](WireAnswer& answer) { AddLine(answer, "X(Mock): odd\r\n"); }},
      {"wire_nul_in_field",
       "A field's value has a NUL.",
       {"http.wire.nul_in_field"},
       +[](WireAnswer& answer) { AddLine(answer, std::string_view("X-Mock: a\0b\r\n", 13)); }},
      {"wire_control_in_field",
       "A field's value has a bell character.",
       {"http.wire.control_in_field"},
       +[](WireAnswer& answer) { AddLine(answer, "X-Mock: a\ab\r\n"); }},
  };
}

}  // namespace

std::vector<Fault> WireLineFaults() {
  return Joined({VersionFaults(), StatusFaults(), FieldLineFaults()});
}

}  // namespace conform
