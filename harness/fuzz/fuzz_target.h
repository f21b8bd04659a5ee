// What is fuzzed: the functions that take a stranger's bytes. libFuzzer calls one of them for as
// long as it is told; the test `fuzz_replay` calls each with the inputs that are kept.
#pragma once

#include <array>
#include <string_view>

namespace conform {

// Each takes any bytes, and shall end in bounded time without a crash, a leak or undefined
// behaviour. Where a result makes a promise (what was written reads back), it aborts when that is
// broken.

void FuzzCaseLoader(std::string_view bytes);
void FuzzContractLoader(std::string_view bytes);
void FuzzPageImporter(std::string_view bytes);
void FuzzOpenApiImporter(std::string_view bytes);
void FuzzResponseReader(std::string_view bytes);
void FuzzTokenClaims(std::string_view bytes);
void FuzzTimes(std::string_view bytes);
void FuzzHarReader(std::string_view bytes);
void FuzzBundleCheck(std::string_view bytes);
void FuzzRecordReader(std::string_view bytes);

struct FuzzTarget {
  std::string_view name;  ///< of its folder of inputs, dictionary and program.
  void (*run)(std::string_view bytes);
};

inline constexpr std::array<FuzzTarget, 10> kFuzzTargets = {{
    {"case_loader", FuzzCaseLoader},
    {"contract_loader", FuzzContractLoader},
    {"page_importer", FuzzPageImporter},
    {"openapi_importer", FuzzOpenApiImporter},
    {"response_reader", FuzzResponseReader},
    {"token_claims", FuzzTokenClaims},
    {"times", FuzzTimes},
    {"har_reader", FuzzHarReader},
    {"bundle_check", FuzzBundleCheck},
    {"record_reader", FuzzRecordReader},
}};

/// Ends the program where a promise is broken; libFuzzer keeps the input.
inline void Promise(bool kept) {
  if (!kept) __builtin_trap();
}

}  // namespace conform
