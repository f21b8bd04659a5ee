#include "base/token_shape.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace conform {
namespace {

struct ShapeRow {
  std::string_view name;
  std::string_view text;
  std::string_view found;  // the shapes, each followed by a blank
};
void PrintTo(const ShapeRow& row, std::ostream* out) { *out << row.name; }

class FindTokenShapesIn : public testing::TestWithParam<ShapeRow> {};
TEST_P(FindTokenShapesIn, Row) {
  std::string found;
  for (const auto& [begin, length] : FindTokenShapes(GetParam().text)) {
    found += std::string(GetParam().text.substr(begin, length)) + " ";
  }
  EXPECT_EQ(found, GetParam().found);
}

INSTANTIATE_TEST_SUITE_P(
    , FindTokenShapesIn,
    testing::Values(
        ShapeRow{"Jwt", "id=eyJhbGciOi.eyJzdWIi.sig-_9;", "eyJhbGciOi.eyJzdWIi.sig-_9 "},
        ShapeRow{"TwoJwts", "eyJhbGciOi.e30.a eyJhbGciOi.e30.b",
                 "eyJhbGciOi.e30.a eyJhbGciOi.e30.b "},
        ShapeRow{"UnsignedJwt", "eyJhbGciOi.e30.", "eyJhbGciOi.e30. "},
        ShapeRow{"EncryptedJwt", "eyJhbGciOi.key.iv.text.tag", "eyJhbGciOi.key.iv.text.tag "},
        ShapeRow{"JwtBehindAFalseStart", "eyJ eyJhbGciOi.eyJhbGciOi.x", "eyJhbGciOi.eyJhbGciOi.x "},
        ShapeRow{"NoJwtOfTwoParts", "eyJhbGciOi.e30", ""},
        ShapeRow{"NoJwtOfAShortHeader", "eyJ.a.b", ""},
        ShapeRow{"Bearer", "Authorization: Bearer abc123~+/.x==\r\nAccept: */*", "abc123~+/.x== "},
        ShapeRow{"AnyCase", "bearer abc1, BEARER abc2, bEaReR abc3", "abc1 abc2 abc3 "},
        ShapeRow{"BearerInJson", R"({"Authorization": "Bearer opaque=", "a": 1})", "opaque= "},
        ShapeRow{"BearerInAUrl", "?a=Bearer%20abc1&b=Bearer+abc2", "abc1 abc2 "},
        ShapeRow{"BearerOfLettersAlone", "Bearer secretword", "secretword "},
        ShapeRow{"BearerOfAJwt", "Bearer eyJhbGciOi.e30.x", "eyJhbGciOi.e30.x eyJhbGciOi.e30.x "},
        ShapeRow{"WithoutTheDotOfASentence", "It sent Bearer abc1. Then", "abc1 "},
        ShapeRow{"NoChallenge", "Bearer realm=\"\", authorization_uri=\"https://x\"", ""},
        ShapeRow{"NoChallengeOfAnotherKind", "Bearer error=invalid_token", ""},
        ShapeRow{"NoSentence", "a Bearer token is required; Bearer authentication.", ""},
        ShapeRow{"NoVariable", "Bearer ${token} or Bearer <token>", ""},
        ShapeRow{"NoMask", "Bearer [token, 812 bytes, 3fa9c1]", ""},
        ShapeRow{"NoPartOfAWord", "forbearer abc1 Bearers abc2", ""},
        ShapeRow{"SignInOfAnAddress", "to https://ann:pass@host/a, \"http://b:c@d@e:80\"",
                 "ann:pass b:c@d "},
        ShapeRow{"NoSignIn", "ssh://git@host:22 mailto:a:b@c //a:b@c http://[::1]:80/a:b@c", ""},
        ShapeRow{"NothingBehind", "Bearer", ""}, ShapeRow{"NothingButBlanks", "Bearer   ", ""},
        ShapeRow{"NothingInNothing", "", ""}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
