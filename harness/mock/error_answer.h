// Answers that refuse: Graph's error object, and the front end's page.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "mock/answer.h"

namespace conform {

/// What every answer of the service carries, drawn once a request.
struct AnswerIds {
  std::string request_id;
  std::string client_request_id;  ///< the caller's, else the server's.
  std::chrono::system_clock::time_point now;
};

/// `{"error":{"code","message","innerError"}}` with the code that goes with `status`; a 401 also
/// carries its challenge.
Answer ErrorAnswer(int status, std::string_view code, std::string_view message,
                   const AnswerIds& ids);

/// The error code that Graph uses where nothing more is known than the status.
std::string_view ErrorCode(int status);

/// What the front end sends before Graph is reached: an HTML page without Graph's fields. The
/// connection ends, since nobody knows where the next request would begin.
Answer FrontEndAnswer(int status, std::chrono::system_clock::time_point now);

/// Adds the fields that all answers of the service carry.
void AddServiceFields(Answer& answer, const AnswerIds& ids);

}  // namespace conform
