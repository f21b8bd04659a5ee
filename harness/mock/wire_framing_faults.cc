#include <fmt/format.h>

#include <algorithm>

#include "mock/fault_tables.h"

namespace conform {
namespace {

// Faults of framing spoil answers with content alone: what has none is not framed.
bool HasContent(const WireAnswer& answer) { return !answer.body.empty() && answer.status != 204; }

// Replaces the declared length by `fields`.
void ReplaceLength(WireAnswer& answer, std::string_view fields) {
  RemoveLength(answer);
  answer.field_lines.emplace_back(fields);
}

// An interim answer with these fields.
void BeginWith(WireAnswer& answer, std::string_view fields) {
  answer.status_line =
      fmt::format("HTTP/1.1 103 Early Hints\r\n{}\r\n{}", fields, answer.status_line);
}

std::string Chunk(std::string_view data) {
  return fmt::format("{:x}\r\n{}\r\n", data.size(), data);
}

constexpr std::string_view kLastChunk = "0\r\n\r\n";
constexpr std::string_view kChunked = "Transfer-Encoding: chunked\r\n";

std::vector<Fault> LengthFaults() {
  return {
      {"wire_conflicting_content_length",
       "Content-Length is given twice, and the values differ.",
       {"http.wire.conflicting_content_length"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         answer.field_lines.push_back(
             fmt::format("Content-Length: {}\r\n", answer.body.size() + 1));
         CloseAfter(answer);
       }},
      {"wire_repeated_content_length",
       "Content-Length is given twice, with the same value.",
       {"http.wire.repeated_content_length"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         answer.field_lines.push_back(fmt::format("Content-Length: {}\r\n", answer.body.size()));
       }},
      {"wire_malformed_content_length",
       "Content-Length has a sign.",
       {"http.wire.malformed_content_length"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, fmt::format("Content-Length: +{}\r\n", answer.body.size()));
         CloseAfter(answer);
       }},
      {"wire_content_length_in_1xx",
       "A 103 with Content-Length comes first.",
       {"http.1xx.no_content_length"},
       +[](WireAnswer& answer) { BeginWith(answer, "Content-Length: 0\r\n"); }},
      {"wire_transfer_encoding_in_1xx",
       "A 103 with Transfer-Encoding comes first.",
       {"http.1xx.no_transfer_encoding"},
       +[](WireAnswer& answer) { BeginWith(answer, kChunked); }},
      {"wire_surplus_after_length",
       "Bytes follow the content whose length was declared.",
       {"http.wire.surplus_after_length"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         answer.body += "surplus";
         CloseAfter(answer);
       }},
      {"wire_second_answer",
       "A second answer follows the first.",
       {"http.wire.second_answer"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         CloseAfter(answer);
         answer.body += RenderAnswer(answer);
       }},
  };
}

std::vector<Fault> TransferCodingFaults() {
  return {
      {"wire_content_length_with_transfer_encoding",
       "Content-Length and Transfer-Encoding stand together.",
       {"http.wire.content_length_with_transfer_encoding"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         answer.field_lines.emplace_back(kChunked);
         answer.body = Chunk(answer.body).append(kLastChunk);
         CloseAfter(answer);
       }},
      {"wire_unknown_transfer_coding",
       "A transfer coding that nobody knows is applied.",
       {"http.wire.unknown_transfer_coding"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, "Transfer-Encoding: rot13, chunked\r\n");
         answer.body = Chunk(answer.body).append(kLastChunk);
       }},
      {"wire_repeated_chunked",
       "The chunked coding is named and applied twice, so that what is left is no JSON.",
       {"http.wire.repeated_chunked", "http.json.valid", "about:responses.success"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, "Transfer-Encoding: chunked, chunked\r\n");
         answer.body = Chunk(Chunk(answer.body).append(kLastChunk)).append(kLastChunk);
       }},
      {"wire_transfer_encoding_in_http_1_0",
       "A chunked answer says that it is of HTTP/1.0.",
       {"http.wire.transfer_encoding_in_http_1_0"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         answer.status_line.replace(0, std::string_view("HTTP/1.1").size(), "HTTP/1.0");
         ReplaceLength(answer, kChunked);
         answer.body = Chunk(answer.body).append(kLastChunk);
         CloseAfter(answer);
       }},
      {"wire_malformed_transfer_encoding",
       "Transfer-Encoding is no list of codings.",
       {"http.wire.malformed_transfer_encoding"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, "Transfer-Encoding: ,\r\n");
         CloseAfter(answer);
       }},
      {"wire_chunked_not_final",
       "The last transfer coding is not chunked.",
       {"http.wire.chunked_not_final", "http.wire.unknown_transfer_coding"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, "Transfer-Encoding: rot13\r\n");
         CloseAfter(answer);
       }},
  };
}

