// Time stamps (RFC 3161): a third party's word that some bytes existed at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace conform {

/// What an authority may answer.
inline constexpr std::size_t kMostAnswerBytes = std::size_t{1} << 20;

/// A TimeStampReq in DER: SHA-256 of `stamped`, a random nonce, any policy, certificates wanted.
Expected<std::string> MakeTimeStampRequest(std::string_view stamped);

/// What an authority said.
struct TimeStamp {
  std::chrono::system_clock::time_point when;
  std::string authority;  ///< its certificate's subject (RFC 2253).
  std::string policy;     ///< object identifier.
};

/// The answer (a TimeStampResp) to a request, checked: granted, of the same imprint and nonce,
/// signed by the certificate that came with it; who issued that is not looked at. It is given back
/// as it will be kept (CanonicalTimeStamp). Errors: why it is none.
Expected<std::string> AcceptAnswer(std::string_view answer, std::string_view request);

/// Certificates that are trusted to vouch for authorities.
class TimeStampRoots {
 public:
  /// Of a PEM text with one certificate or more. Errors: it holds none, or a broken one.
  static Expected<TimeStampRoots> Read(std::string pem);
  static Expected<TimeStampRoots> Load(const std::filesystem::path& path);

  const std::string& pem() const { return pem_; }

 private:
  explicit TimeStampRoots(std::string pem) : pem_(std::move(pem)) {}
  std::string pem_;
};

/// Whether `answer` is a time stamp of SHA-256 of `stamped`, in the form that AcceptAnswer gives:
/// of another something was altered that no signature covers. With `roots` its signer has to be an
/// authority for time stamps (RFC 3161 §2.3) whose certificate leads to one of them and was in
/// force at the stamp's own time; null: who issued it is not looked at. Errors: why it is none.
Expected<TimeStamp> VerifyTimeStamp(std::string_view answer, std::string_view stamped,
                                    const TimeStampRoots* roots);

/// Has bytes stamped: what AcceptAnswer gives. Errors: no answer, or a wrong one.
using TimeStamper = std::function<Expected<std::string>(std::string_view stamped)>;

}  // namespace conform
