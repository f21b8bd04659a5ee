#include "bundle/bundle_check.h"

#include <string>

#include "bundle/dsse.h"
#include "bundle/statement.h"
#include "bundle/zip_form.h"
#include "bundle/zip_reader.h"
#include "fuzz/fuzz_target.h"

namespace conform {

void FuzzBundleCheck(std::string_view bytes) {
  const BundleVerdict verdict = CheckBundle(bytes, BundleTrust{});
  // Nobody is trusted, so nothing holds.
  Promise(verdict.state != BundleVerdict::State::kHolds);
  if (const auto contents = ReadZip(bytes)) (void)DescribeForm(bytes, *contents);
  if (const auto envelope = ReadEnvelope(bytes)) {
    Promise(ReadEnvelope(RenderEnvelope(*envelope)).has_value());
    (void)ReadStatement(envelope->payload);
  }
  (void)ReadStatement(bytes);
}

}  // namespace conform
