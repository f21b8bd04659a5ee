#include "page/openapi_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "contract/path_template.h"
#include "contract/spelling.h"
#include "page/openapi_export.h"
#include "page/openapi_operation.h"
#include "page/openapi_selection.h"
#include "page/plain_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// Words of letters, digits and underscores, joined by dots.
std::string OperationWords(const std::string& text) {
  std::string name;
  for (const char c : text) {
    const bool word = IsDigit(c) || IsLower(ToLower(c)) || c == '_';
    const bool dot = c == '.' && !name.empty() && name.back() != '.';
    name += word ? c : dot ? '.' : '_';
  }
  while (!name.empty() && (name.back() == '.' || name.back() == '_')) name.pop_back();
  return name;
}

class Importer {
 public:
  Importer(OpenApiDocument& document, const OpenApiOptions& options)
      : document_(document), options_(options) {
    const OpenApiNode info = document.Find("/info");
    title_ = CollapseSpace(info.Text("title"));
    if (!IsLineOfText(title_)) title_ = document.file()->path().stem().string();
    if (const OpenApiNode hooks = document.Find("/webhooks"); hooks.IsThere())
      document.Warn(hooks, "`webhooks` are not supported");
    version_ = CollapseSpace(info.Text("version"));
    if (!IsLineOfText(version_)) version_ = "unnamed";
  }

  Expected<std::optional<OpenApiContract>> Import(const ChosenOperation& chosen) {
    const OpenApiNode item{chosen.file, chosen.path_item,
                           chosen.file->Value(chosen.path_item).value_or(Json())};
    const OpenApiNode operation = item.At(chosen.method);
    if (!IsPathTemplate(chosen.path)) {
      document_.Warn(operation, fmt::format("a contract cannot write the path '{}'; left out",
                                            ShowLine(chosen.path)));
      return std::nullopt;
    }
    if (operation.At("x-conform-same-as").IsThere()) return std::nullopt;  // Told at the other.
    if (operation.At("x-conform").IsThere()) {
      auto exported = ContractOfExport(document_, operation, MethodOf(chosen), chosen.path);
      if (exported) {
        if (!options_.server.empty()) exported->server = options_.server;
        return OpenApiContract{std::move(*exported)};
      }
    }
    OpenApiDraft draft{document_, item, operation, version_, ""};
    NameIt(chosen, draft);
    Expected<std::string> server = ServerOf(draft);
    if (!server) return tl::unexpected(server.error());
    draft.contract.server = *server;
    AddAddress(chosen, draft);
    AddOpenApiRequest(draft);
    AddOpenApiSecurity(draft);
    if (!AddOpenApiResponses(draft)) {
      document_.Warn(operation, "no answer that a contract could promise; left out");
      return std::nullopt;
    }
    AddEffect(draft);
    if (operation.At("callbacks").IsThere())
      document_.Warn(operation.At("callbacks"), "`callbacks` are not supported");
    return OpenApiContract{std::move(draft.contract)};
  }

 private:
  static std::string MethodOf(const ChosenOperation& chosen) {
    std::string method = chosen.method;
    for (char& c : method) c = static_cast<char>(IsLower(c) ? c - 'a' + 'A' : c);
    return method;
  }

  static std::string NameOf(const ChosenOperation& chosen, const std::string& operation_id) {
    std::string name = OperationWords(operation_id);
    if (!name.empty()) return name;
    std::string words = chosen.path.substr(1);
    if (words.ends_with('/')) words.pop_back();
    std::replace(words.begin(), words.end(), '/', '.');
    for (const char brace : {'{', '}'})
      words.erase(std::remove(words.begin(), words.end(), brace), words.end());
    return OperationWords(words.empty() ? chosen.method : words + "." + chosen.method);
  }

  /// `notes.read` and `notesRead` are two operations, and their clauses are, too: told apart by the
  /// whole document, so that what is chosen of it changes no name.
  std::string PrefixOf(const ChosenOperation& chosen) {
    if (prefixes_.empty()) {
      std::set<std::string> taken;
      for (const ChosenOperation& each :
           ChooseOperations(document_, {}).value_or(std::vector<ChosenOperation>{})) {
        const std::string pointer = JoinPointer(each.path_item, each.method);
        const auto id = each.file->Value(JoinPointer(pointer, "operationId"));
        const bool told = id && id->is_string();
        const std::string words = SnakeCase(NameOf(each, told ? id->get<std::string>() : ""));
        const std::string base = words.empty() ? "operation" : words;
        std::string prefix = base;
        for (int number = 2; !taken.insert(prefix).second; ++number) {
          prefix = fmt::format("{}_{}", base, number);
        }
        prefixes_.emplace(std::pair(each.path, each.method), std::move(prefix));
      }
    }
    return prefixes_[{chosen.path, chosen.method}];
  }

  void NameIt(const ChosenOperation& chosen, OpenApiDraft& draft) {
    Contract& contract = draft.contract;
    const std::string name = NameOf(chosen, draft.operation.Text("operationId"));
    const std::string api = SnakeCase(title_);
    contract.operation = (api.empty() ? "api" : api) + "." + name;
    draft.prefix = PrefixOf(chosen);
    contract.edition = FormatDate(options_.date).substr(0, 7);
    contract.page.title = title_;
    contract.page.document = document_.file()->path().filename().string();
    contract.page.version = version_;
    contract.page.date = options_.date;
    contract.page.sha256 = document_.file()->sha256();
    const bool deprecated = MemberOf(draft.operation.value, "deprecated") == true;
    contract.maturity = deprecated ? "deprecated" : "general availability";
    draft.AddClause(
        {"maturity", "maturity", Binds::kNobody,
         deprecated ? "The operation is deprecated." : "The operation is in use, not deprecated."},
        draft.operation, deprecated);
  }

