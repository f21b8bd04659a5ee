// The members of a run's header in JSON.
#pragma once

#include <tuple>

#include "record/field_table.h"
#include "record/run_header.h"
#include "record/verdict_fields.h"

namespace conform {

template <>
inline constexpr auto kFields<ClauseRecord> =
    std::tuple{Always("key", &ClauseRecord::key),
               UnlessEmpty("about", &ClauseRecord::about),
               Always("binds", &ClauseRecord::binds),
               Always("strength", &ClauseRecord::strength),
               Always("says", &ClauseRecord::says),
               Always("source", &ClauseRecord::source),
               UnlessEmpty("untested", &ClauseRecord::untested)};

template <>
inline constexpr auto kFields<DeviationRecord> =
    std::tuple{Always("clause", &DeviationRecord::clause),
               Always("case_id", &DeviationRecord::case_id),
               Always("actual", &DeviationRecord::actual),
               Always("reason", &DeviationRecord::reason),
               Always("approver", &DeviationRecord::approver),
               UnlessEmpty("issue", &DeviationRecord::issue),
               Always("review", &DeviationRecord::review),
               Always("overdue", &DeviationRecord::overdue),
               Always("place", &DeviationRecord::place),
               UnlessEmpty("subject", &DeviationRecord::subject)};

template <>
inline constexpr auto kFields<FileRecord> = std::tuple{
    Always("kind", &FileRecord::kind), Always("path", &FileRecord::path),
    Always("sha256", &FileRecord::sha256), UnlessEmpty("operation", &FileRecord::operation),
    UnlessEmpty("edition", &FileRecord::edition)};

template <>
inline constexpr auto kFields<IdentityRecord> =
    std::tuple{Always("identity", &IdentityRecord::identity),
               Always("source", &IdentityRecord::source),
               UnlessEmpty("tenant", &IdentityRecord::tenant),
               UnlessEmpty("application", &IdentityRecord::application),
               UnlessEmpty("scopes", &IdentityRecord::scopes),
               UnlessEmpty("roles", &IdentityRecord::roles)};

template <>
inline constexpr auto kFields<ToolRecord> =
    std::tuple{Always("version", &ToolRecord::version), UnlessEmpty("commit", &ToolRecord::commit),
               Always("build", &ToolRecord::build)};

template <>
inline constexpr auto kFields<SelfCheckRecord> =
    std::tuple{Always("when", &SelfCheckRecord::when), Always("planted", &SelfCheckRecord::planted),
               Always("caught", &SelfCheckRecord::caught)};

template <>
inline constexpr auto kFields<LeftOutRecord> =
    std::tuple{Always("what", &LeftOutRecord::what), Always("by", &LeftOutRecord::by)};

template <>
inline constexpr auto kFields<RunHeader> =
    std::tuple{Always("tool", &RunHeader::tool),
               Always("started", &RunHeader::started),
               Always("time_zone", &RunHeader::time_zone),
               Always("host", &RunHeader::host),
               UnlessEmpty("ci_run", &RunHeader::ci_run),
               Always("profile", &RunHeader::profile),
               Always("target", &RunHeader::target),
               Always("mock", &RunHeader::mock),
               Always("shard_index", &RunHeader::shard_index),
               Always("shard_count", &RunHeader::shard_count),
               Always("jobs", &RunHeader::jobs),
               UnlessEmpty("shuffle_seed", &RunHeader::shuffle_seed),
               Always("strict", &RunHeader::strict),
               UnlessEmpty("evidence", &RunHeader::evidence),
               UnlessEmpty("identities", &RunHeader::identities),
               Always("requires_clauses", &RunHeader::requires_clauses),
               Always("clauses", &RunHeader::clauses),
               Always("deviations", &RunHeader::deviations),
               Always("files", &RunHeader::files),
               UnlessEmpty("self_check", &RunHeader::self_check),
               UnlessEmpty("previous_sha256", &RunHeader::previous_sha256),
               Always("population", &RunHeader::population),
               Always("selected", &RunHeader::selected),
               UnlessEmpty("left_out", &RunHeader::left_out),
               UnlessEmpty("history_head", &RunHeader::history_head),
               UnlessEmpty("secret_files", &RunHeader::secret_files)};

}  // namespace conform
