// Bundles that were tampered with: each is noticed, and what was touched is named.
#include "bundle/bundle_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "bundle/dsse.h"
#include "bundle/sample_authority.h"

namespace conform {
namespace {

using State = BundleVerdict::State;

BundleVerdict CheckSigned(const std::string& archive) {
  const PublicKey key = SampleReader();
  return CheckBundle(archive, {&key, nullptr});
}

std::string& BytesOf(Files& files, std::string_view path) {
  return std::find_if(files.begin(), files.end(),
                      [&](const auto& file) { return file.path == path; })
      ->bytes;
}

TEST(CheckBundle, TellsInOneLineWhatHolds) {
  const BundleVerdict verdict = CheckSigned(SampleBundle());
  EXPECT_EQ(verdict.state, State::kHolds);
  EXPECT_EQ(verdict.summary,
            "unaltered, signed by key " + SampleReader().id() +
                ", 6 files, run of 2026-11-24T22:54:03.120Z against embedded mock (a mock: it "
                "proves nothing of the service): nonconformance (1 test failed)");
  EXPECT_TRUE(verdict.breaches.empty());
}

TEST(CheckBundle, DoesNotKnowTheSignerWithoutAKey) {
  const BundleVerdict named = CheckBundle(SampleBundle(), {});
  EXPECT_EQ(named.state, State::kSignerUnknown);
  EXPECT_EQ(named.summary.substr(0, named.summary.find(", 6 files")),
            "unaltered, signer unknown (it names key " + SampleReader().id() +
                "; give that key with --public-key)");
  const BundleVerdict nobody = CheckBundle(SampleBundle({}), {});
  EXPECT_EQ(nobody.state, State::kSignerUnknown);
  EXPECT_EQ(nobody.summary.substr(0, nobody.summary.find(", 6 files")),
            "unaltered, signer unknown (nobody signed it: whoever changed it could make it look "
            "unaltered)");
}

TEST(CheckBundle, RefusesWhatIsNoBundle) {
  const BundleVerdict text = CheckSigned("hello");
  EXPECT_EQ(text.state, State::kUnreadable);
  EXPECT_EQ(text.summary, "it is no zip archive, or its end is cut off");
  const BundleVerdict other = CheckSigned(Zip({{"a", "hi"}}));
  EXPECT_EQ(other.state, State::kUnreadable);
  EXPECT_EQ(other.summary, "it holds neither statement.json nor SHA256SUMS");
}

TEST(CheckBundle, CallsWhatWasOneBrokenThoughItCannotBeRead) {
  std::string altered = SampleBundle();
  altered[0] = 'p';
  EXPECT_EQ(CheckSigned(altered).state, State::kBroken);
  const std::string bundle = SampleBundle();
  const BundleVerdict cut = CheckSigned(bundle.substr(0, bundle.size() - 1));
  EXPECT_EQ(cut.state, State::kBroken);
  EXPECT_EQ(cut.summary, "it is no zip archive, or its end is cut off");
}

struct Tampering {
  const char* name;
  std::function<std::string(Files)> tamper;
  std::vector<std::string> breaches;
};

class CheckBundleNames : public testing::TestWithParam<Tampering> {};

TEST_P(CheckBundleNames, WhatWasTamperedWith) {
  const std::string tampered = GetParam().tamper(Unzip(SampleBundle()));
  const BundleVerdict verdict = CheckSigned(tampered);
  EXPECT_EQ(verdict.state, State::kBroken);
  EXPECT_EQ(fmt::format("{}", fmt::join(verdict.breaches, "\n")),
            fmt::format("{}", fmt::join(GetParam().breaches, "\n")));
  EXPECT_EQ(verdict.summary, fmt::format("not as it was made, or not signed as it should ({})",
                                         GetParam().breaches.size()));
}

/// The files, sorted again, with one more.
std::string WithAdded(Files files, const std::string& path) {
  files.push_back({path, "x"});
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return Zip(files);
}

std::string WithEnvelope(Files files, const std::function<void(Envelope&)>& change) {
  std::string& text = BytesOf(files, kStatementName);
  Envelope envelope = *ReadEnvelope(text);
  change(envelope);
  text = RenderEnvelope(envelope);
  return Zip(files);
}

/// With the signature of somebody else.
void SignAnew(Envelope& envelope, const char* pem) {
  const SigningKey key = *SigningKey::Read(pem);
  envelope.signatures = {
      {key.id(), *key.Sign(PreAuthenticationEncoding(envelope.payload_type, envelope.payload))}};
}

constexpr const char* kOtherKey =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banWvUsdfYFxxkkIezGC2VtB9Ki1slr/8p\n"
    "-----END PRIVATE KEY-----\n";

const std::vector<Tampering> kTamperings = {
    {"Altered",
     [](Files files) {
       BytesOf(files, "run.json") = "{ }\n";
       return Zip(files);
     },
     {"run.json: altered"}},
    {"SumsAltered",
     [](Files files) {
       BytesOf(files, "SHA256SUMS") += "\n";
       return Zip(files);
     },
     {"SHA256SUMS: altered"}},
    {"AlteredAndRemovedAndAdded",
     [](Files files) {
       BytesOf(files, "run.json") = "{ }\n";
       files.erase(files.begin() + 3);
       return WithAdded(std::move(files), "report.html");
     },
     {"junit.xml: removed", "run.json: altered", "report.html: added"}},
    {"AddedOutside",
     [](Files files) { return WithAdded(std::move(files), "../evil"); },
     {"../evil: added, under a name that is no plain path below a folder"}},
    {"AddedTwice",
     [](Files files) { return WithAdded(std::move(files), "run.json"); },
     {"run.json: stands twice"}},
    {"StampAdded",
     [](Files files) { return WithAdded(std::move(files), "statement.tsr"); },
     {"statement.tsr: added"}},
    {"ReOrdered",
     [](Files files) {
       std::swap(files[3], files[4]);
       return Zip(files);
     },
     {"re-ordered: junit.xml stands after run.json"}},
    {"ChecksumDiffers",
     [](const Files& files) {
       std::string archive = Zip(files);
       archive[archive.find("<testsuites/>")] = '(';
       return archive;
     },
     {"junit.xml: altered (its checksum differs)"}},
    {"DateChanged",
     [](const Files& files) {
       std::string archive = Zip(files);
       archive[archive.find("run.json{}") - 30 + 12] = '\x22';
       return archive;
     },
     {"zip metadata changed: run.json is not stored as in a bundle"}},
    {"ModeChanged",
     [](const Files& files) {
       std::string archive = Zip(files);
       archive[archive.rfind("run.json") - 46 + 40] = '\x24';
       return archive;
     },
     {"zip metadata changed: the directory's entry of run.json is not stored as in a bundle"}},
    {"CommentAdded",
     [](const Files& files) {
       std::string archive = Zip(files);
       archive[archive.size() - 2] = 5;
       return archive + "hello";
     },
     {"zip metadata changed: bytes after the archive: 5",
      "zip metadata changed: the end record is not stored as in a bundle"}},
    {"BytesAround",
     [](const Files& files) { return "#!" + Zip(files) + "\n"; },
     {"zip metadata changed: bytes before the archive: 2",
      "zip metadata changed: bytes after the archive: 1"}},
    {"StatementRemoved",
     [](Files files) {
       files.pop_back();
       return Zip(files);
     },
     {"statement.json: removed"}},
    {"StatementSpoilt",
     [](Files files) {
       BytesOf(files, kStatementName) = "{}\n";
       return Zip(files);
     },
     {"statement.json: altered: it names no payloadType"}},
    {"StatementSpacedOut",
     [](Files files) {
       BytesOf(files, kStatementName) += " ";
       return Zip(files);
     },
     {"statement.json: altered, outside of what is signed"}},
    {"PayloadChanged",
     [](Files files) {
       return WithEnvelope(std::move(files), [](Envelope& envelope) {
         const std::string_view word = "\"nonconformance\"";
         envelope.payload.replace(envelope.payload.find(word), word.size(), "\"conforms\"");
       });
     },
     {"statement.json: altered: it is not what the key signed"}},
    {"PayloadIsAnother",
     [](Files files) {
       return WithEnvelope(std::move(files), [](Envelope& envelope) {
         envelope.payload = "{}";
         SignAnew(envelope, kSampleKey);
       });
     },
     {"statement.json: altered: it is no https://in-toto.io/Statement/v1"}},
    {"PayloadChangedWhereItIsNotReadAnyMore",
     [](Files files) {
       BytesOf(files, "run.json") = "{ }\n";
       return WithEnvelope(std::move(files), [](Envelope& envelope) { envelope.payload = "{}"; });
     },
     {"statement.json: altered: it is not what the key signed"}},
    {"PayloadTypeChanged",
     [](Files files) {
       return WithEnvelope(std::move(files), [](Envelope& envelope) {
         envelope.payload_type = "text/plain";
         SignAnew(envelope, kSampleKey);
       });
     },
     {"statement.json: altered, outside of what is signed"}},
    {"SignatureRemoved",
     [](Files files) {
       return WithEnvelope(std::move(files),
                           [](Envelope& envelope) { envelope.signatures.clear(); });
     },
     {"statement.json: not signed: whoever made it is unknown"}},
    {"SignatureAdded",
     [](Files files) {
       return WithEnvelope(std::move(files), [](Envelope& envelope) {
         envelope.signatures.push_back(envelope.signatures.front());
       });
     },
     {"statement.json: altered: more than one signature"}},
    {"KeyIdChanged",
     [](Files files) {
       return WithEnvelope(std::move(files),
                           [](Envelope& envelope) { envelope.signatures[0].key_id = "a"; });
     },
     {"statement.json: altered: it names another key than the one that signed it"}},
    {"SignedByAnother",
     [](Files files) {
       return WithEnvelope(std::move(files),
                           [](Envelope& envelope) { SignAnew(envelope, kOtherKey); });
     },
     {fmt::format("statement.json: wrong key: signed by key {}, the key given is {}",
                  SigningKey::Read(kOtherKey)->id(), SampleReader().id())}},
};

INSTANTIATE_TEST_SUITE_P(Table, CheckBundleNames, testing::ValuesIn(kTamperings),
                         [](const auto& row) { return std::string(row.param.name); });

/// The library that reads JSON copies it by recursion: such a text once ended the process.
TEST(CheckBundle, OutlivesAStatementThatNestsDeeply) {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  const std::string statement = fmt::format(
      R"({{"_type":"{}","predicateType":"{}","subject":[{{"a":{}}}],"predicate":{{}}}})",
      kStatementType, kPredicateType, deep);
  const Envelope envelope{std::string(kPayloadType), statement, {}};
  for (const std::string& text : {RenderEnvelope(envelope), "{\"payloadType\":" + deep + "}"}) {
    const BundleVerdict verdict = CheckBundle(Zip({{"statement.json", text}}), {});
    EXPECT_EQ(verdict.state, State::kBroken);
    EXPECT_EQ(verdict.breaches,
              std::vector<std::string>{"statement.json: altered: it nests deeper than 16"});
  }
}

TEST(CheckBundle, NamesWhatAnotherZipProgramDidToIt) {
  const SampleFolder folder;
  folder.Write("run.zip", SampleBundle());
  folder.Run(
      "echo x > report.html; zip -q run.zip report.html; unzip -q run.zip -d run; cd run; "
      "zip -q -r -X -9 ../again.zip *");
  EXPECT_EQ(CheckSigned(folder.Read("run.zip")).breaches.front(), "report.html: added");
  const BundleVerdict again = CheckSigned(folder.Read("again.zip"));
  EXPECT_EQ(again.state, State::kBroken);
  EXPECT_NE(fmt::format("{}", fmt::join(again.breaches, "\n")).find("zip metadata changed: "),
            std::string::npos);
}

class StampedBundle : public testing::Test {
 protected:
  TimeStampRoots Roots() const { return *TimeStampRoots::Load(folder_.path() / "ca.pem"); }
  std::string Stamped() const {
    const SigningKey key = SampleSigner();
    return SampleBundle({&key, AskDirectly(authority_)});
  }

