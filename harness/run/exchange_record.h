// An exchange as reports show it, with every secret removed.
#pragma once

#include "base/origin.h"
#include "base/redactor.h"
#include "exchange/exchange.h"
#include "record/run_record.h"

namespace conform {

/// Of a content more is not recorded, in bytes.
inline constexpr std::size_t kMostRecordedBody = std::size_t{16} << 10;

/// `step` and `again` are filled in by the caller, who knows how the request came about. The
/// exchange is left without attempts.
ExchangeRecord RecordExchange(Exchange&& exchange, const Origin& origin);

/// Masks every text of the record that a request or an answer could have put a secret into, as its
/// table of fields says. Names of the test stay; where one of them holds a secret, the record is
/// not masked whole (`masked_of`).
void RedactRecord(const Redactor& redactor, TestRecord& record);

}  // namespace conform
