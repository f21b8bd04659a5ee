#include "run/har_secrets.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace conform {
namespace {

HarEntry Entry() {
  HarEntry entry;
  entry.method = "GET";
  entry.url =
      "https://user:hunter22@host.example/a?access_token=opaque-token&top=1&$skiptoken=page#id=1";
  entry.request_fields = {{"Access-Control-Allow-Credentials", "true"},
                          {"Authorization", "Basic dXNlcjpodW50ZXIyMg=="},
                          {"Cookie", "sid=cookie-value; theme=dark"},
                          {"Ocp-Apim-Subscription-Key", "0123456789abcdef"},
                          {"Accept", "application/json"}};
  entry.request_body = R"({"client_secret": "deep secret", "name": "shown"})";
  entry.response_fields = {{"set-cookie", "fpc=other-value; path=/"},
                           {"WWW-Authenticate", "Bearer realm=\"\""}};
  entry.content = R"({"token_type": "Bearer", "list": [{"refresh_token": "refresh-me"}]})";
  return entry;
}

/// `text` with each mask as `[…]`.
std::string WithoutHashes(std::string text) {
  for (std::size_t begin = 0; (begin = text.find('[', begin)) != std::string::npos; ++begin) {
    text.replace(begin, text.find(']', begin) + 1 - begin, "[…]");
  }
  return text;
}

TEST(MaskSecrets, MasksFieldsAndParametersByTheirNames) {
  HarEntry entry = Entry();
  Redactor redactor("key");
  MaskSecrets(entry, redactor);
  EXPECT_EQ(WithoutHashes(entry.url),
            "https://host.example/a?access_token=[…]&top=1&$skiptoken=page");
  EXPECT_EQ(WithoutHashes(entry.request_fields[1].value), "[…]");
  EXPECT_EQ(WithoutHashes(entry.request_fields[2].value), "[…]");
  EXPECT_EQ(WithoutHashes(entry.request_fields[3].value), "[…]");
  EXPECT_EQ(entry.request_fields[4].value, "application/json");
  EXPECT_EQ(WithoutHashes(entry.response_fields[0].value), "[…]");
  EXPECT_EQ(entry.response_fields[1].value, "Bearer realm=\"\"");
}

TEST(LearnMessage, KnowsWhatABasicCredentialSpells) {
  for (const char* const value : {"Basic dXNlcjpodW50Pj4+PzIy", "basic  dXNlcjpodW50Pj4+PzIy"}) {
    Redactor redactor("key");
    LearnMessage({{"Authorization", value}}, "", redactor);
    for (const char* const secret : {"dXNlcjpodW50Pj4+PzIy", "user:hunt>>>?22", "hunt>>>?22"}) {
      EXPECT_TRUE(redactor.Holds(secret)) << value << ": " << secret;
    }
    EXPECT_FALSE(redactor.Holds("user"));
  }
  Redactor of_short("key");
  LearnMessage({{"Authorization", "Basic YWRtaW46cHc0NTY3"}}, "", of_short);
  EXPECT_TRUE(of_short.Holds("pw4567"));
  Redactor redactor("key");
  LearnMessage({{"Authorization", "Bearer dXNlcjpodW50Pj4+PzIy"}}, "", redactor);
  EXPECT_FALSE(redactor.Holds("hunt>>>?22"));
}

TEST(LearnMessage, KnowsAFieldsValueByAnyTellingWordInItsName) {
  const auto is_learnt = [](const std::string& name) {
    Redactor redactor("key");
    LearnMessage({{name, "value of the field"}}, "", redactor);
    return redactor.Holds("value of the field");
  };
  for (const char* telling :
       {"X-Api-Key", "api_key", "OurApikey", "Client-Assertion", "Cookie", "credential", "passwd",
        "X-PASSWORD", "Secret-Of", "session", "x-subscription-key", "tokens"}) {
    EXPECT_TRUE(is_learnt(telling)) << telling;
  }
  for (const char* other : {"Accept", "Content-Type", "ap", "t", "", "tok", "X-Pass", "stoken_",
                            "$skiptoken", "access-control-allow-credentials", "token_type"}) {
    EXPECT_EQ(is_learnt(other), std::string(other) == "stoken_") << other;
  }
}

constexpr const char* kAddress =
    "https://ann:hunter22@host.example/b?sig=signed-for-all&top=1#access_token=opaque-one&id=2";

TEST(MaskSecrets, MasksInAddressesOfFieldsWhatItMasksInARequests) {
  for (const char* const name : {"Location", "content-location", "Referer"}) {
    HarEntry entry;
    entry.response_fields = {{name, kAddress}};
    Redactor redactor("key");
    MaskSecrets(entry, redactor);
    EXPECT_EQ(WithoutHashes(entry.response_fields[0].value),
              "https://host.example/b?sig=[…]&top=1");
    for (const char* const secret : {"ann:hunter22", "signed-for-all", "opaque-one"}) {
      EXPECT_TRUE(redactor.Holds(secret)) << secret;
    }
  }
}

TEST(MaskSecrets, TakesNoAddressInAQueryForTheWhole) {
  for (const std::string address :
       {"/x?next=http://ann@b/c", "mailto:a#http://ann@b/c",
        "/login?return=https://host&login_hint=ann@contoso.example", "http://true@h/x"}) {
    HarEntry entry;
    entry.response_fields = {{"Location", address}};
    Redactor redactor("key");
    MaskSecrets(entry, redactor);
    EXPECT_EQ(redactor.CountKnown(), 0U) << address;
  }
}

TEST(LearnMessage, KnowsTheSecretsOfAnAddress) {
  Redactor redactor("key");
  LearnMessage({{"Location", kAddress}, {"X-Link", "/c?token=of-no-field-of-addresses"}}, "",
               redactor);
  EXPECT_TRUE(redactor.Holds("signed-for-all"));
  EXPECT_TRUE(redactor.Holds("opaque-one"));
  EXPECT_FALSE(redactor.Holds("of-no-field-of-addresses"));
  Redactor of_a_path("key");
  LearnMessage({{"Location", "/c?a=1&token=in-a-relative-one"}}, "", of_a_path);
  EXPECT_TRUE(of_a_path.Holds("in-a-relative-one"));
}

TEST(MaskSecrets, WhatWasASecretThereIsOneEverywhere) {
  HarEntry entry = Entry();
  Redactor redactor("key");
  MaskSecrets(entry, redactor);
  for (const char* secret :
       {"user:hunter22", "opaque-token", "dXNlcjpodW50ZXIyMg==", "cookie-value", "0123456789abcdef",
        "deep secret", "other-value", "refresh-me"}) {
    EXPECT_EQ(redactor.Redact(secret).find(secret), std::string::npos) << secret;
  }
  EXPECT_EQ(redactor.Redact("shown path=/ page dark Bearer"), "shown path=/ page dark Bearer");
}

TEST(MaskSecrets, AFormsSecretsAreKnownToo) {
  HarEntry entry;
  entry.url = "https://host.example/token";
  entry.request_fields = {{"content-type", "application/x-www-form-urlencoded"}};
  entry.request_body = "grant_type=device_code&device_code=the-code&client_id=public";
  Redactor redactor("key");
  MaskSecrets(entry, redactor);
  EXPECT_EQ(redactor.Redact("the-code").find("the-code"), std::string::npos);
  EXPECT_EQ(redactor.Redact("public device_code"), "public device_code");
}

TEST(MaskSecrets, ContentThatIsNoJsonIsPassedOver) {
  HarEntry entry;
  Redactor redactor("key");
  for (const std::string& content : {std::string("{\"token\":"), std::string("["),
                                     std::string(100'000, '['), std::string("\xFF")}) {
    entry.content = content;
    MaskSecrets(entry, redactor);
  }
  EXPECT_EQ(redactor.Redact("token"), "token");
}

}  // namespace
}  // namespace conform