  SampleFolder folder_;
  SampleAuthority authority_{folder_};
  PublicKey key_ = SampleReader();
};

TEST_F(StampedBundle, TellsWhenAndByWhom) {
  const TimeStampRoots roots = Roots();
  const std::string bundle = Stamped();
  const BundleVerdict checked = CheckBundle(bundle, {&key_, &roots});
  EXPECT_EQ(checked.state, State::kHolds) << fmt::format("{}", fmt::join(checked.breaches, "\n"));
  EXPECT_NE(checked.summary.find("Z by CN=Sample Authority,O=Samples, 7 files, "),
            std::string::npos)
      << checked.summary;
  const SigningKey key = SampleSigner();
  RunRecord later = SampleRun();
  later.header.started = std::chrono::system_clock::now() + std::chrono::hours(24);
  const std::string early = SampleBundle({&key, AskDirectly(authority_)}, later);
  EXPECT_NE(CheckBundle(early, {&key_, &roots})
                .summary.find(", which is BEFORE the run says it began: one of the two clocks was "
                              "wrong, 7 files"),
            std::string::npos);
  const BundleVerdict unchecked = CheckBundle(bundle, {&key_, nullptr});
  EXPECT_EQ(unchecked.state, State::kHolds);
  EXPECT_NE(unchecked.summary.find(
                "Z by CN=Sample Authority,O=Samples (not checked: give its CA with --tsa-ca), "),
            std::string::npos)
      << unchecked.summary;
}

TEST_F(StampedBundle, IsBrokenWhereTheStampIsGoneOrAnothers) {
  const TimeStampRoots roots = Roots();
  Files files = Unzip(Stamped());
  const BundleFile stamp = files.back();
  files.pop_back();
  EXPECT_EQ(CheckBundle(Zip(files), {&key_, nullptr}).breaches,
            std::vector<std::string>{"statement.tsr: removed"});
  const std::string request = *MakeTimeStampRequest("hello");
  files.push_back({stamp.path, authority_.Answer(request)});
  EXPECT_EQ(CheckBundle(Zip(files), {&key_, nullptr}).breaches,
            std::vector<std::string>{
                "statement.tsr: no time stamp of this signature: message imprint mismatch"});
  EXPECT_EQ(CheckBundle(SampleBundle(), {&key_, &roots}).breaches,
            std::vector<std::string>{"statement.tsr: was never there: no time stamp"});
}

}  // namespace
}  // namespace conform
