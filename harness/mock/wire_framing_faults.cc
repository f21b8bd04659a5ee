#include <fmt/format.h>

#include "mock/fault_tables.h"

namespace conform {
namespace {

// Faults of framing spoil answers with content alone: what has none is not framed.
bool HasContent(const WireAnswer& answer) { return !answer.body.empty() && answer.status != 204; }

void RemoveLength(WireAnswer& answer) {
  std::erase_if(answer.field_lines,
                [](const std::string& line) { return line.starts_with("Content-Length:"); });
}

// Replaces the declared length by `fields`.
void ReplaceLength(WireAnswer& answer, std::string_view fields) {
  RemoveLength(answer);
  answer.field_lines.emplace_back(fields);
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
      {"wire_early_close",
       "The connection is closed in the middle of the content.",
       {"http.wire.early_close"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         answer.body.resize(answer.body.size() / 2);
         CloseAfter(answer);
       }},
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
       "The chunked coding is named twice.",
       {"http.wire.repeated_chunked"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, "Transfer-Encoding: chunked, chunked\r\n");
         answer.body = Chunk(Chunk(answer.body).append(kLastChunk)).append(kLastChunk);
       }},
  };
}

// Each replaces the content by chunks that are wrong in one place.
std::vector<Fault> ChunkFaults() {
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
      {"wire_missing_chunk_crlf",
       "No line end follows a chunk's data.",
       {"http.wire.missing_chunk_crlf"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, kChunked);
         answer.body = fmt::format("{:x}\r\n{}{}", answer.body.size(), answer.body, kLastChunk);
         CloseAfter(answer);
       }},
      {"wire_bare_lf_in_chunk",
       "A chunk's size ends with LF alone.",
       {"http.wire.bare_lf_in_chunk"},
       +[](WireAnswer& answer) {
         if (!HasContent(answer)) return;
         ReplaceLength(answer, kChunked);
         answer.body = fmt::format("{:x}\n{}\r\n{}", answer.body.size(), answer.body, kLastChunk);
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
  std::vector<Fault> faults = LengthFaults();
  for (const std::vector<Fault>& group : {TransferCodingFaults(), ChunkFaults()}) {
    faults.insert(faults.end(), group.begin(), group.end());
  }
  return faults;
}

}  // namespace conform
