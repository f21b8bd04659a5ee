// The members of a run record by the names they have in JSON: one table, read in both directions.
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>

#include "record/run_record.h"

namespace conform {

/// Whether a member is written where it is empty or zero; one that is not may be absent.
enum class Presence { kAlways, kUnlessEmpty };

/// One member.
template <typename Record, typename Member>
struct Field {
  const char* name;
  Member Record::*member;
  Presence presence;
};

template <typename Record, typename Member>
constexpr auto Always(const char* name, Member Record::*member) {
  return Field<Record, Member>{name, member, Presence::kAlways};
}

template <typename Record, typename Member>
constexpr auto UnlessEmpty(const char* name, Member Record::*member) {
  return Field<Record, Member>{name, member, Presence::kUnlessEmpty};
}

template <typename T>
inline constexpr auto kFields = nullptr;

/// Types whose members are told here.
template <typename T>
concept HasFields = !std::is_same_v<decltype(kFields<T>), const std::nullptr_t>;

/// Calls `visit` with each field of T in turn until it answers false, and returns its last answer.
template <HasFields T, typename Visit>
constexpr bool VisitFields(Visit visit);

template <>
inline constexpr auto kFields<Span> = std::tuple{
    Always("line", &Span::line), Always("column", &Span::column), Always("length", &Span::length)};

template <>
inline constexpr auto kFields<ClauseKey> =
    std::tuple{Always("id", &ClauseKey::id), UnlessEmpty("operation", &ClauseKey::operation),
               UnlessEmpty("edition", &ClauseKey::edition)};

template <>
inline constexpr auto kFields<Finding> = std::tuple{Always("clause", &Finding::clause),
                                                    Always("strength", &Finding::strength),
                                                    Always("says", &Finding::says),
                                                    Always("source", &Finding::source),
                                                    UnlessEmpty("step", &Finding::step),
                                                    Always("subject", &Finding::subject),
                                                    Always("expected", &Finding::expected),
                                                    Always("actual", &Finding::actual),
                                                    UnlessEmpty("diff", &Finding::diff),
                                                    Always("message", &Finding::message),
                                                    Always("path", &Finding::path),
                                                    Always("span", &Finding::span),
                                                    UnlessEmpty("excerpt", &Finding::excerpt),
                                                    UnlessEmpty("deviation", &Finding::deviation)};

template <>
inline constexpr auto kFields<JudgedClause> =
    std::tuple{Always("clause", &JudgedClause::clause), Always("kept", &JudgedClause::kept)};

template <>
inline constexpr auto kFields<ObservedFact> =
    std::tuple{UnlessEmpty("step", &ObservedFact::step), Always("name", &ObservedFact::name),
               Always("value", &ObservedFact::value)};

template <>
inline constexpr auto kFields<Verdict> =
    std::tuple{Always("outcome", &Verdict::outcome),
               UnlessEmpty("reason", &Verdict::reason),
               UnlessEmpty("findings", &Verdict::findings),
               UnlessEmpty("judged", &Verdict::judged),
               UnlessEmpty("client_kept", &Verdict::client_kept),
               UnlessEmpty("observed", &Verdict::observed),
               UnlessEmpty("reached_success", &Verdict::reached_success)};

template <>
inline constexpr auto kFields<ExchangeRecord> =
    std::tuple{UnlessEmpty("step", &ExchangeRecord::step),
               Always("request_line", &ExchangeRecord::request_line),
               UnlessEmpty("client_request_id", &ExchangeRecord::client_request_id),
               UnlessEmpty("status_line", &ExchangeRecord::status_line),
               Always("field_count", &ExchangeRecord::field_count),
               Always("body_bytes", &ExchangeRecord::body_bytes),
               UnlessEmpty("request_id", &ExchangeRecord::request_id),
               UnlessEmpty("trouble", &ExchangeRecord::trouble),
               UnlessEmpty("again", &ExchangeRecord::again),
               UnlessEmpty("after_us", &ExchangeRecord::after),
               Always("duration_us", &ExchangeRecord::duration)};

/// A test that has not run carries no `started`.
template <>
inline constexpr auto kFields<TestRecord> =
    std::tuple{Always("suite", &TestRecord::suite),
               Always("name", &TestRecord::name),
               Always("case_id", &TestRecord::case_id),
               UnlessEmpty("title", &TestRecord::title),
               Always("operation", &TestRecord::operation),
               Always("edition", &TestRecord::edition),
               Always("path", &TestRecord::path),
               Always("line", &TestRecord::line),
               UnlessEmpty("expects_success", &TestRecord::expects_success),
               Always("verdict", &TestRecord::verdict),
               UnlessEmpty("exchanges", &TestRecord::exchanges),
               UnlessEmpty("started", &TestRecord::started),
               UnlessEmpty("duration_us", &TestRecord::duration)};

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
inline constexpr auto kFields<DeviationRecord> = std::tuple{
    Always("clause", &DeviationRecord::clause),     Always("case_id", &DeviationRecord::case_id),
    Always("actual", &DeviationRecord::actual),     Always("reason", &DeviationRecord::reason),
    Always("approver", &DeviationRecord::approver), Always("review", &DeviationRecord::review),
    Always("overdue", &DeviationRecord::overdue),   Always("place", &DeviationRecord::place)};

template <>
inline constexpr auto kFields<RunHeader> =
    std::tuple{Always("tool_version", &RunHeader::tool_version),
               Always("started", &RunHeader::started),
               Always("profile", &RunHeader::profile),
               Always("target", &RunHeader::target),
               Always("mock", &RunHeader::mock),
               Always("shard_index", &RunHeader::shard_index),
               Always("shard_count", &RunHeader::shard_count),
               Always("strict", &RunHeader::strict),
               Always("requires_clauses", &RunHeader::requires_clauses),
               Always("clauses", &RunHeader::clauses),
               Always("deviations", &RunHeader::deviations),
               Always("population", &RunHeader::population),
               Always("selected", &RunHeader::selected),
               Always("planned", &RunHeader::planned)};

template <>
inline constexpr auto kFields<RunRecord> = std::tuple{
    Always("header", &RunRecord::header), Always("tests", &RunRecord::tests),
    Always("duration_us", &RunRecord::duration), Always("complete", &RunRecord::complete)};

template <HasFields T, typename Visit>
constexpr bool VisitFields(Visit visit) {
  return std::apply([&](const auto&... field) { return (visit(field) && ...); }, kFields<T>);
}

}  // namespace conform
