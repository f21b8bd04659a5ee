#include "verdict/check.h"

#include "verdict/client_check.h"
#include "verdict/expectation_checks.h"
#include "verdict/protocol_checks.h"

namespace conform {

CheckTable StandardChecks() { return {ExpectationChecks(), ProtocolChecks(), KeepsClientClause}; }

}  // namespace conform
