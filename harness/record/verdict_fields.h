// The members of verdicts and findings in JSON.
#pragma once

#include <tuple>

#include "record/field_table.h"
#include "verdict/verdict.h"

namespace conform {

template <>
inline constexpr auto kFields<Span> = std::tuple{
    Always("line", &Span::line), Always("column", &Span::column), Always("length", &Span::length)};

template <>
inline constexpr auto kFields<ClauseKey> =
    std::tuple{Always("id", &ClauseKey::id), UnlessEmpty("operation", &ClauseKey::operation),
               UnlessEmpty("edition", &ClauseKey::edition)};

template <>
inline constexpr auto kFields<Finding> =
    std::tuple{Always("clause", &Finding::clause),
               Always("strength", &Finding::strength),
               Always("says", &Finding::says),
               Always("source", &Finding::source),
               UnlessEmpty("step", &Finding::step),
               Always("subject", &Finding::subject),
               Masked(Always("expected", &Finding::expected)),
               Masked(Always("actual", &Finding::actual)),
               Masked(UnlessEmpty("diff", &Finding::diff)),
               Masked(Always("message", &Finding::message)),
               Always("path", &Finding::path),
               Always("span", &Finding::span),
               Masked(UnlessEmpty("excerpt", &Finding::excerpt)),
               UnlessEmpty("deviation", &Finding::deviation),
               UnlessEmpty("accepted_at", &Finding::accepted_at)};

template <>
inline constexpr auto kFields<JudgedClause> =
    std::tuple{Always("clause", &JudgedClause::clause), Always("kept", &JudgedClause::kept)};

template <>
inline constexpr auto kFields<ObservedFact> =
    std::tuple{UnlessEmpty("step", &ObservedFact::step), Always("name", &ObservedFact::name),
               Masked(Always("value", &ObservedFact::value))};

template <>
inline constexpr auto kFields<Verdict> =
    std::tuple{Always("outcome", &Verdict::outcome),
               Masked(UnlessEmpty("reason", &Verdict::reason)),
               UnlessEmpty("findings", &Verdict::findings),
               UnlessEmpty("judged", &Verdict::judged),
               UnlessEmpty("client_kept", &Verdict::client_kept),
               UnlessEmpty("observed", &Verdict::observed),
               UnlessEmpty("reached_success", &Verdict::reached_success)};

}  // namespace conform
