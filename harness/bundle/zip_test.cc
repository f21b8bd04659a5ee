// Archives as WriteZip makes them, read by us and by Python's reader, and hostile ones.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/utf8.h"
#include "bundle/sample_bundle.h"
#include "bundle/zip_layout.h"
#include "bundle/zip_reader.h"
#include "bundle/zip_writer.h"

namespace conform {
namespace {

using namespace std::string_literals;

std::string Written(const std::vector<ZipEntry>& entries) {
  const auto archive = WriteZip(entries);
  EXPECT_TRUE(archive);
  return archive ? *archive : "";
}

/// Each member, or what is wrong.
std::string Shown(const std::string& archive) {
  const auto contents = ReadZip(archive);
  if (!contents) return contents.error().message;
  std::string text;
  for (const ZipMember& member : contents->members) {
    text +=
        fmt::format("{}={}{};", member.name, ShowLine(member.bytes, 100), member.intact ? "" : "!");
  }
  if (contents->before > 0) text += fmt::format(" {} before", contents->before);
  if (contents->after > 0) text += fmt::format(" {} after", contents->after);
  return text;
}

TEST(WriteZip, WritesEveryByteAsTheFormatSays) {
  const std::string expected =
      "PK\x03\x04"
      "\x0a\x00\x00\x08\x00\x00\x00\x00\x21\x00"  // 1.0, UTF-8, stored, 1980-01-01 00:00
      "\xac\x2a\x93\xd8"                          // CRC-32 of "hi"
      "\x02\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00"
      "ahi"
      "PK\x01\x02"
      "\x1e\x03\x0a\x00\x00\x08\x00\x00\x00\x00\x21\x00"  // made on Unix
      "\xac\x2a\x93\xd8"
      "\x02\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00"
      "\x00\x00\x00\x00\x00\x00\x00\x00\xa4\x81\x00\x00\x00\x00"  // -rw-r--r--, at 0
      "a"
      "PK\x05\x06"
      "\x00\x00\x00\x00\x01\x00\x01\x00\x2f\x00\x00\x00\x21\x00\x00\x00\x00\x00"s;
  EXPECT_EQ(Written({{"a", "hi"}}), expected);
}

TEST(WriteZip, RefusesMoreThanTheFormatHolds) {
  const std::vector<ZipEntry> many(65'535, ZipEntry{"a", ""});
  EXPECT_EQ(WriteZip(many).error().message, "a bundle holds at most 65,534 files");
  // Its length is looked at before its bytes.
  const std::string_view large("", 0xffff'ffff);  // NOLINT(bugprone-string-constructor)
  EXPECT_EQ(WriteZip({{"a", large}}).error().message, "a bundle holds less than 4 GiB");
}

TEST(WriteZip, IsReadByPython) {
  const SampleFolder folder;
  folder.Write("a.zip", Written({{"a", "hi"}, {"b/ü.txt", std::string(70'000, 'x')}, {"c", ""}}));
  EXPECT_EQ(folder.Run(R"(python3 - <<'END'
import zipfile
with zipfile.ZipFile("a.zip") as archive:
    print(archive.testzip(), repr(archive.comment))
    for each in archive.infolist():
        print(each.filename, each.date_time, each.compress_type, oct(each.external_attr >> 16),
              each.create_system, each.extra, len(archive.read(each)))
END
unzip -qq a.zip -d out && find out -type f -printf '%P %m %s\n' | sort)"),
            "None b''\n"
            "a (1980, 1, 1, 0, 0, 0) 0 0o100644 3 b'' 2\n"
            "b/ü.txt (1980, 1, 1, 0, 0, 0) 0 0o100644 3 b'' 70000\n"
            "c (1980, 1, 1, 0, 0, 0) 0 0o100644 3 b'' 0\n"
            "a 644 2\nb/ü.txt 644 70000\nc 644 0\n");
}

TEST(ReadZip, ReadsWhatWasWritten) {
  EXPECT_EQ(Shown(Written({{"a", "hi"}, {"b", ""}})), "a=hi;b=;");
  EXPECT_EQ(Shown(Written({})), "");
}

TEST(ReadZip, TellsWhatStandsAroundTheArchive) {
  EXPECT_EQ(Shown("junk" + Written({{"a", "hi"}}) + "more junk"), "a=hi; 4 before 9 after");
}

TEST(ReadZip, TellsAFileWhoseChecksumDiffers) {
  std::string archive = Written({{"a", "hi"}, {"b", "ho"}});
  archive[archive.find("ahi") + 1] = 'H';
  EXPECT_EQ(Shown(archive), "a=Hi!;b=ho;");
}

TEST(ReadZip, UnpacksWhatPythonPacked) {
  const SampleFolder folder;
  folder.Run(R"(python3 - <<'END'
import zipfile
with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("a", "hello " * 3)
    archive.writestr("b/../../c", "")
with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    with archive.open("zeros", "w") as out:
        for _ in range(257):
            out.write(bytes(1 << 20))
with zipfile.ZipFile("bzip2.zip", "w", zipfile.ZIP_BZIP2) as archive:
    archive.writestr("a", "hello")
with zipfile.ZipFile("many.zip", "w") as archive:
    for i in range(65536):
        archive.writestr(str(i), "")
END
)");
  EXPECT_EQ(Shown(folder.Read("a.zip")), "a=hello hello hello ;b/../../c=;");
  EXPECT_EQ(Shown(folder.Read("bomb.zip")), "it unpacks to more than 256 MiB");
  EXPECT_EQ(Shown(folder.Read("bzip2.zip")), "a is packed by method 12, which no bundle uses");
  EXPECT_EQ(Shown(folder.Read("many.zip")), "it has the 64-bit extension, which no bundle has");
}

struct Spoilt {
  const char* name;
  bool central;    ///< in the directory's first entry, else in the end record.
  ZipField field;  ///< by its place in that record.
  std::uint32_t value;
  const char* shown;
};

class ReadZipRefuses : public testing::TestWithParam<Spoilt> {};

TEST_P(ReadZipRefuses, AndSaysWhatIsWrong) {
  const Spoilt& spoilt = GetParam();
  std::string archive = Written({{"a", "hi"}, {"b", "ho"}});
  const std::size_t record = archive.find(spoilt.central ? kCentralMark : kEndMark);
  for (std::size_t i = 0; i < spoilt.field.size; ++i) {
    archive[record + spoilt.field.offset + i] = static_cast<char>(spoilt.value >> (8 * i) & 255U);
  }
  EXPECT_EQ(Shown(archive), spoilt.shown);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReadZipRefuses,
    testing::Values(
        Spoilt{"Encrypted", true, {8, 2, 0}, 1, "a is encrypted in it"},
        Spoilt{"UnknownMethod",
               true,
               {10, 2, 0},
               99,
               "a is packed by method 99, which no bundle uses"},
        Spoilt{"TooLong", true, {20, 4, 0}, 0xffff'fff0, "a does not end within it"},
        Spoilt{"LongName", true, {28, 2, 0}, 0xffff, "its directory is broken"},
        Spoilt{"LongExtra", true, {30, 2, 0}, 0xffff, "its directory is broken"},
        Spoilt{"NoHeaderThere",
               true,
               {42, 4, 0},
               7,
               "the header of a is not where its directory says"},
        Spoilt{"HeaderBeyondTheEnd",
               true,
               {42, 4, 0},
               0xffff'ffff,
               "the header of a is not where its directory says"},
        Spoilt{"SeveralParts", false, {4, 4, 0}, 1, "it is one part of several"},
        Spoilt{"MoreEntriesThanThere", false, {10, 2, 0}, 3, "its directory is broken"},
        Spoilt{
            "FewerEntriesThanThere", false, {10, 2, 0}, 1, "its directory holds more than it says"},
        Spoilt{"SixtyFourBit",
               false,
               {16, 4, 0},
               0xffff'ffff,
               "it has the 64-bit extension, which no bundle has"},
        Spoilt{"DirectoryBeyondTheEnd",
               false,
               {16, 4, 0},
               0xffff'0000,
               "its directory is not where it says"},
        Spoilt{
            "LongDirectory", false, {12, 4, 0}, 0xffff'0000, "its directory is not where it says"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ReadZip, RefusesFilesThatShareBytes) {
  std::string archive = Written({{"a", "hi"}, {"b", "ho"}});
  for (std::size_t at = archive.find(kCentralMark); at != std::string::npos;
       at = archive.find(kCentralMark, at + 1)) {
    archive[at + kPackedBytes.offset + kCentralShift] = 100;
  }
  EXPECT_EQ(Shown(archive), "its files overlap");
}

TEST(ReadZip, RefusesWhatIsNoArchive) {
  const std::string archive = Written({{"a", "hi"}});
  EXPECT_EQ(Shown(""), "it is no zip archive, or its end is cut off");
  EXPECT_EQ(Shown("PK\x05\x06"), "it is no zip archive, or its end is cut off");
  for (std::size_t size = 0; size < archive.size(); ++size) {
    EXPECT_FALSE(ReadZip(archive.substr(0, size))) << size;
  }
}

TEST(DescribeUnsafeName, TakesPlainPathsAlone) {
  for (const char* safe :
       {"a", "inputs/cases/a b.yaml", "ü/.hidden", "a..b", "console", "com", "com10"}) {
    EXPECT_EQ(DescribeUnsafeName(safe), "") << safe;
  }
  for (const std::string& path : {""s, "/a"s, "a/"s, "a//b"s, "."s, "../a"s, "a/../b"s, "a/.."s}) {
    EXPECT_EQ(DescribeUnsafeName(path), "is no plain path below a folder") << path;
  }
  for (const std::string& path : {"a\nb"s, "a\0b"s, "\xff"s, "a\u202e"s}) {
    EXPECT_EQ(DescribeUnsafeName(path), "holds a control character, or is not UTF-8") << path;
  }
  for (const char* path : {"a\\b", "C:a", "a*", "a?/b", "<a", "a>", "a|b", "a\"b"}) {
    EXPECT_EQ(DescribeUnsafeName(path), "holds one of \\ : * ? < > | \"") << path;
  }
  for (const char* path : {"a.", "a./b", "b/a ", "..."}) {
    EXPECT_EQ(DescribeUnsafeName(path), "has a name that ends in a dot or space") << path;
  }
  for (const char* path : {"CON", "a/nul.yaml", "Aux/b", "prn.", "com1", "LPT9.txt"}) {
    EXPECT_NE(DescribeUnsafeName(path), "") << path;
  }
  EXPECT_EQ(DescribeUnsafeName("a/con.yaml"), "names a device of Windows");
  EXPECT_EQ(DescribeUnsafeName(std::string(4'097, 'a')), "is longer than 4,096 bytes");
}

}  // namespace
}  // namespace conform
