#include "base/redactor.h"

#include <gtest/gtest.h>

#include <ostream>
#include <thread>

#include "base/digest.h"

namespace conform {
namespace {

const std::string kOddSecret = R"(p/ss "wörd"+~1)";  // 15 bytes
constexpr std::string_view kMask = "[password, 15 bytes, 6d39f7]";

struct FormRow {
  std::string_view name;
  std::string text;
  std::string expected;
};
void PrintTo(const FormRow& row, std::ostream* out) { *out << row.name; }

class Redact : public testing::TestWithParam<FormRow> {};
TEST_P(Redact, MasksAForm) {
  Redactor redactor("key");
  redactor.AddSecret(kOddSecret, "password");
  EXPECT_EQ(redactor.Redact(GetParam().text), GetParam().expected);
}

const std::string kMasked = "a=" + std::string(kMask) + "&";
INSTANTIATE_TEST_SUITE_P(
    , Redact,
    testing::Values(FormRow{"Plain", "a=" + kOddSecret + "&", kMasked},
                    FormRow{"Percent", "a=p%2Fss%20%22w%C3%B6rd%22%2B~1&", kMasked},
                    FormRow{"PercentInLowerCase", "a=p%2fss%20%22w%c3%b6rd%22%2b~1&", kMasked},
                    FormRow{"FormUrlencoded", "a=p%2Fss+%22w%C3%B6rd%22%2B~1&", kMasked},
                    FormRow{"Json", R"(a=p/ss \"wörd\"+~1&)", kMasked},
                    FormRow{"JsonWithSlashesEscaped", R"(a=p\/ss \"wörd\"+~1&)", kMasked},
                    FormRow{"JsonInAscii", R"(a=p/ss \"w\u00f6rd\"+~1&)", kMasked},
                    FormRow{"Base64", "a=" + Base64(kOddSecret) + "&", kMasked},
                    FormRow{"Base64Url", "a=" + Base64Url(kOddSecret) + "&", kMasked},
                    FormRow{"Twice", kOddSecret + kOddSecret,
                            std::string(kMask) + std::string(kMask)},
                    FormRow{"AtBothEnds", kOddSecret + " and " + kOddSecret,
                            std::string(kMask) + " and " + std::string(kMask)},
                    FormRow{"NotAPart", "a=p/ss \"wörd\"+~2&", "a=p/ss \"wörd\"+~2&"},
                    FormRow{"NotItsBeginning", "a=p/ss \"wörd\"", "a=p/ss \"wörd\""},
                    FormRow{"NotItsEnd", "\"wörd\"+~1", "\"wörd\"+~1"},
                    FormRow{"NothingInNothing", "", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Redactor, MasksASecretInsideOfBase64) {
  Redactor redactor("key");
  redactor.AddSecret(kOddSecret, "password");
  for (const auto* before : {"", "u", "u:", "us:", "use:"}) {
    for (const auto* after : {"", ":", ":x", ":xy"}) {
      const std::string encoded = Base64(before + kOddSecret + after);
      const std::string redacted = redactor.Redact("Basic " + encoded);
      EXPECT_NE(redacted.find(kMask), std::string::npos) << before << after;
      // At most the characters that the neighbours have a share in are left.
      EXPECT_LE(redacted.size(), 6 + kMask.size() + 8 + 8) << redacted;
    }
  }
}

TEST(Redactor, MasksWithASeparateHashForEachKey) {
  EXPECT_EQ(Redactor("key").Mask(kOddSecret, "password"), kMask);
  EXPECT_NE(Redactor("other").Mask(kOddSecret, "password"), kMask);
}

TEST(Redactor, RefusesSecretsOfFewerThanFourBytes) {
  Redactor redactor("key");
  redactor.AddSecret("", "password");
  redactor.AddSecret("abc", "password");
  const std::string plain_and_base64 = "abc YWJj";
  EXPECT_EQ(redactor.Redact(plain_and_base64), plain_and_base64);
}

TEST(Redactor, MasksWhatXmlAndHtmlEscape) {
  Redactor redactor("key");
  redactor.AddSecret("a<b>&\"c'd", "password");
  const std::string mask = redactor.Mask("a<b>&\"c'd", "password");
  for (const char* const spelt :
       {"a&lt;b&gt;&amp;\"c'd", "a&lt;b&gt;&amp;&quot;c'd", "a&lt;b&gt;&amp;&quot;c&apos;d",
        "a&lt;b&gt;&amp;&quot;c&#39;d", R"(a<b>&\\\"c'd)"}) {
    EXPECT_EQ(redactor.Redact(spelt), mask) << spelt;
  }
}

TEST(Redactor, SaysWhetherASecretStandsInBytes) {
  Redactor redactor("key");
  redactor.AddSecret(kOddSecret, "password");
  EXPECT_TRUE(redactor.Holds("x" + Base64("use" + kOddSecret)));
  EXPECT_FALSE(redactor.Holds("Bearer opaque123"));
}

TEST(Redactor, MasksShortSecrets) {
  Redactor redactor("key");
  redactor.AddSecret("abcd", "pin");
  redactor.AddSecret("1234567", "pin");
  EXPECT_EQ(redactor.Redact("x abcd y 1234567"),
            "x " + redactor.Mask("abcd", "pin") + " y " + redactor.Mask("1234567", "pin"));
}

TEST(Redactor, MasksASecretOfAnyLengthWhereverItStands) {
  const std::string letters = "Aq3-Zw8_Er5-Ty7_Ui2-Op9_As4-Df6_";
  for (std::size_t size = 4; size <= letters.size(); ++size) {
    Redactor redactor("key");
    redactor.AddSecret(letters.substr(0, size), "token");
    const std::string mask = redactor.Mask(letters.substr(0, size), "token");
    for (std::size_t before = 0; before < 16; ++before) {
      const std::string dots(before, '.');
      EXPECT_EQ(redactor.Redact(dots + letters.substr(0, size)), dots + mask) << size;
      EXPECT_EQ(redactor.Redact(dots + letters.substr(0, size) + "..."), dots + mask + "...");
    }
  }
}

TEST(Redactor, MasksInPlaceWhatItMasksElsewhere) {
  Redactor redactor("key");
  redactor.AddSecret(kOddSecret, "password");
  for (std::string text : {std::string(), std::string("nothing here"), "a " + kOddSecret,
                           std::string("Bearer abc123")}) {
    const std::string masked = redactor.Redact(text);
    redactor.RedactInPlace(text);
    EXPECT_EQ(text, masked);
  }
}

TEST(Redactor, MasksEachOfManyTextsAsItMasksOne) {
  Redactor redactor("key");
  redactor.AddSecret(kOddSecret, "password");
  redactor.AddSecret("four\nfive", "note");
  const std::string whole[] = {"",
                               "plain",
                               kOddSecret,
                               "a " + kOddSecret + " b " + Base64(kOddSecret),
                               "Bearer",
                               "abcdefgh.e30.x",
                               "Bearer abcdef=\"",
                               "x",
                               "Bearer eyJhbGciOi.e30.c2ln",
                               "four",
                               "five",
                               "four\nfive"};
  std::vector<std::string> texts(std::begin(whole), std::end(whole));
  std::vector<std::string*> places;
  for (std::string& text : texts) places.push_back(&text);
  EXPECT_EQ(redactor.RedactEach(places, {}), 2U);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_EQ(texts[i], redactor.Redact(whole[i])) << i;
  }
}

TEST(Redactor, TellsWhereANameHoldsASecretAndLeavesIt) {
  Redactor redactor("key");
  redactor.AddSecret("acorn", "token");
  std::string text = "an acorn";
  const std::string clean = "oak";
  const std::string name = "acorns/row";
  std::string* const texts[] = {&text};
  const std::string* const clean_names[] = {&clean};
  const std::string* const names[] = {&clean, &name};
  EXPECT_EQ(redactor.RedactEach(texts, clean_names), redactor.CountKnown());
  EXPECT_EQ(text, redactor.Redact("an acorn"));
  EXPECT_EQ(redactor.RedactEach(texts, names), std::nullopt);
  EXPECT_EQ(name, "acorns/row");
}

TEST(Redactor, CountsNoSecretThatIsNew) {
  Redactor redactor("key");
  redactor.AddSecret("acorn", "token");
  EXPECT_EQ(redactor.CountKnown(), 1U);
  redactor.AddNewSecret("a beech", "token");
  redactor.AddNewSecret("acorn", "token");
  EXPECT_EQ(redactor.CountKnown(), 1U);
  EXPECT_TRUE(redactor.Holds("of a beech"));
  EXPECT_EQ(redactor.Redact("a beech"), redactor.Mask("a beech", "token"));
  std::string text = "a beech";
  std::string* const texts[] = {&text};
  EXPECT_EQ(redactor.RedactEach(texts, {}), std::optional<std::size_t>(1));
  EXPECT_EQ(text, redactor.Mask("a beech", "token"));
}

/// One that is large is looked through by stretches of lines.
TEST(Redactor, MasksALargeTextAsItsLines) {
  for (const std::string secret : {"hidden-acorn", "hidden\nacorn"}) {
    Redactor redactor("key");
    redactor.AddSecret(secret, "token");
    const std::string mask = redactor.Mask(secret, "token");
    std::string text;
    std::string expected;
    for (int i = 0; text.size() < 600'000; ++i) {
      const std::string before(static_cast<std::size_t>(i * 37 % 1'500), '.');
      text += before + secret + (i % 3 == 0 ? "" : "\n");
      expected += before + mask + (i % 3 == 0 ? "" : "\n");
    }
    EXPECT_TRUE(redactor.Redact(text) == expected);
    text += std::string(300'000, '.') + secret;  // one long line
    expected += std::string(300'000, '.') + mask;
    EXPECT_TRUE(redactor.Redact(text) == expected);
  }
}

TEST(Redactor, MasksTheLongerOfTwoThatBeginAlike) {
  Redactor redactor("key");
  redactor.AddSecret("secret-of-one", "password");
  redactor.AddSecret("secret-of-one-and-two", "token");
  EXPECT_EQ(redactor.Redact("a secret-of-one-and-two b"),
            "a " + redactor.Mask("secret-of-one-and-two", "token") + " b");
}

TEST(Redactor, LeavesNothingOfSecretsThatOverlap) {
  Redactor redactor("key");
  redactor.AddSecret("abcdefgh-shared", "first");
  redactor.AddSecret("shared-ijklmnop", "second");
  EXPECT_EQ(redactor.Redact("<abcdefgh-shared-ijklmnop>"),
            "<" + redactor.Mask("abcdefgh-shared", "first") + ">");
}

TEST(Redactor, KeepsTheFirstKindOfASecretToldTwice) {
  Redactor redactor("key");
  redactor.AddSecret(kOddSecret, "password");
  redactor.AddSecret(kOddSecret, "token");
  EXPECT_EQ(redactor.Redact(kOddSecret), kMask);
}

TEST(Redactor, MasksUnknownTokens) {
  const Redactor redactor("key");
  EXPECT_EQ(redactor.Redact("Authorization: Bearer opaque123\r\n"),
            "Authorization: Bearer " + redactor.Mask("opaque123", "token") + "\r\n");
  EXPECT_EQ(redactor.Redact("t=eyJhbGciOi.e30.sig;"),
            "t=" + redactor.Mask("eyJhbGciOi.e30.sig", "token") + ";");
}

TEST(Redactor, PrefersTheKnownMaskToTheShapes) {
  Redactor redactor("key");
  redactor.AddSecret("eyJhbGciOi.e30.sig", "access token");
  EXPECT_EQ(redactor.Redact("Bearer eyJhbGciOi.e30.sig"),
            "Bearer " + redactor.Mask("eyJhbGciOi.e30.sig", "access token"));
  EXPECT_EQ(redactor.Redact("Bearer eyJhbGciOi.e30.sig.more"),
            "Bearer " + redactor.Mask("eyJhbGciOi.e30.sig", "access token"));
}

TEST(Redactor, LeavesItsOwnMasksAlone) {
  Redactor redactor("key");
  redactor.AddSecret(kOddSecret, "password");
  const std::string once = redactor.Redact("Bearer abc123 and " + kOddSecret);
  EXPECT_EQ(redactor.Redact(once), once);
}

TEST(Redactor, KeepsBytesThatAreNoText) {
  Redactor redactor("key");
  redactor.AddSecret(kOddSecret, "password");
  const std::string bytes("\0\xFF\x80 a\r\n", 7);
  EXPECT_EQ(redactor.Redact(bytes), bytes);
}

TEST(Redactor, FindsEachOfThousandsOfTokensThatBeginAlike) {
  Redactor redactor("key");
  const auto token = [](int number) {
    return "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9." + Base64Url(Sha256(std::to_string(number)));
  };
  for (int i = 0; i < 3000; ++i) redactor.AddSecret(token(i), "token");
  for (int i = 0; i < 3000; i += 7) {
    EXPECT_EQ(redactor.Redact("<" + token(i) + ">"), "<" + redactor.Mask(token(i), "token") + ">");
  }
  EXPECT_EQ(redactor.Redact(token(3000)), token(3000));
}

TEST(Redactor, MayBeUsedFromSeveralThreads) {
  Redactor redactor("key");
  redactor.AddSecret(kOddSecret, "password");
  std::vector<std::thread> threads;
  threads.reserve(4);
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&redactor, thread] {
      for (int i = 0; i < 200; ++i) {
        redactor.AddSecret("secret " + std::to_string(thread * 1000 + i), "password");
        EXPECT_EQ(redactor.Redact(kOddSecret), kMask);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(redactor.Redact("secret 3199"), redactor.Mask("secret 3199", "password"));
}

}  // namespace
}  // namespace conform
