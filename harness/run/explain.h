// Shows what every `${…}` of a case became, from where, secrets as their names.
#pragma once

#include <ostream>

#include "run/session.h"
#include "run/workspace.h"

namespace conform {

/// Runs every test of the workspace and tells, step by step as each is about to be sent, what its
/// placeholders stand for. Nothing is reported or written.
void Explain(const Workspace& workspace, Session& session, std::ostream& out);

}  // namespace conform
