// The members of exchanges and attempts in JSON.
#pragma once

#include <tuple>

#include "record/exchange_record.h"
#include "record/field_table.h"

namespace conform {

template <>
inline constexpr auto kFields<FieldRecord> = std::tuple{
    Masked(Always("name", &FieldRecord::name)), Masked(Always("value", &FieldRecord::value))};

template <>
inline constexpr auto kFields<MessageRecord> =
    std::tuple{Masked(Always("start_line", &MessageRecord::start_line)),
               Always("fields", &MessageRecord::fields),
               Masked(UnlessEmpty("body", &MessageRecord::body)),
               UnlessEmpty("body_cut", &MessageRecord::body_cut),
               UnlessEmpty("body_shown", &MessageRecord::body_shown),
               Always("body_bytes", &MessageRecord::body_bytes),
               UnlessEmpty("trailers", &MessageRecord::trailers)};

template <>
inline constexpr auto kFields<TlsRecord> =
    std::tuple{Always("version", &TlsRecord::version),
               Always("certificate_sha256", &TlsRecord::certificate_sha256),
               Always("issuer", &TlsRecord::issuer), Always("subject", &TlsRecord::subject),
               Always("not_after", &TlsRecord::not_after)};

template <>
inline constexpr auto kFields<ObservationRecord> =
    std::tuple{Always("name", &ObservationRecord::name),
               Masked(UnlessEmpty("detail", &ObservationRecord::detail))};

template <>
inline constexpr auto kFields<PhaseRecord> =
    std::tuple{UnlessEmpty("lookup_us", &PhaseRecord::lookup),
               UnlessEmpty("connect_us", &PhaseRecord::connect),
               UnlessEmpty("tls_us", &PhaseRecord::tls),
               UnlessEmpty("first_byte_us", &PhaseRecord::first_byte),
               UnlessEmpty("last_byte_us", &PhaseRecord::last_byte),
               UnlessEmpty("given_up_us", &PhaseRecord::given_up)};

template <>
inline constexpr auto kFields<AttemptRecord> =
    std::tuple{Always("started", &AttemptRecord::started),
               Always("times", &AttemptRecord::times),
               UnlessEmpty("remote_address", &AttemptRecord::remote_address),
               UnlessEmpty("reused_connection", &AttemptRecord::reused_connection),
               UnlessEmpty("tls", &AttemptRecord::tls),
               Always("request", &AttemptRecord::request),
               UnlessEmpty("interim", &AttemptRecord::interim),
               UnlessEmpty("response", &AttemptRecord::response),
               UnlessEmpty("observations", &AttemptRecord::observations),
               UnlessEmpty("trouble_kind", &AttemptRecord::trouble_kind),
               Masked(UnlessEmpty("trouble", &AttemptRecord::trouble))};

template <>
inline constexpr auto kFields<ExchangeRecord> =
    std::tuple{UnlessEmpty("step", &ExchangeRecord::step),
               Masked(Always("request_line", &ExchangeRecord::request_line)),
               Masked(UnlessEmpty("client_request_id", &ExchangeRecord::client_request_id)),
               Masked(UnlessEmpty("status_line", &ExchangeRecord::status_line)),
               Always("field_count", &ExchangeRecord::field_count),
               Always("body_bytes", &ExchangeRecord::body_bytes),
               Masked(UnlessEmpty("request_id", &ExchangeRecord::request_id)),
               Masked(UnlessEmpty("trouble", &ExchangeRecord::trouble)),
               Masked(UnlessEmpty("again", &ExchangeRecord::again)),
               UnlessEmpty("after_us", &ExchangeRecord::after),
               Always("duration_us", &ExchangeRecord::duration),
               UnlessEmpty("attempts", &ExchangeRecord::attempts)};

}  // namespace conform
