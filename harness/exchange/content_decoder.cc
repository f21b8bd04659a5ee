#include "exchange/content_decoder.h"

#include <brotli/decode.h>
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>

namespace conform {
namespace {

/// Window bits as inflateInit2 wants them: 16 more for gzip's format, negative for none.
constexpr int kGzipFormat = 16 + MAX_WBITS;
constexpr int kZlibFormat = MAX_WBITS;
constexpr int kNoFormat = -MAX_WBITS;

using Buffer = std::array<unsigned char, std::size_t{64} * 1024>;

/// False: the bound was hit.
bool Keep(const Buffer& buffer, std::size_t count, std::size_t max_bytes, DecodedContent& out) {
  const std::size_t room = max_bytes - out.bytes.size();
  out.bytes.append(reinterpret_cast<const char*>(buffer.data()), std::min(count, room));
  out.cut = count > room;
  return !out.cut;
}

class Inflater {
 public:
  Inflater(int format, std::string_view coded) : format_(format) {
    ready_ = inflateInit2(&stream_, format) == Z_OK;
    // zlib does not write to its input, but its older signature says it might.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(coded.data()));
    stream_.avail_in = static_cast<uInt>(coded.size());
  }
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  DecodedContent Run(std::size_t max_bytes) {
    DecodedContent out;
    const auto buffer = std::make_unique<Buffer>();
    while (ready_) {
      stream_.next_out = buffer->data();
      stream_.avail_out = static_cast<uInt>(buffer->size());
      const int told = inflate(&stream_, Z_NO_FLUSH);
      if (!Keep(*buffer, buffer->size() - stream_.avail_out, max_bytes, out)) return out;
      if (told == Z_STREAM_END && !NextMember(out)) return out;
      if (told != Z_OK && told != Z_STREAM_END) {
        out.malformation =
            stream_.msg != nullptr && told != Z_BUF_ERROR ? stream_.msg : "it ends too early";
        return out;
      }
    }
    out.malformation = "zlib could not be started";
    return out;
  }

 private:
  /// RFC 1952 §2.2: gzip members may follow one another.
  bool NextMember(DecodedContent& out) {
    if (stream_.avail_in == 0) return false;
    if (format_ == kGzipFormat && stream_.next_in[0] == 0x1f) {
      return inflateReset(&stream_) == Z_OK;
    }
    out.malformation = fmt::format("{} bytes follow its end", stream_.avail_in);
    return false;
  }

  int format_;
  z_stream stream_{};
  bool ready_ = false;
};

DecodedContent DecodeBrotli(std::string_view coded, std::size_t max_bytes) {
  DecodedContent out;
  const std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> decoder(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
  const auto buffer = std::make_unique<Buffer>();
  const auto* next_in = reinterpret_cast<const std::uint8_t*>(coded.data());
  std::size_t in_left = coded.size();
  BrotliDecoderResult told = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (told == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
    std::uint8_t* next_out = buffer->data();
    std::size_t out_left = buffer->size();
    told = BrotliDecoderDecompressStream(decoder.get(), &in_left, &next_in, &out_left, &next_out,
                                         nullptr);
    if (!Keep(*buffer, buffer->size() - out_left, max_bytes, out)) return out;
  }
  if (told == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) {
    out.malformation = "it ends too early";
  } else if (told == BROTLI_DECODER_RESULT_ERROR) {
    out.malformation = BrotliDecoderErrorString(BrotliDecoderGetErrorCode(decoder.get()));
  } else if (in_left > 0) {
    out.malformation = fmt::format("{} bytes follow its end", in_left);
  }
  return out;
}

/// RFC 1950 §2.2: compression method 8, and both header bytes together a multiple of 31.
bool HasZlibHeader(std::string_view coded) {
  if (coded.size() < 2) return false;
  const auto first = static_cast<unsigned char>(coded[0]);
  const auto second = static_cast<unsigned char>(coded[1]);
  return (first & 0x0f) == 8 && (first * 256 + second) % 31 == 0;
}

DecodedContent DecodeDeflate(std::string_view coded, std::size_t max_bytes) {
  DecodedContent strict = Inflater(kZlibFormat, coded).Run(max_bytes);
  if (strict.malformation.empty() || HasZlibHeader(coded)) return strict;
  DecodedContent raw = Inflater(kNoFormat, coded).Run(max_bytes);
  if (!raw.malformation.empty()) return strict;
  raw.raw_deflate = true;
  return raw;
}

}  // namespace

DecodedContent DecodeContent(ContentCoding coding, std::string_view coded, std::size_t max_bytes) {
  switch (coding) {
    case ContentCoding::kGzip:
      return Inflater(kGzipFormat, coded).Run(max_bytes);
    case ContentCoding::kDeflate:
      return DecodeDeflate(coded, max_bytes);
    case ContentCoding::kBrotli:
      break;
  }
  return DecodeBrotli(coded, max_bytes);
}

}  // namespace conform
