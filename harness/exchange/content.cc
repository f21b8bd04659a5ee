#include "exchange/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/json_depth.h"
#include "exchange/content_decoder.h"
#include "exchange/framing.h"
#include "exchange/observation_names.h"

namespace conform {
namespace {

/// Each may cost as much as a whole answer, so their number is bounded too; nobody applies two.
constexpr std::size_t kMaxCodings = 4;

struct NamedCoding {
  std::string_view name;
  ContentCoding coding;
};

/// RFC 9110 §8.4.1.3: x-gzip is gzip.
constexpr std::array<NamedCoding, 4> kCodings = {{{"gzip", ContentCoding::kGzip},
                                                  {"x-gzip", ContentCoding::kGzip},
                                                  {"deflate", ContentCoding::kDeflate},
                                                  {"br", ContentCoding::kBrotli}}};

std::optional<ContentCoding> FindCoding(std::string_view name) {
  for (const NamedCoding& named : kCodings) {
    if (SameFieldName(named.name, name)) return named.coding;
  }
  return std::nullopt;
}

/// In the order to remove them; nothing where one is unknown or they are too many.
std::optional<std::vector<ContentCoding>> ReadContentCodings(const Fields& fields,
                                                             std::size_t offset,
                                                             ObservationLog& log) {
  std::vector<ContentCoding> codings;
  for (const std::string_view name : ListElements(fields, "Content-Encoding")) {
    if (name.empty()) continue;
    if (SameFieldName(name, "identity")) {
      log.Add(observed::kIdentityContentCoding, offset, "Content-Encoding: identity");
      continue;
    }
    const auto coding = FindCoding(name);
    if (!coding) {
      log.AddShown(observed::kUnknownContentCoding, offset, name);
      return std::nullopt;
    }
    if (codings.size() == kMaxCodings) {
      log.Add(observed::kContentCodingBound, offset, fmt::format("more than {}", kMaxCodings));
      return std::nullopt;
    }
    codings.push_back(*coding);
  }
  std::reverse(codings.begin(), codings.end());
  return codings;
}

void Decode(const std::vector<ContentCoding>& codings, const Bounds& bounds, bool whole,
            std::size_t offset, Response& response, ObservationLog& log) {
  for (const ContentCoding coding : codings) {
    DecodedContent decoded = DecodeContent(coding, response.decoded_body, bounds.body_bytes);
    response.decoded_body = std::move(decoded.bytes);
    if (decoded.raw_deflate) log.Add(observed::kRawDeflate, offset, "no zlib header");
    if (!decoded.malformation.empty() && whole) {
      log.Add(observed::kContentCodingMalformed, offset, decoded.malformation);
    }
    if (decoded.cut) {
      response.body_cut = true;
      log.Add(
          observed::kDecodedBytesBound, offset,
          fmt::format("{} bytes decode to more than {}", response.body.size(), bounds.body_bytes));
      whole = false;
    }
  }
}

}  // namespace

void FinishContent(const Bounds& bounds, bool whole, std::size_t offset, Response& response,
                   ObservationLog& log) {
  response.body_bytes = response.body.size();
  response.decoded_body = response.body;
  if (response.body.empty()) return;
  const auto codings = ReadContentCodings(response.fields, offset, log);
  response.still_coded = !codings;
  if (codings) Decode(*codings, bounds, whole, offset, response, log);
  if (response.still_coded || !IsJson(response.fields)) return;
  const std::size_t depth = JsonDepth(response.decoded_body);
  if (depth <= bounds.json_depth) return;
  log.Add(observed::kJsonDepthBound, offset,
          fmt::format("nested {} deep, bound {}", depth, bounds.json_depth));
}

}  // namespace conform
