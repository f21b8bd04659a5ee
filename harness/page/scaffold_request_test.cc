// What the first case of an operation sends, and what import says where it can only guess.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "page/sample_openapi.h"
#include "page/scaffold.h"

namespace conform {
namespace {

struct ScaffoldedRequest {
  const char* name;
  const char* path;       ///< of the document.
  const char* operation;  ///< its members beside the answers.
  const char* request;    ///< the case's, from its path on.
  const char* said = "";  ///< by import.
};

void PrintTo(const ScaffoldedRequest& row, std::ostream* out) { *out << row.name; }

class ScaffoldedRequestOf : public testing::TestWithParam<ScaffoldedRequest> {
 protected:
  static ReadDocument Read() {
    return ReadOpenApiText(
        fmt::format(
            "openapi: 3.1.0\nservers: [{{url: https://a.example}}]\npaths:\n  {}:\n    post: {{{}, "
            "responses: {{'200': {{description: OK}}}}}}\n",
            GetParam().path, GetParam().operation),
        "yaml");
  }
};

/// Between `path:` and the answer, or all of it where there is none.
std::string RequestOf(const std::string& text) {
  const std::size_t from = text.find("  path: ");
  return from == std::string::npos ? text : text.substr(from, text.find("response:\n") - from);
}

TEST_P(ScaffoldedRequestOf, SendsWhatTheDocumentSays) {
  const ReadDocument read = Read();
  ASSERT_EQ(read.contracts.size(), 1U) << read.said;
  const auto cases = ScaffoldCases(read.contracts.front().contract, "");
  EXPECT_EQ(RequestOf(cases.front().text), GetParam().request);
  if (*GetParam().said == '\0') {
    EXPECT_EQ(read.said, "");
  } else {
    EXPECT_NE(read.said.find(GetParam().said), std::string::npos) << read.said;
  }
}

constexpr ScaffoldedRequest kParameters[] = {
    {"QueryOfWhatIsEscaped", "/a",
     "parameters: [{name: state, in: query, required: true, schema: {enum: [in progress, done]}}, "
     "{name: at, in: query, required: true, schema: {type: string}, "
     "example: '2026-01-01T00:00:00+02:00'}, "
     "{name: by, in: query, required: true, schema: {type: string, format: email}}, "
     "{name: q, in: query, required: true, schema: {type: string}, example: '50% of ${a}'}]",
     "  path: /a\n  query:\n    at: 2026-01-01T00:00:00+02:00\n    by: someone@example.com\n"
     "    q: 50% of {a}\n    state: in progress\n  body: none\n"},
    {"PathOfWhatIsEscaped", "/a/{id}/{unit}",
     "parameters: [{name: id, in: path, required: true, schema: {type: string}, "
     "examples: {one: {value: a b/c}}}, "
     "{name: unit, in: path, required: true, schema: {type: string}, example: 'a@b.c:1'}]",
     "  path: /a/a%20b%2Fc/a@b.c:1\n  body: none\n"},
    {"ADocumentOfItsOwn", "/a",
     "parameters: [{name: n, in: query, required: true, content: {application/json: {schema: "
     "{type: "
     "object}, example: {a: 1}}}}, "
     "{name: s, in: query, required: true, content: {application/json: {schema: {type: object, "
     "required: [b], properties: {b: {type: integer, minimum: 3}}}}}}]",
     "  path: /a\n  query: {\"n\": \"{\\\"a\\\":1}\", s: \"{\\\"b\\\":3}\"}\n  body: none\n",
     "a parameter whose value is a document of its own is not checked"},
    {"PathThatNobodyNames", "/a/{id}/b({at})",
     "parameters: [{name: id, in: path, required: true, schema: {type: integer}}, "
     "{name: at, in: path, required: true, schema: {type: string, example: x}}]",
     "  path: /a/1/b(x)  # id: made up; name what the service has\n  body: none\n"},
    {"ValuesThatAreNoText", "/a",
     "parameters: [{name: X-On, in: header, required: true, schema: {type: boolean}, "
     "example: false}, "
     "{name: X-List, in: header, required: true, schema: {type: array, items: {type: integer}}, "
     "example: [4, 5]}, "
     "{name: X-Any, in: header, required: true, schema: {type: array, items: {type: integer}}}, "
     "{name: X-Map, in: header, required: true, schema: {type: object}, example: {b: 1, c: d}}, "
     "{name: c, in: cookie, required: true, schema: {type: boolean}, example: false}, "
     "{name: ids, in: query, required: true, schema: {type: array, items: {type: integer}}, "
     "example: [6, 7]}]",
     "  path: /a\n  query: {ids: \"6\"}\n  headers:\n    X-On: \"false\"\n    X-List: 4,5\n"
     "    X-Any: \"1\"\n    X-Map: b,1,c,d\n    Cookie: c=false\n  body: none\n"},
    {"AParametersExampleComesBeforeItsSchemas", "/a",
     "parameters: [{name: X-A, in: header, required: true, "
     "schema: {type: string, example: general}, example: own}]",
     "  path: /a\n  headers:\n    X-A: own\n  body: none\n"},
    {"StyleThatIsNotWritten", "/a",
     "parameters: [{name: f, in: query, required: true, style: deepObject, "
     "schema: {type: object}, example: {color: red}}]",
     "  path: /a\n  query: {f: \"{\\\"color\\\":\\\"red\\\"}\"}\n  body: none\n",
     "warning: style 'deepObject' is not written; a first case sends one value of it"},
    {"ObjectInAQuery", "/a",
     "parameters: [{name: f, in: query, required: true, example: {color: red}, "
     "schema: {type: object, required: [color], properties: {color: {}, n: {type: integer}}}}]",
     "  path: /a\n  query: {color: red}\n  body: none\n"},
    {"ObjectInAQueryByItsSchema", "/a",
     "parameters: [{name: f, in: query, required: true, schema: {allOf: [{type: object, "
     "required: [size], properties: {size: {type: integer, minimum: 1}}}, {required: [page], "
     "properties: {page: {type: integer}, sort: {type: array}}}]}}]",
     "  path: /a\n  query: {page: \"1\", size: \"1\"}\n  body: none\n"},
    {"ObjectInAQueryWhoseMembersAreOptional", "/a",
     "parameters: [{name: pageable, in: query, required: true, schema: {type: object, "
     "properties: {page: {type: integer}, size: {type: integer}}}}]",
     "  path: /a\n  body: none\n",
     "warning: the members of 'pageable' are the parameters, and none of them is required; a first "
     "case sends none"},
    {"ObjectInAQueryWithoutMembers", "/a",
     "parameters: [{name: f, in: query, required: true, schema: {type: object}}]",
     "  path: /a\n  body: none\n",
     "warning: the members of 'f' are the parameters, and none of them is required"},
    {"ObjectInAQueryBesideItsMember", "/a",
     "parameters: [{name: f, in: query, required: true, schema: {type: object, required: [page], "
     "properties: {page: {}}}}, {name: page, in: query, required: true, example: 4}]",
     "  path: /a\n  query: {page: \"4\"}\n  body: none\n"},
    {"ObjectInAQueryWithAMemberOfThePath", "/a/{page}",
     "parameters: [{name: f, in: query, required: true, schema: {type: object, required: [page, "
     "q], "
     "properties: {page: {}, q: {const: x}}}}]",
     "  path: /a/some-page  # page: made up; name what the service has\n  query: {q: x}\n"
     "  body: none\n",
     "warning: member 'page' of parameter 'f' is left out: a contract cannot tell it apart"},
    {"ObjectInAQueryThatIsNotSpread", "/a",
     "parameters: [{name: f, in: query, required: true, explode: false, schema: {type: object, "
     "required: [color], properties: {color: {const: red}}}}]",
     "  path: /a\n  query: {f: \"{\\\"color\\\":\\\"red\\\"}\"}\n  body: none\n",
     "warning: an object as a parameter is not written; a first case sends one value of it"},
    {"ObjectOfNoMembersThatIsNotSpread", "/a",
     "parameters: [{name: f, in: query, required: true, explode: false, "
     "schema: {type: object}}]",
     "  path: /a\n  query: {f: text}\n  body: none\n",
     "warning: an object as a parameter is not written; a first case sends one value of it"},
};

INSTANTIATE_TEST_SUITE_P(Parameters, ScaffoldedRequestOf, testing::ValuesIn(kParameters),
                         [](const auto& row) { return row.param.name; });

constexpr ScaffoldedRequest kForms[] = {
    {"FormByExample", "/a",
     "requestBody: {required: true, content: {application/x-www-form-urlencoded: "
     "{schema: {type: object}, example: {grant_type: password, scope: [a b, c], none: null}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/x-www-form-urlencoded\n"
     "  body: {text: \"grant_type=password&scope=a%20b&scope=c\"}\n"},
    {"FormBySchema", "/a",
     "requestBody: {required: true, content: {application/x-www-form-urlencoded: "
     "{schema: {type: object, required: [grant_type], "
     "properties: {grant_type: {enum: [password]}, more: {type: string}}}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/x-www-form-urlencoded\n"
     "  body: {text: grant_type=password}\n"},
    {"FormThatRequiresNothing", "/a",
     "requestBody: {required: true, content: {application/x-www-form-urlencoded: "
     "{schema: {type: object, properties: {a: {type: integer}, b: {}}}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/x-www-form-urlencoded\n"
     "  body: {text: a=1}\n"},
    {"ContentThatIsShownBeforeWhatIsMadeUp", "/a",
     "requestBody: {required: true, content: {application/merge-patch+json: "
     "{schema: {type: object}, examples: {n: {value: {name: Bob}}}}, "
     "application/json-patch+json: {schema: {type: array}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/merge-patch+json\n"
     "  body: {json: {name: Bob}}\n"},
    {"FormWithAListThatIsRequired", "/a",
     "requestBody: {required: true, content: {application/x-www-form-urlencoded: "
     "{schema: {type: object, required: [tags, n], properties: {n: {type: integer}, "
     "tags: {type: array, items: {type: string}}}}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/x-www-form-urlencoded\n"
     "  body: {text: \"n=1&tags=text\"}\n"},
    {"FormOfStyles", "/a",
     "requestBody: {required: true, content: {application/x-www-form-urlencoded: "
     "{schema: {type: object, required: [at], properties: {at: {type: object, required: [city], "
     "properties: {city: {type: string}}}, ids: {type: array}, n: {type: integer}, "
     "all: {type: array}}}, encoding: {at: {style: deepObject, explode: true}, "
     "ids: {explode: false}, n: {style: form}, all: {style: form}}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/x-www-form-urlencoded\n"
     "  body: {text: \"at=%7B%22city%22%3A%22text%22%7D\"}\n",
     "warning: how 'at', 'ids' is written in the form is left out; a first case sends an object as "
     "JSON, and of a list each item by itself"},
    {"FormOfWhichNothingIsKnown", "/a",
     "requestBody: {required: true, content: {application/x-www-form-urlencoded: "
     "{schema: {type: object, properties: {}}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/x-www-form-urlencoded\n"
     "  body: {text: member1=text}  # made up: the document names no member\n"},
    {"MultipartOfWhichNothingIsKnown", "/a",
     "requestBody: {required: true, content: {multipart/form-data: {}}}",
     "  path: /a\n  body: {multipart: [{name: member1, text: text}]}"
     "  # made up: the document names no member\n"},
    {"PartsOfTheirTypes", "/a",
     "requestBody: {required: true, content: {Multipart/Form-Data: {schema: {type: object, "
     "properties: {}}, example: {meta: {a: 1}, list: [x, 2], whole: [x], word: hi, "
     "written: '{\"b\":1}', n: 5}}}}",
     "  path: /a\n  body: {multipart: [{name: list, text: x}, {name: list, text: \"2\"}, "
     "{name: meta, json: {a: 1}, type: application/json}, {name: \"n\", text: \"5\"}, "
     "{name: whole, text: x}, {name: word, text: hi}, "
     "{name: written, text: \"{\\\"b\\\":1}\"}]}\n"},
    {"PartsByTheirEncoding", "/a",
     "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, "
     "properties: {meta: {type: object}, whole: {type: array}, word: {type: string}, "
     "written: {type: string}, pics: {type: array, items: {type: string, format: binary}}}}, "
     "encoding: {meta: {contentType: application/vnd.a+json}, "
     "whole: {contentType: application/json}, word: {contentType: application/json}, "
     "written: {contentType: application/json}, pics: {contentType: image/png}}, "
     "example: {meta: {a: 1}, whole: [x], word: hi, written: '{\"b\":1}', pics: [p]}}}}",
     "  path: /a\n  body: {multipart: [{name: meta, json: {a: 1}, type: application/vnd.a+json}, "
     "{name: pics, filename: pics.bin, type: image/png, text: \"A test's content.\"}, "
     "{name: whole, json: [x], type: application/json}, "
     "{name: word, json: hi, type: application/json}, "
     "{name: written, text: \"{\\\"b\\\":1}\", type: application/json}]}\n"},
    {"PartOfATypeThatIsNotWritten", "/a",
     "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, "
     "required: [o], properties: {o: {type: object}}}, "
     "encoding: {o: {contentType: application/xml}}}}}",
     "  path: /a\n  body: {multipart: [{name: o, json: {}, type: application/json}]}\n",
     "warning: how 'o' is written in the form is left out"},
    {"TextOfAnEnum", "/a",
     "requestBody: {required: true, content: {text/plain: {schema: {enum: ['off', 'on']}}}}",
     "  path: /a\n  headers:\n    Content-Type: text/plain\n  body: {text: \"off\"}\n"},
    {"LinesOfJson", "/a",
     "requestBody: {required: true, content: {application/x-ndjson: {schema: {type: string}, "
     "example: '{\"a\":1}'}}}",
     "  path: /a\n  headers:\n    Content-Type: application/x-ndjson\n"
     "  body: {text: \"{\\\"a\\\":1}\"}\n"},
    {"LinesOfJsonBySchema", "/a",
     "requestBody: {required: true, content: {application/x-ndjson: {schema: {type: object, "
     "required: [a], properties: {a: {type: integer}}}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/x-ndjson\n"
     "  body: {text: \"{\\\"a\\\":1}\"}\n"},
    {"JsonHoweverItIsSpelt", "/a",
     "requestBody: {required: true, content: {text/plain: {}, application/JSON: {schema: "
     "{type: object, required: [x], properties: {x: {const: 1}}}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/json\n  body: {json: {x: 1}}\n"},
    {"JsonByItsOlderName", "/a",
     "requestBody: {required: true, content: {text/json: {example: {x: 1}}}}",
     "  path: /a\n  headers:\n    Content-Type: text/json\n  body: {json: {x: 1}}\n"},
    {"OptionalContentWithoutAMember", "/a",
     "requestBody: {content: {application/x-www-form-urlencoded: {encoding: {}, "
     "schema: {type: object, properties: {}}}}}",
     "  path: /a\n  body: none\n"},
    {"OptionalContentWithAMember", "/a",
     "requestBody: {content: {application/x-www-form-urlencoded: "
     "{schema: {type: object, properties: {a: {type: integer}}}}}}",
     "  path: /a\n  headers:\n    Content-Type: application/x-www-form-urlencoded\n"
     "  body: {text: a=1}\n"},
    {"ContentThatNoContractCanName", "/a",
     "requestBody: {required: true, content: {application/*+json: {schema: {type: object}}}}",
     "  path: /a\n  body: none\n",
     "warning: no content is left that a contract can name; of a body it says nothing, and a first "
     "case sends none"},
    {"FileByItsMediaType", "/a",
     "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, "
     "required: [file], "
     "properties: {file: {type: string, contentMediaType: application/octet-stream}}}}}}",
     "  path: /a\n"
     "  body: {multipart: [{name: file, filename: file.bin, type: application/octet-stream, "
     "text: text}]}\n"},
    {"FileByItsEncoding", "/a",
     "requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, "
     "required: [file, note], properties: {file: {}, note: {type: string}}}, "
     "encoding: {file: {contentType: 'image/png, image/jpeg'}, "
     "note: {contentType: text/plain}}}}}",
     "  path: /a\n"
     "  body: {multipart: [{name: file, filename: file.bin, type: image/png, "
     "text: \"A test's content.\"}, {name: note, text: text}]}\n"},
    {"FilesOfAPartOfTheSchema", "/a",
     "requestBody: {required: true, content: {multipart/form-data: {schema: {allOf: [{type: "
     "object, "
     "required: [files], properties: {files: {type: array, items: {type: string, "
     "format: binary}}}}, {type: object, required: [t], properties: {t: {type: string, "
     "example: hi}}}]}}}}",
     "  path: /a\n"
     "  body: {multipart: [{name: files, filename: files.bin, type: application/octet-stream, "
     "text: \"A test's content.\"}, {name: t, text: hi}]}\n"},
};

INSTANTIATE_TEST_SUITE_P(Forms, ScaffoldedRequestOf, testing::ValuesIn(kForms),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
