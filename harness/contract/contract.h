// One edition of one operation: what a spec page promises.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/identity.h"
#include "base/source_text.h"
#include "contract/clause.h"
#include "contract/mock_resource.h"

namespace conform {

class JsonSchema;

/// The page an edition was taken from, or the API description (an OpenAPI document).
struct PageSource {
  std::string title;
  std::string document;  ///< an API description's file name; empty for a page.
  std::string version;   ///< of the API description.
  std::string repository;
  std::string locale;
  std::string revision;
  std::chrono::sys_days date;  ///< from this day the edition is in force.
  std::string sha256;          ///< of the page or document as read.
};

struct Parameter {
  enum class In { kPath, kQuery, kHeader, kCookie };
  std::string name;
  In in = In::kPath;
  bool required = false;
  nlohmann::json schema;
  bool key = false;  ///< it lets the caller in, and is handed out as tokens are.
};

/// `path`, `query`, `header`, `cookie`.
std::string_view NameOf(Parameter::In in);

struct HeaderRule {
  std::string name;
  bool required = false;
  std::string scheme;  ///< of Authorization, e.g. `Bearer`.
  std::string value;   ///< the documented value, or empty.
};

/// One media type's content: what OpenAPI calls a Media Type Object.
struct MediaContent {
  std::string media_type;
  nlohmann::json schema = nullptr;  ///< null where none is documented.
  nlohmann::json example = nullptr;
  std::shared_ptr<const JsonSchema> compiled = nullptr;  ///< the schema, where a file states it.
};

struct RequestBodyRule {
  bool none = true;  ///< the client is told to send none.
  bool required = false;
  std::vector<MediaContent> content;
};

/// When a response is promised.
struct Condition {
  enum class Kind {
    kSuccess,  ///< a proper request, and none of the other conditions holds.
    kWhile,    ///< while the operation's effect is in the state named.
    kWithin,   ///< less than `window` after the last success.
    kStated,   ///< told in words alone: nobody can tell whether it holds, and the mock never does.
  };
  Kind kind = Kind::kSuccess;
  std::string state;  ///< of kWhile; of kStated the words.
  std::chrono::milliseconds window{0};
};

/// A header field of an answer.
struct ResponseHeader {
  std::string name;
  bool required = false;
  nlohmann::json schema;  ///< null where none is documented.
};

struct ResponseRule {
  int status = 0;
  Condition when;
  std::vector<MediaContent> content;  ///< empty: none.
  std::vector<ResponseHeader> headers = {};
  std::string range = {};  ///< `2XX`, `4XX` or `default`, and then no one status; else empty.
};

/// The class of which any is a success answer, where the contract promises no one of them.
inline constexpr std::string_view kAnySuccess = "2XX";

/// `204`, `4XX` or `default`.
std::string NameOf(const ResponseRule& rule);
/// As cases write it: `204`, `2xx`; of `default` 4xx.
std::string StatusesOf(const ResponseRule& rule);
/// With which the mock answers: of several their first, 200 of `2XX`.
int SampleStatusOf(const ResponseRule& rule);
/// What a clause about it is about: `responses.204`.
std::string AboutOf(const ResponseRule& rule);
/// Whether an answer of that status is of the rule. `default` is every error (400 to 599).
bool Covers(const ResponseRule& rule, int status);

/// One row of the permissions table.
struct PermissionRule {
  bool supported = false;
  std::vector<std::string> permissions;  ///< scopes: any one suffices; least privileged first.
};

inline constexpr std::string_view kBearerScheme = "Bearer";

struct Contract {
  std::string operation;  ///< e.g. `deviceManagement.windowsAutopilotSettings.sync`.
  std::string edition;    ///< `2019-01`.
  PageSource page;
  std::string maturity;
  std::string license;
  std::vector<std::string> clouds;
  std::vector<std::string> notes;
  std::string server;  ///< e.g. `https://graph.microsoft.com/beta`.
  std::string method;
  std::vector<std::string> paths;  ///< templates below the server, e.g. `/things/{id}`.
  std::vector<Parameter> parameters;
  std::vector<HeaderRule> headers;
  RequestBodyRule request_body;
  std::map<IdentityKind, PermissionRule> permissions;           ///< keys: the three accounts.
  std::string effect;                                           ///< empty: none.
  std::vector<ResponseRule> responses;                          ///< tried in this order.
  std::map<std::string, std::chrono::milliseconds> mock_lasts;  ///< state -> how long, on the mock.
  std::optional<MockResource> resource;                         ///< on the mock.
  std::vector<Clause> clauses;
  std::shared_ptr<const SourceText> source;

  const Clause* FindClause(std::string_view id) const;
  const HeaderRule* FindHeader(std::string_view name) const;
  /// In which a caller's token is sent; Bearer where none is written.
  std::string_view Scheme() const;
  /// Whether a caller's token is sent in that one: not where a key alone signs in, or nothing does.
  bool TakesScheme(std::string_view scheme) const;
  const Parameter* FindParameter(std::string_view name) const;
  /// The rule of that status alone, else of its class, else of `default`; or null.
  const ResponseRule* FindResponse(int status) const;
  /// By its name, as it is written.
  const ResponseRule* FindResponse(std::string_view name) const;
  /// The answer to a proper request when no other condition holds: of one status, or `2XX`.
  const ResponseRule& Success() const;
  /// The path of the server's address, e.g. `/beta`; empty where it has none.
  std::string ServerPath() const;
  /// What stands before it: `https://graph.microsoft.com`.
  std::string ServerOrigin() const;
};

/// Whether `path` (no query) is an instance of `path_template`, in which `{name}` stands for a
/// segment or a part of one, never empty. Comparison is exact, but for percent-encoding.
bool MatchesPath(std::string_view path_template, std::string_view path);
/// Whether `path`, from the root, is one of the contract's paths below its server's.
bool MatchesAnyPath(const Contract& contract, std::string_view path);

}  // namespace conform
