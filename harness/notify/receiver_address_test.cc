#include "notify/receiver_address.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct AddressRow {
  const char* name;
  const char* url;
  const char* told;
};

class ReceiverAddressTest : public testing::TestWithParam<AddressRow> {};

TEST_P(ReceiverAddressTest, IsReadOrRefusedWithoutBeingShown) {
  const auto address = ReadReceiverAddress(GetParam().url);
  EXPECT_EQ(
      address ? FormatOrigin(address->origin) + " " + address->target : address.error().message,
      GetParam().told);
}

const AddressRow kAddressRows[] = {
    {"Secure", "https://hooks.example.com/services/T0/B0/xyz",
     "https://hooks.example.com /services/T0/B0/xyz"},
    {"NoPath", "https://hooks.example.com", "https://hooks.example.com /"},
    {"QueryAlone", "https://hooks.example.com?sig=1", "https://hooks.example.com /?sig=1"},
    {"FragmentIsNotSent", "https://hooks.example.com/a#b", "https://hooks.example.com /a"},
    {"PlainToLoopback", "http://127.0.0.1:8080/hook", "http://127.0.0.1:8080 /hook"},
    {"PlainToAnyLoopback", "http://127.8.0.1/hook", "http://127.8.0.1 /hook"},
    {"NoPort", "https://hooks.example.com:port/",
     "the address of a webhook is none: write https://HOST/PATH, without a user name"},
    {"PlainElsewhere", "http://hooks.example.com/secret",
     "a webhook at hooks.example.com: plain http reaches loopback alone"},
    {"NotOnlyBeginsLikeLoopback", "http://127.0.0.1.example.com/secret",
     "a webhook at 127.0.0.1.example.com: plain http reaches loopback alone"},
    {"UserName", "https://me:secret@hooks.example.com/",
     "the address of a webhook is none: write https://HOST/PATH, without a user name"},
    {"OtherScheme", "ftp://hooks.example.com/secret",
     "the address of a webhook begins with https://"},
    {"LineEnd", "https://hooks.example.com/\r\nX: 1",
     "the address of a webhook is none: write https://HOST/PATH, without a user name"},
};

INSTANTIATE_TEST_SUITE_P(ReceiverAddress, ReceiverAddressTest, testing::ValuesIn(kAddressRows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
