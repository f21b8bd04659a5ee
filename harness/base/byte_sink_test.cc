#include "base/byte_sink.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <ostream>
#include <sstream>

#include "testing/secret_spellings.h"

namespace conform {
namespace {

constexpr std::string_view kSecret = "acorn <4711> & \"w\xC3\xB6rd\"";
constexpr std::string_view kToken = "eyJhbGciOi.e30.c2lnbmF0dXJl";

class ByteSinkTest : public testing::Test {
 protected:
  ByteSinkTest() { redactor_.AddSecret(kSecret, "password"); }

  ByteSink MakeSink() {
    return {&redactor_, [this](std::string_view bytes) {
              told_ += bytes;
              return 0;
            }};
  }

  Redactor redactor_{"key"};
  std::string told_;
};

TEST_F(ByteSinkTest, MasksWhateverTheLengthWhatOneWriteHolds) {
  const std::string long_token(std::size_t{400} * 1024, 'a');
  for (const std::string& text :
       {"Bearer " + long_token + ";", "eyJ" + long_token + ".e30.a;",
        std::string(std::size_t{320} * 1024, 'b') + std::string(kSecret)}) {
    told_.clear();
    ByteSink sink = MakeSink();
    EXPECT_EQ(sink.Write(text), 0);
    EXPECT_EQ(sink.Finish(), 0);
    EXPECT_TRUE(told_ == redactor_.Redact(text)) << text.substr(0, 10);
  }
}

TEST_F(ByteSinkTest, MasksWhatTwoWritesShareWhereverItIsCut) {
  for (const auto& [how, spelt] : SpellingsOf(kSecret)) {
    const std::string text = "a=" + spelt + ";";
    const std::string whole = redactor_.Redact(text);
    EXPECT_EQ(whole.find(spelt), std::string::npos) << spelt;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      told_.clear();
      ByteSink sink = MakeSink();
      EXPECT_EQ(sink.Write(text.substr(0, cut)), 0);
      EXPECT_EQ(sink.Flush(), 0);
      EXPECT_EQ(sink.Write(text.substr(cut)), 0);
      EXPECT_EQ(sink.Finish(), 0);
      EXPECT_EQ(told_, whole) << spelt << " cut at " << cut;
    }
  }
}

TEST_F(ByteSinkTest, MasksWhatWritesShareThatAreMuchEach) {
  const std::string much(std::size_t{100} * 1024, 'b');
  const std::string text = much + std::string(kSecret) + much;
  const std::string whole = redactor_.Redact(text);
  for (const std::size_t cut : {much.size() + 3, much.size(), much.size() + kSecret.size()}) {
    told_.clear();
    ByteSink sink = MakeSink();
    EXPECT_EQ(sink.Write(text.substr(0, cut)), 0);
    EXPECT_EQ(told_.substr(0, 9), "bbbbbbbbb") << "all is kept";
    EXPECT_EQ(sink.Write(text.substr(cut)), 0);
    EXPECT_EQ(sink.Finish(), 0);
    EXPECT_TRUE(told_ == whole) << "cut at " << cut;
  }
}

TEST_F(ByteSinkTest, MasksATokenThatNobodyKnowsWhereverItIsCut) {
  for (const std::string& text :
       {"t=" + std::string(kToken) + ";", std::string(kToken),
        std::string("Authorization: Bearer opaque-123\r\n"), std::string("a bearer\t abc=== b"),
        std::string("at http://ann:pass@host/")}) {
    const std::string whole = redactor_.Redact(text);
    EXPECT_NE(whole, text);
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      told_.clear();
      ByteSink sink = MakeSink();
      sink.Write(text.substr(0, cut));
      sink.Flush();
      sink.Write(text.substr(cut));
      sink.Finish();
      EXPECT_EQ(told_, whole) << text << " cut at " << cut;
    }
  }
}

TEST_F(ByteSinkTest, HandsOnAtOnceWhatIsNoBeginOfASecret) {
  ByteSink sink = MakeSink();
  for (const char* const line : {"http://127.0.0.1:8080\n", "12 of 30, 5/s, 4s left", "\r\x1B[K"}) {
    told_.clear();
    sink.Write(line);
    sink.Flush();
    EXPECT_EQ(told_, line);
  }
}

TEST_F(ByteSinkTest, HoldsTheBeginOfASecretBackUntilItIsKnownToBeNone) {
  ByteSink sink = MakeSink();
  sink.Write("an acorn <4");
  sink.Flush();
  EXPECT_EQ(told_, "an ");
  sink.Write("2> fell\n");
  sink.Flush();
  EXPECT_EQ(told_, "an acorn <42> fell\n");
}

TEST_F(ByteSinkTest, HandsOnInOrderWhatWasMaskedBefore) {
  ByteSink sink = MakeSink();
  EXPECT_EQ(sink.Write("a " + std::string(kSecret)), 0);
  EXPECT_EQ(sink.WriteMasked("Bearer of news, "), 0);
  EXPECT_EQ(sink.Write("b"), 0);
  EXPECT_EQ(sink.Finish(), 0);
  EXPECT_EQ(told_, redactor_.Redact("a " + std::string(kSecret)) + "Bearer of news, b");
}

TEST_F(ByteSinkTest, HandsOnWhatIsMuchWithoutBeingAsked) {
  ByteSink sink = MakeSink();
  const std::string line = "nothing to hide in this line\n";
  for (int i = 0; i < 10'000; ++i) sink.Write(line);
  EXPECT_GT(told_.size(), 200'000U);
  sink.Finish();
  EXPECT_EQ(told_.size(), 10'000 * line.size());
}

TEST_F(ByteSinkTest, LetsNothingOutWithoutARedactor) {
  ByteSink sink(nullptr, [this](std::string_view bytes) {
    told_ += bytes;
    return 0;
  });
  EXPECT_EQ(sink.Write("anything"), ECANCELED);
  EXPECT_EQ(sink.Flush(), ECANCELED);
  EXPECT_EQ(sink.Finish(), ECANCELED);
  EXPECT_EQ(told_, "");
}

TEST_F(ByteSinkTest, TellsWhatStoppedTheWriter) {
  ByteSink sink(&redactor_, [](std::string_view) { return ENOSPC; });
  EXPECT_EQ(sink.Write("text\n"), 0);
  EXPECT_EQ(sink.Finish(), ENOSPC);
}

TEST_F(ByteSinkTest, IsTheBufferOfAStream) {
  std::ostringstream target;
  {
    SinkBuffer buffer(&redactor_, *target.rdbuf());
    std::ostream out(&buffer);
    out << "a " << kSecret.substr(0, 5) << std::flush << kSecret.substr(5) << '!' << std::flush;
    EXPECT_EQ(target.str(), "a " + redactor_.Mask(kSecret, "password") + "!");
    out << " ac" << std::flush;
    EXPECT_TRUE(out.good());
  }
  EXPECT_EQ(target.str(), "a " + redactor_.Mask(kSecret, "password") + "! ac");
}

TEST_F(ByteSinkTest, MakesAStreamFailThatHasNoRedactor) {
  std::ostringstream target;
  SinkBuffer buffer(nullptr, *target.rdbuf());
  std::ostream out(&buffer);
  out << "anything" << std::flush;
  EXPECT_FALSE(out.good());
  EXPECT_EQ(target.str(), "");
}

}  // namespace
}  // namespace conform
