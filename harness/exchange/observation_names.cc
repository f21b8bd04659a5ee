#include "exchange/observation_names.h"

#include <array>

#include "exchange/response_reader.h"

namespace conform {
namespace observed {
namespace {

constexpr std::array<ObservationName, 65> kNames = {{
    {kBareLf, "A line of the header section ends with LF alone instead of CRLF."},
    {kBareCr, "A CR stands where no LF follows it."},
    {kStatusLineMalformed, "The answer does not begin with a status line."},
    {kStatusLineWhiteSpace, "The parts of the status line are not separated by one space each."},
    {kVersionMalformed, "The status line does not begin with HTTP/, a digit, a point, a digit."},
    {kUnknownMajorVersion, "The answer is of a major version of HTTP other than 1."},
    {kUnknownMinorVersion, "The answer is of a version of HTTP after 1.1."},
    {kHttp10, "The answer is of HTTP/1.0."},
    {kStatusNotThreeDigits, "The status code is not three digits."},
    {kStatusOutOfRange, "The status code is not between 100 and 599."},
    {kMissingReason, "The status line has no reason phrase, which is legal."},
    {kMissingReasonSpace, "The space after the status code is missing."},
    {kControlInReason, "The reason phrase has a control character."},
    {kObsFold, "A field's value is folded over several lines."},
    {kSpaceBeforeColon, "White space stands between a field's name and its colon."},
    {kLeadingWhiteSpaceLine, "A line that begins with white space follows the status line."},
    {kFieldWithoutColon, "A line of the header or trailer section has no colon."},
    {kEmptyFieldName, "A field has no name before its colon."},
    {kMalformedFieldName, "A field's name has a character that no token has."},
    {kNulInField, "A field's value has a NUL."},
    {kControlInField, "A field's value has a control character other than tab, CR, LF and NUL."},
    {kNonAsciiInField, "A field's value has bytes above 0x7F."},
    {kConflictingContentLength, "Content-Length is given more than once, with unequal values."},
    {kRepeatedContentLength, "Content-Length is given more than once, with the same value."},
    {kMalformedContentLength, "Content-Length is not a decimal number."},
    {kContentLengthForbidden, "Content-Length stands in an answer that may not have it."},
    {kContentLengthWithTransferEncoding, "Content-Length and Transfer-Encoding stand together."},
    {kTransferEncodingForbidden, "Transfer-Encoding stands in an answer that may not have it."},
    {kContentLengthIn1xx, "Content-Length stands in a 1xx answer."},
    {kTransferEncodingIn1xx, "Transfer-Encoding stands in a 1xx answer."},
    {kTransferEncodingInHttp10, "Transfer-Encoding stands in a message of HTTP/1.0."},
    {kMalformedTransferEncoding, "Transfer-Encoding is not a list of transfer codings."},
    {kUnknownTransferCoding, "A transfer coding other than chunked is applied, and not removed."},
    {kRepeatedChunked, "The chunked transfer coding is applied more than once."},
    {kChunkedNotFinal, "Transfer-Encoding is given and its last coding is not chunked."},
    {kMalformedChunkSize, "A chunk does not begin with its size in hexadecimal."},
    {kChunkSizeOverflow, "A chunk's size does not fit 63 bits."},
    {kSpaceAfterChunkSize, "White space stands between a chunk's size and the end of its line."},
    {kChunkExtension, "A chunk has an extension."},
    {kMissingChunkCrlf, "A chunk's data is not followed by CRLF: it is not of the stated size."},
    {kBareLfInChunk, "A line of the chunked coding ends with LF alone instead of CRLF."},
    {kTrailerFields, "Fields follow the last chunk."},
    {kForbiddenTrailer, "A trailer field is one that only a header section may hold."},
    {kEndsByClose, "The content ends where the connection is closed, which is legal."},
    {kEarlyClose, "The connection was closed before the answer was whole."},
    {kInterimResponse, "A 1xx answer came before the final one."},
    {kUnasked101, "The server switches protocols, which nobody asked for."},
    {kContentAfterNoContent, "Bytes follow an answer that has no content."},
    {kSurplusAfterLength, "Bytes follow the content whose length was declared."},
    {kSurplusAfterChunks, "Bytes follow the last chunk and its trailer section."},
    {kSecondAnswer, "A second answer follows the first, to no request."},
    {kUnsolicitedBytes, "Bytes came on a kept-alive connection while no request was under way."},
    {kAnsweredBeforeRequest, "The answer was whole before the request was sent."},
    {kStaleConnection,
     "A kept-alive connection was closed before it answered; the request was sent again."},
    {kContentCodingMalformed, "The content is not what its content coding says."},
    {kUnknownContentCoding, "The content has a coding other than gzip, deflate and br."},
    {kIdentityContentCoding, "Content-Encoding says identity."},
    {kRawDeflate, "Content said to be deflate lacks the zlib format around it."},
    {kHeaderBytesBound, "The header section is larger than the bound: reading stopped."},
    {kHeaderCountBound, "The header section has more fields than the bound: reading stopped."},
    {kInterimCountBound, "More 1xx answers came than the bound: reading stopped."},
    {kBodyBytesBound, "The content is longer than the bound: the rest was not read."},
    {kDecodedBytesBound, "The decoded content is longer than the bound: the rest was cut off."},
    {kContentCodingBound, "More content codings are applied than the bound: none was removed."},
    {kJsonDepthBound, "The content is JSON nested deeper than the bound."},
}};

}  // namespace
}  // namespace observed

const std::vector<ObservationName>& ObservationNames() {
  static const std::vector<ObservationName> kAll(observed::kNames.begin(), observed::kNames.end());
  return kAll;
}

}  // namespace conform
