// TLS over another stream, by OpenSSL.
#pragma once

#include <memory>
#include <optional>

#include "base/origin.h"
#include "exchange/deadline.h"
#include "exchange/exchange.h"
#include "exchange/stream.h"
#include "exchange/tls_context.h"
#include "exchange/tls_trouble.h"

struct ssl_st;

namespace conform {

/// Read is to be given room for a whole record (16 KiB): what lay in here unread would not make
/// the descriptor readable.
class TlsStream final : public Stream {
 public:
  /// `below` reaches `origin`. Nothing has crossed yet.
  TlsStream(std::unique_ptr<Stream> below, const TlsContext& context, const Origin& origin);
  /// Tells the server that this is the end, if that can be done at once.
  ~TlsStream() override;
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  /// Checks the server's certificate, its chain and that it is for the origin's host. kTimeout
  /// where it is not done by `until`.
  std::optional<Trouble> Handshake(Instant until);
  /// After the handshake.
  TlsFacts facts() const;

  Result Read(char* into, std::size_t max) override;
  Result Write(std::string_view bytes) override;
  int descriptor() const override;
  const Trouble* trouble() const override { return trouble_ ? &*trouble_ : nullptr; }

 private:
  struct Below;
  struct Callbacks;

  Result Tell(int returned, bool writing);
  /// Remembers why it is broken.
  void Break(unsigned long error);

  std::unique_ptr<Below> below_;
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
  Origin origin_;
  TlsState state_;
  bool broken_ = false;
  std::optional<Trouble> trouble_;
};

}  // namespace conform
