#include "page/operation_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "page/plain_text.h"

namespace conform {
namespace {

/// Letters, digits and underscores, which is what a name may hold.
std::string WordOf(std::string_view segment) {
  std::string word;
  for (const char c : segment.substr(0, segment.find('('))) {
    const bool part =
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (part) word += c;
  }
  return word;
}

/// The literal segments of a path; `last_is_name` tells whether the last segment is one.
std::vector<std::string> WordsOf(const std::string& path, bool& last_is_name) {
  std::vector<std::string> words;
  std::size_t at = 0;
  last_is_name = false;
  while (at < path.size()) {
    const std::size_t end = std::min(path.find('/', at + 1), path.size());
    const std::string segment = path.substr(at + 1, end - at - 1);
    at = end;
    last_is_name = !segment.starts_with('{');
    if (!last_is_name) continue;
    // A qualified name goes by its last part.
    const std::size_t dot = segment.substr(0, segment.find('(')).rfind('.');
    const std::string word = WordOf(dot == std::string::npos ? segment : segment.substr(dot + 1));
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

std::string Singular(const std::string& word) {
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  for (const std::string_view ending : {"sses", "xes", "ches", "shes"}) {
    if (word.size() > ending.size() && word.ends_with(ending))
      return word.substr(0, word.size() - 2);
  }
  const bool plural =
      word.size() > 2 && word.back() == 's' && !word.ends_with("ss") && !word.ends_with("us");
  return plural ? word.substr(0, word.size() - 1) : word;
}

bool HasAny(const std::string& text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

constexpr std::array<std::string_view, 24> kCommands = {
    "get",    "check", "validate", "find",   "assign", "set",    "remove",  "add",
    "revoke", "reset", "send",     "export", "import", "update", "delete",  "list",
    "create", "copy",  "move",     "start",  "stop",   "query",  "convert", "translate"};

/// A POST to a collection adds to it; any other names an action. Titles tell, and where they do
/// not, a plural.
bool IsCreate(const std::string& title, const std::string& last, bool function_call) {
  const std::string lower = ToLower(title);
  if (function_call || HasAny(lower, {" action", "action "}) || lower.ends_with("action"))
    return false;
  if (last == "ref") return true;
  // `checkMemberGroups` ends like a collection and begins like a command.
  const bool commands = ToLower(last) != last &&
                        std::any_of(kCommands.begin(), kCommands.end(),
                                    [&](std::string_view verb) { return last.starts_with(verb); });
  if (commands || lower.find(": " + ToLower(last)) != std::string::npos) return false;
  const bool makes =
      HasAny(lower, {"create",    "add ",   "post ",   "erstellen", "hinzufügen", "créer",
                     "ajouter",   "crear",  "agregar", "creare",    "aggiung",    "criar",
                     "adicionar", "создан", "добав",   "作成",      "追加",       "만들기",
                     "추가",      "创建",   "添加",    "新增",      "建立"});
  const bool plural = last.size() > 2 && last.back() == 's' && !last.ends_with("ss");
  return plural || (makes && last.find(':') == std::string::npos && ToLower(last) == last);
}

}  // namespace

OperationName NameOperation(const DocumentedRequest& request, const std::string& title,
                            bool lists) {
  const std::string& path = request.lines.front().line.path;
  bool last_is_name = false;
  std::vector<std::string> words = WordsOf(path, last_is_name);
  if (words.empty()) words.emplace_back("root");
  const std::string last = words.back();
  const std::string thing = last == "ref" && words.size() > 1 ? words[words.size() - 2] : last;
  const bool call = path.ends_with(')');
  OperationName name;
  std::string verb;
  name.noun = call ? "function" : "operation";
  if (request.method == "GET" || request.method == "HEAD") {
    verb = call ? "" : lists ? "list" : "get";
  } else if (request.method == "DELETE") {
    verb = "delete";
    name.effect = "deletes-" + Singular(thing);
  } else if (request.method == "PATCH" || request.method == "PUT") {
    verb = request.method == "PUT" ? "replace" : "update";
    name.effect = (request.method == "PUT" ? "replaces-" : "updates-") + Singular(thing);
  } else if (!last_is_name || IsCreate(title, last, call)) {
    verb = "create";
    name.effect = (last == "ref" ? "adds-" : "creates-") + Singular(thing);
  } else {
    name.noun = "action";
    name.effect = "triggers-" + last;
  }
  for (const std::string& word : words)
    name.operation += (name.operation.empty() ? "" : ".") + word;
  if (!verb.empty()) name.operation += "." + verb;
  name.clauses = verb.empty() ? SnakeCase(last) : SnakeCase(Singular(thing)) + "_" + verb;
  if (name.clauses.empty() || name.clauses.front() == '_') name.clauses = "operation";
  return name;
}

}  // namespace conform
