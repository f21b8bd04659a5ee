// Secrets however they are escaped, and what is escaped and none.
#include <gtest/gtest.h>

#include <string>

#include "base/redactor.h"
#include "testing/secret_spellings.h"

namespace conform {
namespace {

const std::string kEscapedSecret = R"(p/ss "wörd"+~1)";

TEST(Redactor, MasksEverySpelling) {
  for (const std::string& secret :
       {kEscapedSecret, std::string("QmpLxTz83hKd'Wv92NfRyUc71"), std::string("a<b>&\"c'd"),
        std::string("Qm/pLx~Tz+83h==%2B&amp;\\u0041"), std::string("plain-Token_1234.5678"),
        std::string("\xff\xfe malformed")}) {
    Redactor redactor("key");
    redactor.AddSecret(secret, "password");
    const std::string mask = redactor.Mask(secret, "password");
    for (const auto& [how, spelt] : SpellingsOf(secret)) {
      EXPECT_EQ(redactor.Redact("a=" + spelt + ";"), "a=" + mask + ";") << how << ": " << spelt;
      EXPECT_TRUE(redactor.Holds("x" + spelt)) << how;
    }
  }
}

TEST(Redactor, MasksASpellingWhoseNeighboursMakeAnEscapeWithIt) {
  Redactor redactor("key");
  redactor.AddSecret("abcd@word#long99", "password");
  redactor.AddSecret("p@ss/long/word%", "password");
  redactor.AddSecret("Secret&Value'12345", "password");
  for (const char* const text :
       {"100%abcd%40word%23long99", R"(p@ss\/long\/word%41)",
        "Secret%26amp%3BValue%26%2339%3B12345", R"(Secret\u0026amp\u003BValue'12345)"}) {
    EXPECT_NE(redactor.Redact(text).find("[password, "), std::string::npos) << text;
    EXPECT_TRUE(redactor.Holds(text)) << text;
  }
}

TEST(Redactor, MasksPasswordsOfAddressesHoweverTheyAreEscaped) {
  const Redactor redactor("key");
  for (const char* const text :
       {R"({"a":"https:\/\/ann:hunter22@host\/x"})", "/r?u=https%3A%2F%2Fann:hunter22@host"}) {
    EXPECT_EQ(redactor.Redact(text).find("hunter22"), std::string::npos) << text;
  }
}

TEST(Redactor, RefusesTheWordsOfJson) {
  Redactor redactor("key");
  for (const char* const word : {"true", "false", "null"}) {
    redactor.AddSecret(word, "password");
    EXPECT_EQ(redactor.Redact(word), word);
  }
}

TEST(Redactor, LeavesEscapesThatStandForNoSecretAlone) {
  Redactor redactor("key");
  redactor.AddSecret(kEscapedSecret, "password");
  for (const char* const text : {"100 %", "%zz", "a\\", "\\u12", "\\ud800", "\\ud83d\\ude00", "&",
                                 "&#;", "&#x;", "&unknown;", "~", "~2", "'\\''", "it's",
                                 R"({"a":"\\\"","b":"\/"})", "&amp;lt;", "%25%32%35"}) {
    EXPECT_EQ(redactor.Redact(text), text);
  }
}

}  // namespace
}  // namespace conform
