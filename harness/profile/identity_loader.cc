#include "profile/identity_loader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "profile/sign_in_loader.h"
#include "profile/variable_name.h"

namespace conform {
namespace {

constexpr const char* kForms =
    "write {variable: NAME}, {file: PATH}, {command: [PROGRAM, ARGUMENT]}, {sign_in: …} or "
    "{managed_identity: …}; a profile names secrets and never holds them";

/// Three parts of base64url.
bool IsTokenShaped(std::string_view text) {
  const auto fits = [](char c) {
    return IsDigit(c) || IsLower(c) || IsUpper(c) || c == '_' || c == '-' || c == '.';
  };
  return text.size() > 20 && std::count(text.begin(), text.end(), '.') == 2 &&
         std::all_of(text.begin(), text.end(), fits);
}

CommandSource LoadCommand(MapReader& reader, const YamlContext& context) {
  constexpr std::chrono::minutes kLongest{10};
  CommandSource source;
  source.arguments = reader.Texts("command");
  if (source.arguments.empty() || source.arguments.front().empty()) {
    context.Complain(BlameSpan(*reader.Find("command")), "the command names no program", kForms);
  }
  if (const auto timeout = reader.Duration("timeout")) source.timeout = *timeout;
  if (source.timeout <= source.timeout.zero() || source.timeout > kLongest) {
    context.Complain(BlameSpan(*reader.Find("timeout")), "the time limit is out of range",
                     "write 1ms to 10m");
  }
  return source;
}

std::optional<IdentitySource> LoadSource(const YamlEntry& entry, IdentityKind kind,
                                         const YamlContext& context) {
  if (entry.value.kind == YamlNode::Kind::kScalar && IsTokenShaped(entry.value.scalar)) {
    context.Complain(entry.value.span, "a token stands where its source should be", kForms);
    return std::nullopt;
  }
  constexpr std::array<std::string_view, 5> kKinds = {"variable", "file", "command", "sign_in",
                                                      "managed_identity"};
  const auto is_kind = [&](const YamlEntry& form) {
    return std::find(kKinds.begin(), kKinds.end(), form.key) != kKinds.end();
  };
  const auto& forms = entry.value.entries;
  if (std::count_if(forms.begin(), forms.end(), is_kind) != 1) {
    context.Complain(BlameSpan(entry), "the identity names no source of tokens, or several",
                     kForms);
    return std::nullopt;
  }
  MapReader reader(context, entry.value, "an identity", BlameSpan(entry));
  IdentitySource source;
  if (reader.Find("variable") != nullptr) {
    source = VariableSource{RequireVariableName(reader, context, "variable")};
  } else if (reader.Find("file") != nullptr) {
    source = FileSource{LoadIdentityFile(reader, "file", context)};
  } else if (reader.Find("command") != nullptr) {
    source = LoadCommand(reader, context);
  } else if (reader.Find("sign_in") != nullptr) {
    source = LoadSignIn(*reader.Find("sign_in"), kind, context);
  } else {
    source = LoadManagedIdentity(*reader.Find("managed_identity"), context);
  }
  reader.Finish();
  return source;
}

}  // namespace

IdentitySources LoadIdentities(MapReader& profile, const YamlContext& quiet) {
  IdentitySources sources;
  const YamlEntry* entry = profile.Find("identities");
  if (entry == nullptr) return sources;
  MapReader identities(quiet, entry->value, "identities", BlameSpan(*entry));
  if (!identities.valid()) return sources;
  for (const IdentityKind kind : kIdentityKinds) {
    if (kind == IdentityKind::kNone) continue;
    const YamlEntry* identity = identities.Find(NameOf(kind));
    if (identity == nullptr) continue;
    if (auto source = LoadSource(*identity, kind, quiet)) sources.emplace(kind, *std::move(source));
  }
  identities.Finish();
  return sources;
}

}  // namespace conform
