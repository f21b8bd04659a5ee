// One request and its answer as reports show it, every attempt with what crossed the wire.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace conform {

/// A field as it was sent or came; a field may stand several times.
struct FieldRecord {
  std::string name;
  std::string value;
};

/// A request or an answer.
struct MessageRecord {
  std::string start_line;           ///< `POST /beta/… HTTP/1.1`, `HTTP/1.1 204 No Content`.
  std::vector<FieldRecord> fields;  ///< in the order in which they crossed.
  std::string body;         ///< the content's beginning, of an answer without its content coding.
  bool body_cut = false;    ///< `body` is not all of it, and ends with `…`.
  bool body_shown = false;  ///< the content is no UTF-8 text: `body` is what ShowText makes of it.
  std::uint64_t body_bytes = 0;  ///< of the whole content as it crossed.
  std::vector<FieldRecord> trailers;

  /// Whether the content is `body`, no more and no less.
  bool HoldsContent() const { return !body_cut && !body_shown; }
};

/// Of a secure connection.
struct TlsRecord {
  std::string version;             ///< `TLSv1.3`.
  std::string certificate_sha256;  ///< of the server's certificate (DER), hex.
  std::string issuer;              ///< RFC 2253 names.
  std::string subject;
  std::string not_after;  ///< YYYY-MM-DD.
};

/// Something odd on the wire, named.
struct ObservationRecord {
  std::string name;
  std::string detail;
};

/// Since the attempt began; 0: the phase was not reached or not needed.
struct PhaseRecord {
  std::chrono::microseconds lookup{0};
  std::chrono::microseconds connect{0};
  std::chrono::microseconds tls{0};
  std::chrono::microseconds first_byte{0};
  std::chrono::microseconds last_byte{0};
  std::chrono::microseconds given_up{0};  ///< where no whole answer came.
};

/// One sending of a request.
struct AttemptRecord {
  std::chrono::system_clock::time_point started;
  PhaseRecord times;
  std::string remote_address;  ///< `127.0.0.1:8080`; empty where no connection stood.
  bool reused_connection = false;
  std::vector<TlsRecord> tls;  ///< one, or none on a plain connection.
  MessageRecord request;
  std::vector<MessageRecord> interim;   ///< 1xx answers that came first.
  std::vector<MessageRecord> response;  ///< one, or none where not even a status line came.
  std::vector<ObservationRecord> observations;
  std::string trouble;       ///< why no whole answer came, in one sentence; else empty.
  std::string trouble_kind;  ///< `connect`, `timeout`, …; else empty.
};

/// One request and its answer: what every report needs, and every attempt for those that show all.
struct ExchangeRecord {
  std::string step;               ///< empty in the single-request form.
  std::string request_line;       ///< `POST https://…/sync`.
  std::string client_request_id;  ///< empty where none was sent.
  std::string status_line;        ///< empty where no answer came.
  std::size_t field_count = 0;
  std::size_t body_bytes = 0;
  std::string request_id;  ///< the service's; empty where it sent none.
  std::string trouble;     ///< why no whole answer came, in one sentence; else empty.
  std::string again;       ///< a shell line that sends the same, secrets as variables.
  /// Of a step that asks until something holds: since the test began, on its tenant's clock.
  std::chrono::microseconds after{0};
  std::chrono::microseconds duration{0};  ///< to its last byte, or until it was given up.
  /// In the order sent; the last one was judged. Large runs keep them on the disk alone
  /// (EvidenceReader).
  std::vector<AttemptRecord> attempts;
};

/// Whether its duration is how long the service took: of an answer that did not come whole it is
/// how long we waited.
inline bool HasLatency(const ExchangeRecord& exchange) {
  return !exchange.status_line.empty() && exchange.trouble.empty();
}

}  // namespace conform
