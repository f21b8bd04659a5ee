// An answer of the mock, and the bytes it becomes: every one of them is ours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"

namespace conform {

struct Answer {
  int status = 200;
  Fields fields;  ///< without framing: Content-Length is added as the bytes are made.
  std::string body;
  bool close = false;  ///< the connection ends after it.
};

/// The same, cut into the pieces that go over the wire, so that a fault can spoil one of them.
struct WireAnswer {
  int status = 200;
  std::string status_line;               ///< with its line end, as all lines here.
  std::vector<std::string> field_lines;  ///< without the empty line that ends them.
  std::string body;                      ///< what follows the header section.
  bool close = false;
};

/// RFC 9110 §15's phrase, or `Unknown`.
std::string_view ReasonPhrase(int status);

/// Frames the answer: no content for HEAD, 1xx, 204 and 304; Content-Length for the others, and
/// for HEAD what a GET would have.
WireAnswer FrameAnswer(const Answer& answer, std::string_view method);

/// Ends the connection after the answer, which then says so.
void CloseAfter(WireAnswer& answer);
/// Takes the declared length away.
void RemoveLength(WireAnswer& answer);

std::string RenderAnswer(const WireAnswer& answer);

}  // namespace conform
