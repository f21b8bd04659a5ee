// A contract of things.read, for programs that tests start.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "run/sample_project.h"

namespace conform {

/// GET below https://api.example.test/beta without content, in edition 2024-08. `facts` are the
/// lines of what else it states, path and responses among them; each of `abouts` has a clause of
/// its own besides those that every contract needs, `read.` and what it is about in lower case.
inline std::string SampleReadContract(std::string_view facts, std::vector<std::string> abouts) {
  std::string text = fmt::format(
      "operation: things.read\nedition: 2024-08\n"
      "source: {{title: Read, repository: example/docs, locale: en-US, date: 2024-08-01, sha256: "
      "14fb54a8187cee8ccaccadc3d80f850483f91773d8caf2dfa58ddea2cd9a3e69}}\n"
      "maturity: stable\nserver: https://api.example.test/beta\nmethod: GET\nrequestBody: none\n"
      "{}clauses:\n",
      facts);
  abouts.insert(abouts.begin(), {"maturity", "server", "method", "path", "requestBody"});
  for (const std::string& about : abouts) {
    std::string id = "read." + about;
    for (char& c : id) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool nobody = about == "maturity";
    text += fmt::format(
        "  - {{id: {}, about: {}, binds: {}, strength: {}, says: So., source: {{heading: Read, "
        "line: 1, fingerprint: 0123456789abcdef}}}}\n",
        id, about,
        nobody                   ? "nobody"
        : about == "requestBody" ? "client"
                                 : "service",
        nobody ? "observe" : "must");
  }
  return text;
}

/// Makes it a project of that operation alone, read at /things and answered with an object, without
/// cases.
inline void WriteReading(const SampleProject& project) {
  project.Remove("specs/things/sync/2024-08.yaml");
  project.Remove("cases/things/documented.yaml");
  project.Remove("cases/things/without_token.yaml");
  project.Write("specs/things/read/2024-08.yaml",
                SampleReadContract("path: /things\nresponses:\n  200: {when: success, content: "
                                   "{application/json: {schema: {type: object}}}}\n",
                                   {"responses.200"}));
}

}  // namespace conform