  /// Its default, which each must have, else the first of its choices; nothing where none is told.
  static std::optional<std::string> ValueOfVariable(const Json& variable) {
    Json value = MemberOf(variable, "default");
    const Json& choices = MemberOf(variable, "enum");
    if (value.is_null() && choices.is_array() && !choices.empty()) value = choices.front();
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return value.dump();  // YAML's `default: 8443`
    return std::nullopt;
  }

  Expected<std::string> ServerOf(const OpenApiDraft& draft) {
    if (!options_.server.empty()) {
      if (IsServerAddress(options_.server)) return options_.server;
      return Fail(
          fmt::format("--server {}: an https address, without a slash at its end; http to "
                      "loopback alone",
                      ShowLine(options_.server)));
    }
    for (const OpenApiNode& servers : {draft.operation.At("servers"), draft.path_item.At("servers"),
                                       document_.Find("/servers")}) {
      if (!servers.value.is_array() || servers.value.empty()) continue;
      const OpenApiNode first = servers.At("0");
      std::string url = first.Text("url");
      const Json variables = MemberOf(first.value, "variables");
      for (const auto& [name, variable] : variables.items()) {
        const std::string braced = "{" + name + "}";
        const std::size_t at = url.find(braced);
        const std::optional<std::string> value = ValueOfVariable(variable);
        if (at != std::string::npos && value) url.replace(at, braced.size(), *value);
      }
      while (!url.empty() && url.back() == '/') url.pop_back();
      if (IsServerAddress(url)) {
        if (servers.value.size() > 1 && !told_servers_) {
          document_.Warn(servers.At("1"), "of several servers the first is taken",
                         "say --server to take another");
        }
        told_servers_ = true;
        return url;
      }
      if (!options_.else_server.empty()) return StandIn(url);
      return Fail(fmt::format("{}: its server '{}' is no https address; say --server",
                              document_.file()->path().string(), ShowLine(url)));
    }
    if (!options_.else_server.empty()) return options_.else_server;
    return Fail(fmt::format("{}: it names no server; say --server https://…",
                            document_.file()->path().string()));
  }

  /// `/v1` and `http://host/v1` tell a path.
  std::string StandIn(const std::string& url) const {
    const std::size_t scheme = url.find("://");
    const std::size_t path = url.find('/', scheme == std::string::npos ? 0 : scheme + 3);
    const std::string told = path == std::string::npos ? "" : url.substr(path);
    return options_.else_server + (options_.else_server.ends_with(told) ? "" : told);
  }

  void AddAddress(const ChosenOperation& chosen, OpenApiDraft& draft) {
    Contract& contract = draft.contract;
    contract.method = MethodOf(chosen);
    contract.paths = {chosen.path};
    draft.AddClause(
        {"server", "server", Binds::kService,
         fmt::format("The operation is served at {}.", contract.server)},
        document_.Find("/servers").IsThere() ? document_.Find("/servers") : draft.operation,
        contract.server);
    draft.AddClause({"method", "method", Binds::kService,
                     fmt::format("The operation is called with {}.", contract.method)},
                    draft.operation, contract.method);
    draft.AddClause(
        {"path", "path", Binds::kService, fmt::format("The operation's path is {}.", chosen.path)},
        {document_.file(), JoinPointer("/paths", chosen.path), nullptr}, chosen.path);
  }

  /// RFC 9110 §9.2.1: every other method may change something.
  static void AddEffect(OpenApiDraft& draft) {
    const std::string& method = draft.contract.method;
    if (method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE") return;
    draft.contract.effect = "changes-state";
    draft.AddClause({"effect", "effect", Binds::kNobody,
                     "By its method a call may change something; what is told in words alone."},
                    draft.operation, method);
  }

  OpenApiDocument& document_;
  const OpenApiOptions& options_;
  std::string title_;
  std::string version_;
  bool told_servers_ = false;
  std::map<std::pair<std::string, std::string>, std::string> prefixes_;  ///< by path and method.
};

}  // namespace

void OpenApiDraft::AddClause(ClauseEntry entry, const OpenApiNode& source, const Json& fact) {
  Clause clause = MakeClause(std::move(entry), prefix, clause_ids);
  // A whole file has the empty pointer, which no clause can cite.
  const OpenApiNode& cited = source.pointer.empty() ? operation : source;
  clause.source.document = cited.file->path().filename().string();
  clause.source.version = version;
  clause.source.pointer = cited.pointer;
  clause.source.fingerprint =
      Sha256Hex(WriteJsonText(fact.is_null() ? source.value : fact)).substr(0, 16);
  contract.clauses.push_back(std::move(clause));
}

Expected<std::vector<OpenApiContract>> ContractsFromOpenApi(OpenApiDocument& document,
                                                            const OpenApiOptions& options) {
  const Expected<std::vector<ChosenOperation>> chosen =
      ChooseOperations(document, options.selection);
  if (!chosen) return tl::unexpected(chosen.error());
  Importer importer(document, options);
  std::vector<OpenApiContract> contracts;
  std::set<std::string> names;
  for (const ChosenOperation& each : *chosen) {
    Expected<std::optional<OpenApiContract>> contract = importer.Import(each);
    if (!contract) return tl::unexpected(contract.error());
    if (!*contract) continue;
    std::string& name = (*contract)->contract.operation;
    const std::string base = name;
    for (int number = 2; !names.insert(name).second; ++number) {
      name = fmt::format("{}_{}", base, number);
    }
    contracts.push_back(std::move(**contract));
  }
  if (contracts.empty()) {
    return Fail(fmt::format("{}: no operation of which a contract can be made",
                            document.file()->path().string()));
  }
  return contracts;
}

}  // namespace conform
