// An exchange on an HTML page: folded, with every attempt as it crossed the wire.
#pragma once

#include <cstddef>
#include <string>

#include "record/exchange_record.h"
#include "report/html_writer.h"

namespace conform {

/// Whether there was no connection to send it over.
bool IsUnsent(const AttemptRecord& attempt);

/// A folded block: request and answer with their fields and bodies, addresses, TLS, times and what
/// was odd, of every attempt. A body longer than `most_body_bytes` is cut, and says so. A record
/// without attempts is told in a line. `id`: of the block; empty: none.
void WriteExchange(const ExchangeRecord& exchange, std::size_t most_body_bytes,
                   const std::string& id, HtmlWriter& out);

/// `create: POST https://… → HTTP/1.1 201 Created, 0.81 ms`.
std::string DescribeExchange(const ExchangeRecord& exchange);

}  // namespace conform
