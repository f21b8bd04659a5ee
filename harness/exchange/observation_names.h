// The names an observation can have, spelt once.
#pragma once

#include <string_view>

/// ObservationNames() says what each means.
namespace conform::observed {

// Lines and the status line.
inline constexpr std::string_view kBareLf = "bare_lf";
inline constexpr std::string_view kBareCr = "bare_cr";
inline constexpr std::string_view kStatusLineMalformed = "status_line_malformed";
inline constexpr std::string_view kStatusLineWhiteSpace = "status_line_white_space";
inline constexpr std::string_view kVersionMalformed = "version_malformed";
inline constexpr std::string_view kUnknownMajorVersion = "unknown_major_version";
inline constexpr std::string_view kUnknownMinorVersion = "unknown_minor_version";
inline constexpr std::string_view kHttp10 = "http_1_0";
inline constexpr std::string_view kStatusNotThreeDigits = "status_not_three_digits";
inline constexpr std::string_view kStatusOutOfRange = "status_out_of_range";
inline constexpr std::string_view kMissingReason = "missing_reason";
inline constexpr std::string_view kMissingReasonSpace = "missing_reason_space";
inline constexpr std::string_view kControlInReason = "control_in_reason";
// Fields.
inline constexpr std::string_view kObsFold = "obs_fold";
inline constexpr std::string_view kSpaceBeforeColon = "space_before_colon";
inline constexpr std::string_view kLeadingWhiteSpaceLine = "leading_white_space_line";
inline constexpr std::string_view kFieldWithoutColon = "field_without_colon";
inline constexpr std::string_view kEmptyFieldName = "empty_field_name";
inline constexpr std::string_view kMalformedFieldName = "malformed_field_name";
inline constexpr std::string_view kNulInField = "nul_in_field";
inline constexpr std::string_view kControlInField = "control_in_field";
inline constexpr std::string_view kNonAsciiInField = "non_ascii_in_field";
// Where the message ends.
inline constexpr std::string_view kConflictingContentLength = "conflicting_content_length";
inline constexpr std::string_view kRepeatedContentLength = "repeated_content_length";
inline constexpr std::string_view kMalformedContentLength = "malformed_content_length";
inline constexpr std::string_view kContentLengthForbidden = "content_length_forbidden";
inline constexpr std::string_view kContentLengthWithTransferEncoding =
    "content_length_with_transfer_encoding";
inline constexpr std::string_view kTransferEncodingForbidden = "transfer_encoding_forbidden";
inline constexpr std::string_view kContentLengthIn1xx = "content_length_in_1xx";
inline constexpr std::string_view kTransferEncodingIn1xx = "transfer_encoding_in_1xx";
inline constexpr std::string_view kTransferEncodingInHttp10 = "transfer_encoding_in_http_1_0";
inline constexpr std::string_view kMalformedTransferEncoding = "malformed_transfer_encoding";
inline constexpr std::string_view kUnknownTransferCoding = "unknown_transfer_coding";
inline constexpr std::string_view kRepeatedChunked = "repeated_chunked";
inline constexpr std::string_view kChunkedNotFinal = "chunked_not_final";
inline constexpr std::string_view kMalformedChunkSize = "malformed_chunk_size";
inline constexpr std::string_view kChunkSizeOverflow = "chunk_size_overflow";
inline constexpr std::string_view kSpaceAfterChunkSize = "space_after_chunk_size";
inline constexpr std::string_view kChunkExtension = "chunk_extension";
inline constexpr std::string_view kMissingChunkCrlf = "missing_chunk_crlf";
inline constexpr std::string_view kBareLfInChunk = "bare_lf_in_chunk";
inline constexpr std::string_view kTrailerFields = "trailer_fields";
inline constexpr std::string_view kForbiddenTrailer = "forbidden_trailer";
inline constexpr std::string_view kEndsByClose = "ends_by_close";
inline constexpr std::string_view kEarlyClose = "early_close";
// Around the message.
inline constexpr std::string_view kInterimResponse = "interim_response";
inline constexpr std::string_view kUnasked101 = "unasked_101";
inline constexpr std::string_view kContentAfterNoContent = "content_after_no_content";
inline constexpr std::string_view kSurplusAfterLength = "surplus_after_length";
inline constexpr std::string_view kSurplusAfterChunks = "surplus_after_chunks";
inline constexpr std::string_view kSecondAnswer = "second_answer";
inline constexpr std::string_view kUnsolicitedBytes = "unsolicited_bytes";
inline constexpr std::string_view kAnsweredBeforeRequest = "answered_before_request";
inline constexpr std::string_view kStaleConnection = "stale_connection";
// Content.
inline constexpr std::string_view kContentCodingMalformed = "content_coding_malformed";
inline constexpr std::string_view kUnknownContentCoding = "unknown_content_coding";
inline constexpr std::string_view kIdentityContentCoding = "identity_content_coding";
inline constexpr std::string_view kRawDeflate = "raw_deflate";
// Bounds of ours.
inline constexpr std::string_view kHeaderBytesBound = "header_bytes_bound";
inline constexpr std::string_view kHeaderCountBound = "header_count_bound";
inline constexpr std::string_view kInterimCountBound = "interim_count_bound";
inline constexpr std::string_view kBodyBytesBound = "body_bytes_bound";
inline constexpr std::string_view kDecodedBytesBound = "decoded_bytes_bound";
inline constexpr std::string_view kContentCodingBound = "content_coding_bound";
inline constexpr std::string_view kJsonDepthBound = "json_depth_bound";

}  // namespace conform::observed
