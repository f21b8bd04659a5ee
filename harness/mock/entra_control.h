// Control requests below /.conform/entra/: what a test has people, clocks and faults do.
#pragma once

#include "mock/answer.h"
#include "mock/entra_sign_in.h"
#include "mock/mock_request.h"

namespace conform {

/// All but the last are POST and answered 204; others: 404, 405, and 400 for content that is not
/// what is told here.
/// - `device/{user_code}` `{"do": "approve", "as": "alice@conform.example"}`; or `decline`,
///   `expire`, without `as`.
/// - `faults` `{"fault": NAME, "times": N, "retry_after": TEXT}`; the last two may be absent.
/// - `times` `{"interval_s": N, "device_code_s": N, "token_s": N}`; each may be absent.
/// - `clock` `{"advance_ms": N}`: device codes and refresh tokens grow older.
/// - `assertions` `{"once": true}`: a client assertion that comes twice is refused, or not.
/// - `certificates/{client_id}` a PEM certificate, registered with that application.
/// - `requests` (GET): how many came, by kind.
Answer AnswerEntraControl(const MockRequest& request, EntraSignIn& sign_in);

}  // namespace conform
