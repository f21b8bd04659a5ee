#include "base/proxy.h"

#include <gtest/gtest.h>

#include "testing/sample_variables.h"

namespace conform {
namespace {

std::string Choose(const MadeUpVariables& variables, const ProxySettings& settings = {},
                   const char* origin = "https://graph.example") {
  const auto proxy = ChooseProxy(ParseOrigin(origin).value(), settings, LookupIn(variables));
  if (!proxy) return "error: " + proxy.error().message;
  if (!*proxy) return "direct";
  const std::string& authorization = (*proxy)->authorization;
  return Describe(**proxy) + (authorization.empty() ? "" : " " + authorization);
}

TEST(ChooseProxy, FollowsTheEnvironmentAsCurlDoes) {
  const struct {
    MadeUpVariables variables;
    std::string chosen;
  } rows[] = {
      {{}, "direct"},
      {{{"HTTPS_PROXY", ""}}, "direct"},
      {{{"HTTP_PROXY", "http://p:1"}}, "direct"},
      {{{"HTTPS_PROXY", "http://p:1"}}, "the proxy http://p:1 (HTTPS_PROXY)"},
      {{{"https_proxy", "http://p:1"}, {"HTTPS_PROXY", "http://q:1"}},
       "the proxy http://p:1 (https_proxy)"},
      {{{"ALL_PROXY", "http://p:1"}}, "the proxy http://p:1 (ALL_PROXY)"},
      {{{"all_proxy", "http://p:1"}, {"HTTPS_PROXY", "http://q:1"}},
       "the proxy http://q:1 (HTTPS_PROXY)"},
      {{{"HTTPS_PROXY", "p:8080/"}}, "the proxy http://p:8080 (HTTPS_PROXY)"},
      {{{"HTTPS_PROXY", "HTTP://p"}}, "the proxy http://p:1080 (HTTPS_PROXY)"},
      {{{"HTTPS_PROXY", "http://[::1]"}}, "the proxy http://[::1]:1080 (HTTPS_PROXY)"},
      {{{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", "example"}}, "direct"},
      {{{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", "*"}}, "direct"},
      {{{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", "*"}, {"no_proxy", "else"}},
       "the proxy http://p:1 (HTTPS_PROXY)"},
  };
  for (const auto& row : rows) EXPECT_EQ(Choose(row.variables), row.chosen);
}

TEST(ChooseProxy, SignsInWithWhatStandsInTheAddress) {
  // echo -n user:pa:ss@word | base64
  EXPECT_EQ(Choose({{"HTTPS_PROXY", "http://user:pa%3Ass%40word@p:1"}}),
            "the proxy http://p:1 (HTTPS_PROXY) Basic dXNlcjpwYTpzc0B3b3Jk");
  EXPECT_EQ(Choose({{"HTTPS_PROXY", "user:pa:ss@word@p:1"}}),
            "the proxy http://p:1 (HTTPS_PROXY) Basic dXNlcjpwYTpzc0B3b3Jk");
  // echo -n user: | base64
  EXPECT_EQ(Choose({{"HTTPS_PROXY", "http://user@p:1"}}),
            "the proxy http://p:1 (HTTPS_PROXY) Basic dXNlcjo=");
  // echo -n 'a%zz:%' | base64
  EXPECT_EQ(Choose({{"HTTPS_PROXY", "http://a%zz:%@p:1"}}),
            "the proxy http://p:1 (HTTPS_PROXY) Basic YSV6ejol");
}

TEST(ChooseProxy, NeverQuotesWhatItCannotRead) {
  const std::string no_address =
      "error: HTTPS_PROXY holds no address of a proxy: write "
      "http://host:port";
  EXPECT_EQ(Choose({{"HTTPS_PROXY", "http://user:secret@"}}), no_address);
  EXPECT_EQ(Choose({{"HTTPS_PROXY", "http://user:secret@p:99999"}}), no_address);
  EXPECT_EQ(Choose({{"HTTPS_PROXY", "http://user:secret@p:1/path"}}), no_address);
  EXPECT_EQ(
      Choose({{"HTTPS_PROXY", "socks5://user:secret@p:1"}}),
      "error: HTTPS_PROXY asks for a socks5 proxy; proxies are reached by http:// alone: write "
      "http://host:port");
  EXPECT_EQ(Choose({{"HTTPS_PROXY", "user:secret@p://x"}}), no_address);
}

TEST(ChooseProxy, ReachesPlainHttpDirectly) {
  EXPECT_EQ(Choose({{"HTTPS_PROXY", "http://p:1"}, {"http_proxy", "http://p:1"}}, {},
                   "http://127.0.0.1:8080"),
            "direct");
}

TEST(ChooseWebProxy, TakesPlainHttpThroughAsCurlDoes) {
  const struct {
    MadeUpVariables variables;
    std::string chosen;
  } rows[] = {
      {{}, "direct"},
      {{{"http_proxy", "http://p:1"}}, "http_proxy"},
      {{{"HTTP_PROXY", "http://p:1"}}, "direct"},
      {{{"https_proxy", "http://p:1"}, {"HTTPS_PROXY", "http://p:1"}}, "direct"},
      {{{"http_proxy", "http://p:1"}, {"ALL_PROXY", "http://q:1"}}, "http_proxy"},
      {{{"ALL_PROXY", "http://p:1"}}, "ALL_PROXY"},
      {{{"http_proxy", "http://p:1"}, {"NO_PROXY", "example"}}, "direct"},
  };
  const auto choose = [](const MadeUpVariables& variables, const char* origin) {
    const auto proxy = ChooseWebProxy(ParseOrigin(origin).value(), LookupIn(variables)).value();
    return proxy ? proxy->named_by : "direct";
  };
  for (const auto& row : rows) EXPECT_EQ(choose(row.variables, "http://tsa.example"), row.chosen);
  const MadeUpVariables both = {{"http_proxy", "http://p:1"}, {"HTTPS_PROXY", "http://p:1"}};
  EXPECT_EQ(choose(both, "http://127.0.0.1:8080"), "direct");
  EXPECT_EQ(choose(both, "https://tsa.example"), "HTTPS_PROXY");
}

TEST(ChooseProxy, TakesTheProfilesInPlaceOfTheEnvironments) {
  const MadeUpVariables variables = {{"HTTPS_PROXY", "http://q:1"},
                                     {"NO_PROXY", "*"},
                                     {"PROXY_SIGN_IN", "user:pa:ss@word\n"},
                                     {"EMPTY", ""}};
  EXPECT_EQ(Choose(variables, {"http://p:1", "", {}}), "the proxy http://p:1 (the profile)");
  EXPECT_EQ(Choose(variables, {"", "", {}}), "direct");
  EXPECT_EQ(Choose(variables, {"http://p:1", "", {"other", "graph.example"}}), "direct");
  EXPECT_EQ(Choose(variables, {"http://p:1", "PROXY_SIGN_IN", {}}),
            "the proxy http://p:1 (the profile) Basic dXNlcjpwYTpzc0B3b3Jk");
  EXPECT_EQ(Choose(variables, {"http://p:1", "EMPTY", {}}),
            "error: the profile's proxy is signed in to with EMPTY, which is not set");
}

TEST(DescribeRefusal, NamesThePlaceThatMayHoldASignIn) {
  const Origin origin{"https", "graph.example", 443};
  const auto advice = [&](const char* named_by) {
    return DescribeRefusal(407, {}, {{"http", "p", 1}, named_by, ""}, origin).advice;
  };
  EXPECT_EQ(advice("HTTPS_PROXY"), "put user:password@ before the proxy's host");
  EXPECT_EQ(advice("the profile"),
            "put user:password into a variable and name it as sign_in_variable of the proxy");
}

TEST(DescribeRefusal, NamesTheWaysToSignInThatAreNotSpoken) {
  const std::string user = "Basic dTpw";
  const struct {
    Fields answer;
    std::string authorization;
    std::string told;
  } rows[] = {
      {{{"Proxy-Authenticate", "NTLM"}, {"proxy-authenticate", "negotiate"}},
       user,
       "asks for NTLM, Negotiate (407)"},
      {{{"Proxy-Authenticate", "Digest realm=\"Basic\", Digest realm=\"b\""}},
       "",
       "asks for Digest (407)"},
      {{{"Proxy-Authenticate", "NTLM, basic realm=\"p\""}},
       user,
       "did not accept the sign-in (407)"},
      {{{"Proxy-Authenticate", "dTpw"}}, user, "did not accept the sign-in (407)"},
      {{{"Proxy-Authenticate", "NTLM, Basic"}}, "", "asks for a sign-in (407)"},
  };
  for (const auto& row : rows) {
    const Proxy proxy{{"http", "p", 1}, "HTTPS_PROXY", row.authorization};
    EXPECT_EQ(DescribeRefusal(407, row.answer, proxy, {"https", "graph.example", 443}).text,
              Describe(proxy) + " " + row.told);
  }
}

}  // namespace
}  // namespace conform