/// A deflate stream (RFC 1951 §3.2.4) of one stored block, without the zlib format around it.
std::string StoredDeflate(std::string_view data) {
  const auto size = static_cast<unsigned>(data.size());
  std::string stream = "\x01";
  for (const unsigned part : {size, ~size}) {
    stream.push_back(static_cast<char>(part & 0xFF));
    stream.push_back(static_cast<char>(part >> 8 & 0xFF));
  }
  return stream.append(data);
}

std::vector<Fault> ContentFaults() {
  return {
      {"wire_content_after_head",
       "The answer to HEAD has content.",
       {"http.wire.content_after_no_content"},
       +[](WireAnswer& answer) {
         const bool declared = std::any_of(
             answer.field_lines.begin(), answer.field_lines.end(), [](const std::string& line) {
               return line.starts_with("Content-Length:") && line != "Content-Length: 0\r\n";
             });
         if (!answer.body.empty() || answer.status == 204 || !declared) return;
         answer.body = "content";
         CloseAfter(answer);
       }},
      {"wire_content_coding_malformed",
       "Content is said to be gzip and is not, so that no JSON can be read from it.",
       {"http.wire.content_coding_malformed", "http.json.valid", "about:responses.success"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         answer.field_lines.emplace_back("Content-Encoding: gzip\r\n");
       }},
      {"wire_identity_content_coding",
       "Content-Encoding says identity.",
       {"http.wire.identity_content_coding"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         answer.field_lines.emplace_back("Content-Encoding: identity\r\n");
       }},
      {"wire_raw_deflate",
       "Content said to be deflate lacks the zlib format around it.",
       {"http.wire.raw_deflate"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         answer.body = StoredDeflate(answer.body);
         ReplaceLength(answer, fmt::format("Content-Length: {}\r\n", answer.body.size()));
         answer.field_lines.emplace_back("Content-Encoding: deflate\r\n");
       }},
  };
}

// Each replaces the content by a chunk whose size is written wrongly.
std::vector<Fault> ChunkSizeFaults() {
  return {
      {"wire_malformed_chunk_size",
       "A chunk's size is no hexadecimal number.",
       {"http.wire.malformed_chunk_size"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, kChunked);
         answer.body = fmt::format("size\r\n{}\r\n{}", answer.body, kLastChunk);
         CloseAfter(answer);
       }},
      {"wire_chunk_size_overflow",
       "A chunk's size has twenty digits.",
       {"http.wire.chunk_size_overflow"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, kChunked);
         answer.body = fmt::format("ffffffffffffffffffff\r\n{}\r\n{}", answer.body, kLastChunk);
         CloseAfter(answer);
       }},
      {"wire_space_after_chunk_size",
       "A space stands behind a chunk's size.",
       {"http.wire.space_after_chunk_size"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, kChunked);
         answer.body =
             fmt::format("{:x} \r\n{}\r\n{}", answer.body.size(), answer.body, kLastChunk);
       }},
      {"wire_bare_lf_in_chunk",
       "A chunk's size ends with LF alone.",
       {"http.wire.bare_lf_in_chunk"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, kChunked);
         answer.body = fmt::format("{:x}\n{}\r\n{}", answer.body.size(), answer.body, kLastChunk);
       }},
  };
}

// Each replaces the content by a chunk that is followed by the wrong thing.
std::vector<Fault> ChunkEndFaults() {
  return {
      {"wire_missing_chunk_crlf",
       "No line end follows a chunk's data.",
       {"http.wire.missing_chunk_crlf"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, kChunked);
         answer.body = fmt::format("{:x}\r\n{}{}", answer.body.size(), answer.body, kLastChunk);
         CloseAfter(answer);
       }},
      {"wire_forbidden_trailer",
       "Content-Length comes after the content, as a trailer.",
       {"http.wire.forbidden_trailer"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, kChunked);
         answer.body = Chunk(answer.body).append("0\r\nContent-Length: 1\r\n\r\n");
       }},
      {"wire_surplus_after_chunks",
       "Bytes follow the last chunk.",
       {"http.wire.surplus_after_chunks"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, kChunked);
         answer.body = Chunk(answer.body).append(kLastChunk).append("surplus");
         CloseAfter(answer);
       }},
  };
}

}  // namespace

std::vector<Fault> WireFramingFaults() {
  return Joined({LengthFaults(), TransferCodingFaults(), ChunkSizeFaults(), ChunkEndFaults(),
                 ContentFaults()});
}

}  // namespace conform
